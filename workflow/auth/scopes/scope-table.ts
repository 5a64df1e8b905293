import { editDistance } from "../../../common";
import table from "./oauth-scopes.json";

/**
 * The scopes of Google's APIs, from their discovery documents (scripts/generate/scopes.py): of those methods that the scope
 * `cloud-platform` does not open.
 */
const apis: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = table.apis;
const closed: ReadonlySet<string> = new Set(table.closed);

const PREFIX = "https://www.googleapis.com/auth/";

export const CLOUD_PLATFORM = `${PREFIX}cloud-platform`;

const full = (scope: string): string => (/^https:|^(openid|email|profile)$/.test(scope) ? scope : PREFIX + scope);

/** Scopes that are in no discovery document, from the references of their APIs. */
const undiscovered = [
    "openid",
    "email",
    "profile",
    // https://docs.cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateIdToken
    "iam",
    // https://developers.google.com/google-ads/api/docs/oauth/overview
    "adwords",
    // https://ai.google.dev/gemini-api/docs/oauth
    "generative-language.retriever",
    "generative-language.tuning",
    // https://developers.google.com/photos/overview/authorization
    "photoslibrary",
    "photoslibrary.appendonly",
    "photoslibrary.edit.appcreateddata",
    "photoslibrary.readonly.appcreateddata",
    "photospicker.mediaitems.readonly",
];

const known: ReadonlySet<string> = new Set([...table.known, ...undiscovered].map(full));

const sets: readonly (readonly string[])[] = table.sets.map((set) =>
    set.map((index) => full(table.known[index] ?? "")),
);

/** Characters that stand for the unknown in a path: within one segment, and of any length. */
export const SEGMENT = "\uE001";
export const ANYTHING = "\uE002";

/** What the methods that a call can reach accept: a list a method, the narrowest scope first. */
export interface Accepted {
    /** Of every method that it can reach. */
    possible: readonly (readonly string[])[];
    /** Those that it can reach if no value in its path has a slash; none if no method is known. */
    likely: readonly (readonly string[])[];
}

const found = new Map<string, Accepted | undefined>();

/**
 * The scopes of which a call to an API must have one, if `cloud-platform` does not open it; `undefined` if that opens it,
 * or if nothing is known.
 *
 * @param api Such as `sheets`.
 * @param verb In upper case; `undefined` if it is not known.
 * @param path From the host on, without the first slash and the query; {@link SEGMENT} and {@link ANYTHING} stand in it.
 */
export function acceptedBy(api: string, verb: string | undefined, path: string): Accepted | undefined {
    const key = `${api} ${verb ?? "*"} ${path}`;
    if (!found.has(key)) {
        found.set(key, Object.hasOwn(apis, api) ? find(api, verb, path) : undefined);
    }
    return found.get(key);
}

function find(api: string, verb: string | undefined, path: string): Accepted | undefined {
    // A script needs the scopes of its functions, which no document lists.
    const isScript = api === "script" && /^v\d\/scripts\/[^/]*:run$/.test(path);
    const likely = isScript ? [] : setsOf(api, verb, path.replaceAll(ANYTHING, SEGMENT));
    if (closed.has(api)) {
        const possible = setsOf(api, verb, path);
        return { possible: possible.length > 0 ? possible : setsOf(api, undefined, ANYTHING), likely };
    }
    // Its other methods, which cloud-platform opens, are not in the table: the text must show which one it is.
    const told = path.split(/[\uE001\uE002]/)[0] ?? "";
    return likely.length > 0 && (told === path || told.split("/").length > 2)
        ? { possible: likely, likely }
        : undefined;
}

function setsOf(api: string, verb: string | undefined, path: string): (readonly string[])[] {
    const indexes = Object.entries(apis[api] ?? {})
        .filter(([template]) => mayMatch(template, path))
        .flatMap(([, verbs]) => verbs.split(", ").map((each) => each.split(" ")))
        .flatMap(([name, index]) => (verb === undefined || verb === name ? [Number(index)] : []));
    return [...new Set(indexes)].map((index) => sets[index] ?? []);
}

/** Whether some path is both of the template, with `*` and `**`, and what the call's can be. */
export function mayMatch(template: string, path: string): boolean {
    const pattern = template.replaceAll("**", ANYTHING).replaceAll("*", SEGMENT);
    if (pattern.includes(ANYTHING) || path.includes(ANYTHING)) {
        const [one = "", other = ""] = [pattern, path].map((each) => each.split(/[\uE001\uE002]/)[0]);
        return (one.startsWith(other) || other.startsWith(one)) && overlap(pattern, path);
    }
    const [one, other] = [pattern.split("/"), path.split("/")];
    return one.length === other.length && one.every((segment, index) => overlap(segment, other[index] ?? ""));
}

function overlap(one: string, other: string): boolean {
    const isOpen = (c: string | undefined): boolean => c === SEGMENT || c === ANYTHING;
    const takes = (open: string | undefined, c: string | undefined): boolean =>
        c !== undefined && (open === ANYTHING || (open === SEGMENT && c !== "/"));
    // Row by row: from which places of `other` on the rest of `one` can be the same.
    let below: boolean[] = [];
    for (let i = one.length; i >= 0; i--) {
        const row: boolean[] = [];
        for (let j = other.length; j >= 0; j--) {
            const [a, b] = [one[i], other[j]];
            row[j] =
                (a === undefined && b === undefined) ||
                (isOpen(a) && (below[j] === true || (takes(a, b) && row[j + 1] === true))) ||
                (isOpen(b) && (row[j + 1] === true || (takes(b, a) && below[j] === true))) ||
                (a !== undefined && a === b && below[j + 1] === true);
        }
        below = row;
    }
    return below[0] === true;
}

/** Whether there is such a scope. */
export function isScope(text: string): boolean {
    return known.has(text);
}

/** The scope that is most similar to a text that is no scope. Those that the method accepts (`preferred`) count as twice as similar. */
export function nearestScope(text: string, preferred: readonly string[] = []): { scope: string; close: boolean } {
    const plain = text
        .trim()
        .toLowerCase()
        .replace(/^(https?:\/\/)?(www\.)?googleapis\.com\/(auth\/)?/, "")
        .replace(/\/+$/, "");
    const candidates = [...new Set([...preferred, ...known])];
    const distances = candidates.map(
        (scope) =>
            editDistance(plain, scope.replace(PREFIX, "").replace(/\/+$/, "")) / (preferred.includes(scope) ? 2 : 1),
    );
    const least = Math.min(...distances);
    return { scope: candidates[distances.indexOf(least)] ?? CLOUD_PLATFORM, close: least <= plain.length / 3 };
}
