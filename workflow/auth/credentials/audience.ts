import { type Expression, children, printExpression } from "../../expression";
import type { CallSite } from "../calls";
import { type Abstract, isPure, partsOf, type Values } from "../flow";
import { kinds, type Receiver } from "../receivers";

/**
 * What to write as the audience of a call's ID token: a literal, an expression with its `${…}`,
 * or `undefined` if neither is certain.
 */
export function audienceFor(site: CallSite): string | undefined {
    const written = [...new Set(site.receivers.map(audienceSource))];
    const [only] = written;
    return written.length === 1 && only !== undefined ? only : rootExpression(site);
}

function audienceSource(receiver: Receiver): string | undefined {
    const { target } = receiver;
    const isUrl = target?.audience === undefined && kinds[receiver.kind].namedBy === undefined;
    const variable = target?.audienceVariable ?? (isUrl ? target?.urlVariable : undefined);
    return variable === undefined ? receiver.audience : `\${sys.get_env("${variable}")}`;
}

/** The part of the URL's expression that is exactly the root of every receiver: `base` in `${base + "/path"}`. */
function rootExpression(site: CallSite): string | undefined {
    const url = site.entries.find((entry) => entry.key === "url")?.value;
    const own = site.receivers.some((r) => r.target?.audience !== undefined || kinds[r.kind].namedBy !== undefined);
    if (url?.kind !== "expression" || own) {
        return undefined;
    }
    if (
        isRepeatable(url.expression) &&
        site.receivers.every((receiver) => !receiver.beyondAudience) &&
        site.url.every(isAddress)
    ) {
        return `\${${printExpression(url.expression)}}`;
    }
    const operands = chain(url.expression);
    const [leftmost] = operands;
    if (leftmost !== undefined && isRepeatable(leftmost)) {
        const roots = site.call.evaluate(leftmost);
        if (roots.length > 0 && isRoot(roots, site.receivers)) {
            return `\${${printExpression(leftmost)}}`;
        }
    }
    const [kind, ...others] = new Set(site.receivers.map((receiver) => receiver.kind));
    return others.length > 0
        ? undefined
        : kind === "run" || kind === "function"
          ? rootWithin(operands, kind)
          : undefined;
}

/** Whether a value is a URL in which only words are unknown, without the tag of a revision and without a slash at the end. */
function isAddress(value: Abstract): boolean {
    const parts = partsOf(value);
    const last = parts.at(-1);
    return (
        parts.every((p) => p.kind === "word" || (p.kind === "text" && !p.text.includes("---"))) &&
        !(last?.kind === "text" && last.text.endsWith("/"))
    );
}

/** Whether an expression has the same result if it is computed twice, and no side effect. */
function isRepeatable(expression: Expression): boolean {
    return (
        (expression.kind !== "call" || isPure(expression.callee) || expression.callee === "sys.get_env") &&
        children(expression).every(isRepeatable)
    );
}

/** The operands of `+`, from left to right. */
function chain(expression: Expression): Expression[] {
    return expression.kind === "binary" && expression.operator === "+"
        ? [...chain(expression.left), expression.right]
        : [expression];
}

/**
 * `"https://orders-" + number + ".europe-west1.run.app"` of an expression that continues after it, or of a function
 * `"https://europe-west1-" + project + ".cloudfunctions.net/price"`.
 */
function rootWithin(operands: Expression[], kind: "run" | "function"): string | undefined {
    const pattern =
        kind === "run" ? /^https:\/\/[^/?#]+(?=[/?#])/i : /^https:\/\/[^/?#]+\.cloudfunctions\.net\/[\w-]+(?=[/?#]|$)/i;
    let before = "";
    for (const [index, operand] of operands.entries()) {
        const written = operand.kind === "literal" && typeof operand.value === "string" ? operand.value : undefined;
        const text = before + (written ?? "x");
        const root = pattern.exec(text)?.[0];
        // A name at the end of a text may continue in the next operand.
        const whole = root !== undefined && (root.length < text.length || index === operands.length - 1);
        if (whole && written !== undefined) {
            const end = JSON.stringify(written.slice(0, root.length - before.length));
            return `\${${[...operands.slice(0, index).map(printExpression), end].join(" + ")}}`;
        }
        if (!isRepeatable(operand)) {
            return undefined;
        }
        before += written ?? "x";
    }
    return undefined;
}

/** `base` of `${base + "/path"}`, whatever it holds: for advice. */
export function rootAsWritten(site: CallSite): string | undefined {
    const url = site.entries.find((entry) => entry.key === "url")?.value;
    const [root, path] = url?.kind === "expression" ? chain(url.expression) : [];
    const begins = path?.kind === "literal" && typeof path.value === "string" && path.value.startsWith("/");
    return root !== undefined && root.kind !== "literal" && begins ? `\${${printExpression(root)}}` : undefined;
}

function isRoot(values: Values, receivers: Receiver[]): boolean {
    return values.every((value) => {
        const [first, ...more] = partsOf(value);
        return (
            more.length === 0 &&
            (first?.kind === "service" ||
                (first?.kind === "target" && first.what === "url") ||
                (first?.kind === "text" && receivers.some((r) => r.audience === first.text)))
        );
    });
}
