import type { Expression } from "../expression/ast";
import { printExpression } from "../expression/print";
import type { CallSite } from "./call-site";
import type { Values } from "./domain";
import { partsOf } from "./domain";
import { evaluate } from "./evaluate";
import type { Receiver } from "./receiver";

/**
 * What to write as the audience of a call's ID token: a literal, an expression with its `${…}`,
 * or `undefined` where neither is certain.
 */
export function audienceFor(site: CallSite): string | undefined {
    const written = [...new Set(site.receivers.map(audienceOf))];
    const [only] = written;
    return written.length === 1 && only !== undefined ? only : rootExpression(site);
}

function audienceOf(receiver: Receiver): string | undefined {
    const { target } = receiver;
    const variable = target?.audienceVariable ?? (target?.audience === undefined ? target?.urlVariable : undefined);
    return variable === undefined ? receiver.audience : `\${sys.get_env("${variable}")}`;
}

/** The part of the URL's expression that is exactly the root of every receiver: `base` in `${base + "/path"}`. */
function rootExpression(site: CallSite): string | undefined {
    const url = site.entries.find((entry) => entry.key === "url")?.value;
    if (url?.kind !== "expression" || site.receivers.some((r) => r.target?.audience !== undefined)) {
        return undefined;
    }
    const operands = chain(url.expression);
    const [leftmost] = operands;
    if (leftmost !== undefined) {
        const roots = evaluate(leftmost, site.call.variables, site.call.scope);
        if (roots.length > 0 && isRoot(roots, site.receivers)) {
            return `\${${printExpression(leftmost)}}`;
        }
    }
    return site.receivers.every((r) => r.kind === "run") ? originWithin(operands) : undefined;
}

/** What is added up, from left to right. */
function chain(expression: Expression): Expression[] {
    return expression.kind === "binary" && expression.operator === "+"
        ? [...chain(expression.left), expression.right]
        : [expression];
}

/** `"https://orders-" + number + ".europe-west1.run.app"` of an expression that goes on after that. */
function originWithin(operands: Expression[]): string | undefined {
    let before = "";
    for (const [index, operand] of operands.entries()) {
        const written = operand.kind === "literal" && typeof operand.value === "string" ? operand.value : undefined;
        const origin = /^https:\/\/[^/?#]+(?=[/?#])/i.exec(before + (written ?? "x"))?.[0];
        if (origin !== undefined && written !== undefined) {
            const end = JSON.stringify(written.slice(0, origin.length - before.length));
            return `\${${[...operands.slice(0, index).map(printExpression), end].join(" + ")}}`;
        }
        before += written ?? "x";
    }
    return undefined;
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
