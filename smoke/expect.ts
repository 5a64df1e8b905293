import type { Expectation } from "./spec";

/** What came, as far as expectations look at it. */
export interface Answer {
    status?: number;
    headers?: Record<string, string>;
    /** The body or the workflow's result as text. */
    text: string;
    milliseconds: number;
}

/** Longer values are cut in a diff: it is there to be read. */
const longest = 160;

/** The differences between what was expected and what came, as lines of a diff; none where all holds. */
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
        ...(identity === undefined || holds(value, identity)
            ? []
            : [`- identity seen by the receiver: ${identity}`, `+ answer: ${shorten(answer.text)}`]),
    ];
}

/** Every value of `wanted` must be in `found`; objects may have more keys, lists must have the same length. */
function compare(wanted: unknown, found: unknown, path: string): string[] {
    if (Array.isArray(wanted) && Array.isArray(found) && wanted.length === found.length) {
        return wanted.flatMap((inner: unknown, index) => compare(inner, found[index], `${path}[${index}]`));
    }
    if (isObject(wanted) && isObject(found)) {
        return Object.entries(wanted).flatMap(([key, inner]) => compare(inner, found[key], `${path}.${key}`));
    }
    return Object.is(wanted, found) ? [] : [`- ${path}: ${show(wanted)}`, `+ ${path}: ${show(found)}`];
}

/** `$.a.b[0]["c d"]`, the part of JSONPath that names one value. */
function valueAt(value: unknown, path: string): unknown {
    const steps = path.matchAll(/\.?([\w-]+)|\[(\d+)\]|\["([^"]*)"\]/g);
    let found = value;
    for (const [, name, index, quoted] of path.startsWith("$") ? steps : []) {
        const key = quoted ?? index ?? name ?? "";
        found = typeof found === "object" && found !== null ? (found as Record<string, unknown>)[key] : undefined;
    }
    return found;
}

function holds(value: unknown, text: string): boolean {
    if (typeof value === "string") {
        return value === text || value === `accounts.google.com:${text}`;
    }
    return typeof value === "object" && value !== null && Object.values(value).some((inner) => holds(inner, text));
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
