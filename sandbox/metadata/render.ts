import { createHash } from "node:crypto";
import { CREDENTIALS, LongNumber } from "./tree";

/** The answer to a request that is allowed. */
export interface Answer {
    status: number;
    body: string;
    type?: "application/json" | "application/text" | "text/html";
    /** A client that waits for a change sends this value to say what it has seen. */
    etag?: string;
}

/** These lists are answered as JSON, even if no format is asked for. */
const AS_JSON = ["tags"];

/** The entry of a path. A number is the index of a folder in a list. Undefined if there is no such entry. */
export function entryAt(tree: unknown, path: string): unknown {
    return path
        .split("/")
        .filter((part) => part !== "")
        .reduce<unknown>(
            (node, part) => (isFolder(node) ? Object.entries(node).find(([key]) => key === part)?.[1] : undefined),
            tree,
        );
}

/**
 * An entry in the form that was asked for: a value as text, a folder as a list of its entries, or with `recursive=true` as
 * a whole.
 * https://cloud.google.com/compute/docs/metadata/querying-metadata
 */
export function render(entry: unknown, path: string, query: URLSearchParams): Answer {
    const alt = query.get("alt");
    if (alt !== null && alt !== "json" && alt !== "text") {
        return { status: 400, body: `unknown format ${alt}\n` };
    }
    const recursive = query.get("recursive")?.toLowerCase() === "true";
    const json = JSON.stringify(jsonOf(entry));
    const etag = createHash("sha256").update(json).digest("hex").slice(0, 16);
    const asJson = alt === "json" || (alt === null && (recursive || AS_JSON.includes(path.split("/").at(-1) ?? "")));
    if (asJson) {
        return { status: 200, body: json, type: "application/json", etag };
    }
    const body = recursive
        ? everyLine(entry, "")
        : isFolder(entry) || Array.isArray(entry)
          ? listed(entry, path)
          : textOf(entry);
    return { status: 200, body, type: "application/text", etag };
}

function isFolder(value: unknown): value is object {
    return typeof value === "object" && value !== null && !(value instanceof LongNumber);
}

const isNumbered = (value: unknown): value is object[] =>
    Array.isArray(value) && value.every(isFolder) && value.length > 0;

function textOf(value: unknown): string {
    return value instanceof LongNumber ? value.digits : String(value);
}

function listed(entry: object, path: string): string {
    if (Array.isArray(entry) && !isNumbered(entry)) {
        return entry.map((value) => `${textOf(value)}\n`).join("");
    }
    const names = Object.entries(entry).map(([key, value]: [string, unknown]) =>
        isFolder(value) && (!Array.isArray(value) || isNumbered(value)) ? `${key}/` : key,
    );
    const more = /(^|\/)service-accounts\/[^/]+$/.test(path) ? CREDENTIALS : [];
    return [...names, ...more]
        .sort()
        .map((name) => `${name}\n`)
        .join("");
}

/** One line for each value: `disks/0/mode READ_WRITE`. */
function everyLine(entry: unknown, path: string): string {
    if (!isFolder(entry)) {
        return `${path} ${textOf(entry)}\n`;
    }
    return Object.entries(entry)
        .map(([key, value]: [string, unknown]) => everyLine(value, path === "" ? key : `${path}/${key}`))
        .join("");
}

/** The entry with the names that JSON has: `service-accounts` → `serviceAccounts`. Names that people gave stay. */
function jsonOf(value: unknown, given = false): unknown {
    if (value instanceof LongNumber) {
        return rawJson(value.digits);
    }
    if (Array.isArray(value)) {
        return value.map((item) => jsonOf(item));
    }
    if (!isFolder(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, inner]: [string, unknown]) => [
            given || key.includes("@") ? key : key.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase()),
            jsonOf(inner, key === "attributes"),
        ]),
    );
}

/** Writes a number that has more digits than a double holds. https://github.com/tc39/proposal-json-parse-with-source */
function rawJson(digits: string): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(digits);
}
