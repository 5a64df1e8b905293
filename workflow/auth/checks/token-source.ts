import type { Expression } from "../../expression";
import { type Program, type Value, valuesIn } from "../../syntax";
import type { CallSite } from "../calls";
import { isPure } from "../flow";
import { type Definitions, definitionsOf, namesIn } from "./definitions";

/** Where the token of a header comes from, as far as the names of variables show. Only the advice depends on it. */
export type TokenSource =
    /** A token of this account, made by IAM Credentials; whether it is an access token. */
    | { kind: "account"; account: string; access: boolean }
    /** No bearer token at all, such as `Basic`. */
    | { kind: "scheme"; scheme: string }
    | { kind: "caller" | "stored" | "metadata" | "literal" | "unknown" };

/** The sources that are known of each program, so that headers with the same value are followed once. */
const sources = new WeakMap<Program, Map<string, TokenSource>>();

/** Follows the value of a header back to the calls, arguments and texts that it is made of. */
export function tokenSource(site: CallSite, header: string, program: Program): TokenSource {
    const definitions = definitionsOf(program);
    const headers = site.entries.find(({ key }) => key === "headers")?.value ?? site.call.action.args;
    const start = headers === undefined ? [] : fieldOf(headers, header, definitions);
    const key = start.map((value) => (value.kind === "expression" ? value.text : value.span.start.offset)).join("\n");
    const known = sources.get(program) ?? new Map<string, TokenSource>();
    const source = known.get(key) ?? sourceOf(start, definitions);
    sources.set(program, known.set(key, source));
    return source;
}

function sourceOf(start: Value[], definitions: Definitions): TokenSource {
    const scheme = start.map(opening).find((text) => /^\w+ /.test(text) && !/^bearer /i.test(text));
    if (scheme !== undefined) {
        return { kind: "scheme", scheme: scheme.slice(0, scheme.indexOf(" ")) };
    }
    const made = reached(start, definitions);
    const account = made.texts.map((text) => /:(generate(Id|Access)Token|sign(Jwt|Blob))\b/.exec(text)).find(Boolean);
    if (account) {
        const email = made.texts.map((text) => /serviceAccounts\/([^/:\s]+@[^/:\s]+)/.exec(text)?.[1]).find(Boolean);
        return { kind: "account", account: email ?? "another account", access: account[2] === "Access" };
    }
    const kind = made.texts.some((text) => /\b(metadata\.google\.internal|169\.254\.169\.254)\b/.test(text))
        ? "metadata"
        : made.callees.some((callee) => callee.startsWith("googleapis.secretmanager."))
          ? "stored"
          : made.others
            ? "unknown"
            : made.arguments
              ? "caller"
              : made.variables
                ? "unknown"
                : "literal";
    return { kind };
}

/** The values of a header: of the entry of that name, in the map itself or in those that its variables hold. */
function fieldOf(headers: Value, name: string, { values }: Definitions): Value[] {
    const seen = new Set<string>();
    function valuesOf(value: Value): Value[] {
        if (value.kind === "map") {
            return value.entries.flatMap((entry) =>
                entry.key.toLowerCase() === name || entry.computedKey !== undefined
                    ? [entry.value]
                    : entry.key === "headers" || entry.value.kind === "expression"
                      ? valuesOf(entry.value)
                      : [],
            );
        }
        return value.kind !== "expression"
            ? []
            : namesIn(value.expression).flatMap((each) => {
                  const known = seen.has(each);
                  seen.add(each);
                  return known
                      ? []
                      : [...(values.get(`${each}.${name}`) ?? []), ...(values.get(each) ?? []).flatMap(valuesOf)];
              });
    }
    const found = valuesOf(headers);
    return found.length > 0 || headers.kind !== "expression" ? found : [headers];
}

interface Reached {
    texts: string[];
    callees: string[];
    arguments: boolean;
    variables: boolean;
    /** Whether something else than arguments and texts is among it: an answer, the environment, an error. */
    others: boolean;
}

function reached(start: Value[], definitions: Definitions): Reached {
    const found: Reached = { texts: [], callees: [], arguments: false, variables: false, others: false };
    const seen = new Set<string>();
    const work = [...start];
    function follow(name: string): void {
        if (seen.has(name)) {
            return;
        }
        seen.add(name);
        found.variables = true;
        const values = definitions.values.get(name) ?? [];
        const calls = definitions.calls.get(name) ?? [];
        const isArgument = definitions.arguments.has(name);
        found.arguments ||= isArgument;
        found.others ||= values.length + calls.length === 0 && !isArgument && !isPure(name.replace("()", ""));
        work.push(...values);
        for (const { callee, args } of calls) {
            found.callees.push(callee.text);
            follow(`${callee.text}()`);
            work.push(...(args === undefined ? [] : [args]));
        }
    }
    for (let value = work.pop(); value !== undefined; value = work.pop()) {
        switch (value.kind) {
            case "literal":
                found.texts.push(String(value.value));
                break;
            case "expression":
                found.texts.push(value.text);
                namesIn(value.expression).forEach(follow);
                break;
            case "list":
            case "map":
                work.push(...valuesIn(value));
        }
    }
    return found;
}

/** The text that a value begins with. */
function opening(value: Value): string {
    let first: Expression | undefined = value.kind === "expression" ? value.expression : undefined;
    while (first?.kind === "binary") {
        first = first.left;
    }
    const text = value.kind === "literal" ? value.value : first?.kind === "literal" ? first.value : "";
    return typeof text === "string" ? text : "";
}
