import { isObject, type Json } from "../framework";

/** What an entry has in a field such as `jsonPayload.check`, as text; it is empty if there is no such field. */
export function fieldOf(entry: Json, path: string): string {
    return valuesAt(entry, segmentsOf(path)).map(textOf)[0] ?? "";
}

/** The names in a path: those that are quoted may hold dots. */
export function segmentsOf(path: string): string[] {
    return [...path.matchAll(/"((?:[^"\\]|\\[\s\S])*)"|([^.]+)/g)].map(
        ([, quoted, bare]) => bare ?? unescape(quoted ?? ""),
    );
}

/** The values at a path: several if the path leads through a list, none if there is no such field. */
export function valuesAt(value: unknown, [name, ...rest]: string[]): unknown[] {
    if (Array.isArray(value)) {
        return value.flatMap((item) => valuesAt(item, name === undefined ? [] : [name, ...rest]));
    }
    if (name === undefined) {
        return value === undefined ? [] : [value];
    }
    return isObject(value) ? valuesAt(value[name], rest) : [];
}

export function textOf(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** A test whether any field of an entry holds a text, whatever its case. */
export function holdsText(text: string): (entry: Json) => boolean {
    const wanted = text.toLowerCase();
    const within = (value: unknown): boolean =>
        typeof value === "object" && value !== null
            ? Object.values(value).some(within)
            : textOf(value).toLowerCase().includes(wanted);
    return within;
}

/** A quoted text without the backslashes that escape quotes and backslashes. */
export function unescape(quoted: string): string {
    return quoted.replace(/\\([\s\S])/g, (whole, letter: string) => (/["\\]/.test(letter) ? letter : whole));
}
