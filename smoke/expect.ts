import type { Expectation } from "./spec";

/** The parts of an answer that expectations look at. */
export interface Answer {
    status?: number;
    headers?: Record<string, string>;
    /** The body of the answer, or the result of the workflow, as text. */
    text: string;
    milliseconds: number;
}

/** How many characters of a value a diff shows, so that people can read it. */
const longest = 160;

/** The differences between what was expected and what came, as the lines of a diff. There are none where everything holds. */
export function differences(expectation: Expectation, answer: Answer): string[] {
    if (Object.keys(expectation).length === 0) {
        return [];
    }
    const value = parse(answer.text);
    const { status, result, at, matches, headers, maxMilliseconds, identity } = expectation;
    return [
        ...(status === undefined ? [] : compare(status, answer.status, "status")),
        ...("result" in expectation ? compare(result, value, "result") : []),
        ...Object.entries(at ?? {}).flatMap(([path, wanted]) => compare(wanted, valueAt(value, path), path)),
        ...(matches === undefined || new RegExp(matches).test(answer.text)
            ? []
            : [`- body: matches /${matches}/`, `+ body: ${shorten(answer.text)}`]),
        ...Object.entries(headers ?? {}).flatMap(([name, wanted]) =>
            compare(wanted, answer.headers?.[name.toLowerCase()], `header ${name}`),
        ),
        ...(maxMilliseconds === undefined || answer.milliseconds <= maxMilliseconds
            ? []
            : [`- latency: at most ${maxMilliseconds} ms`, `+ latency: ${Math.ceil(answer.milliseconds)} ms`]),
        ...(identity === undefined || contains(value, identity)
            ? []
            : [`- identity seen by the receiver: ${identity}`, `+ answer: ${shorten(answer.text)}`]),
    ];
}

/** Every value of `wanted` must be in `found`. Objects may have more keys; lists must have the same length. */
function compare(wanted: unknown, found: unknown, path: string): string[] {
    if (Array.isArray(wanted) && Array.isArray(found) && wanted.length === found.length) {
        return wanted.flatMap((inner: unknown, index) => compare(inner, found[index], `${path}[${index}]`));
    }
    if (isObject(wanted) && isObject(found)) {
        return Object.entries(wanted).flatMap(([key, inner]) => compare(inner, found[key], `${path}.${key}`));
    }
    return Object.is(wanted, found) ? [] : [`- ${path}: ${show(wanted)}`, `+ ${path}: ${show(found)}`];
}

/** The value at a path such as `$.a.b[0]["c d"]`: the part of JSONPath that names one value. */
function valueAt(value: unknown, path: string): unknown {
    const steps = path.matchAll(/\.?([\w-]+)|\[(\d+)\]|\["([^"]*)"\]/g);
    let found = value;
    for (const [, name, index, quoted] of path.startsWith("$") ? steps : []) {
        const key = quoted ?? index ?? name ?? "";
        found = typeof found === "object" && found !== null ? (found as Record<string, unknown>)[key] : undefined;
    }
    return found;
}

/** Whether a text is a value at any depth; IAP puts a prefix before the accounts that it names. */
function contains(value: unknown, text: string): boolean {
    if (typeof value === "string") {
        return value === text || value === `accounts.google.com:${text}`;
    }
    return typeof value === "object" && value !== null && Object.values(value).some((inner) => contains(inner, text));
}

function parse(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

const show = (value: unknown): string => (value === undefined ? "(absent)" : shorten(JSON.stringify(value)));

const shorten = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
