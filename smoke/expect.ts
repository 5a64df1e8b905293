import { compilePattern, isObject } from "../common";
import { messageOf } from "../errors";
import { SpecError } from "./errors";
import { deepestJson, isTooDeep, readJson } from "./json";
import type { Expectation } from "./expectation";

/** The parts of an answer that expectations look at. */
export interface Answer {
    status?: number;
    headers?: Record<string, string>;
    /** The body of the answer, or the result of the workflow, as text. */
    text: string;
    /** Whether the text is only the beginning of a longer answer. */
    truncated?: boolean;
    milliseconds: number;
}

/** How many characters of a value a diff shows, so that people can read it. */
const longest = 160;

/**
 * Checks what can be checked of an expectation before anything is sent.
 * @throws SpecError if `matches` is not a regular expression
 */
export function checkExpectation(probe: string, { matches }: Expectation = {}): void {
    try {
        compilePattern(matches ?? "");
    } catch (error) {
        throw new SpecError(
            `probe "${probe}" expects a match of /${matches ?? ""}/, which cannot be read: ${messageOf(error)}`,
            {
                fix: "write a regular expression of RE2, without lookaround and without references to groups",
            },
        );
    }
}

/** The differences between what was expected and what came, as the lines of a diff. There are none if everything holds. */
export function differences(expectation: Expectation, answer: Answer): string[] {
    if (Object.keys(expectation).length === 0) {
        return [];
    }
    const unread = whyUnread(expectation, answer);
    if (unread !== undefined) {
        return [`+ body: ${unread}, so it was not compared`];
    }
    const value = readJson(answer.text) ?? answer.text;
    const { status, result, at, matches, headers, maxMilliseconds, identity } = expectation;
    return [
        ...(status === undefined ? [] : compare(status, answer.status, "status")),
        ...("result" in expectation ? compare(result, value, "result") : []),
        ...Object.entries(at ?? {}).flatMap(([path, wanted]) => compare(wanted, valueAt(value, path), path)),
        ...(matches === undefined || compilePattern(matches)(answer.text)
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

/** Why an answer cannot be compared with what is expected of it. Undefined if it can. */
function whyUnread({ result, at, matches, identity }: Expectation, answer: Answer): string | undefined {
    const ofJson = [result, at, identity].some((each) => each !== undefined);
    if (answer.truncated === true && (ofJson || matches !== undefined)) {
        return "longer than 1 MiB";
    }
    return ofJson && isTooDeep(answer.text) ? `nested deeper than ${deepestJson} levels` : undefined;
}

const show = (value: unknown): string => (value === undefined ? "(absent)" : shorten(JSON.stringify(value)));

const shorten = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
