import { readText, type Entry, type Span, type Value } from "../../syntax";

/** A new entry for a map: its value is a text, a list of texts or a map of these. */
export interface NewEntry {
    key: string;
    value: string | string[] | NewEntry[];
}

/** An entry to write into a map: a new one, or one that is elsewhere. */
export interface WritableEntry {
    key: string;
    value: string | readonly string[] | readonly WritableEntry[] | Value;
}

/** An entry of a map, wherever it is. */
export type Meant = Pick<Entry, "key" | "value">;

const nowhere = { line: 0, column: 0, offset: 0 };
const span: Span = { start: nowhere, end: nowhere };

/** What a new entry's value is read back as. */
export function valueOf(value: WritableEntry["value"]): Value {
    if (typeof value === "string") {
        return readText(value, span, { source: value, report: () => undefined });
    }
    if ("kind" in value) {
        return value;
    }
    return isTexts(value)
        ? { kind: "list", items: value.map(valueOf), span }
        : mapOf(value.map((entry) => ({ key: entry.key, value: valueOf(entry.value) })));
}

export function mapOf(entries: readonly Meant[]): Value {
    return { kind: "map", entries: entries.map(({ key, value }) => ({ key, keySpan: span, value })), span };
}

/** What is to be written for a value: a text, a list, a map, or a YAML scalar as it is here. */
export type Content =
    | { kind: "text"; text: string }
    | { kind: "list"; items: readonly WritableEntry["value"][] }
    | { kind: "map"; entries: readonly WritableEntry[] }
    | { kind: "scalar"; yaml: string };

export function contentOf(value: WritableEntry["value"]): Content {
    if (typeof value === "string") {
        return { kind: "text", text: value };
    }
    if (!("kind" in value)) {
        return isTexts(value) ? { kind: "list", items: value } : { kind: "map", entries: value };
    }
    switch (value.kind) {
        case "map":
        case "list":
            return value;
        case "expression":
            return { kind: "text", text: `\${${value.text}}` };
        case "literal":
            return typeof value.value === "string"
                ? { kind: "text", text: value.value }
                : { kind: "scalar", yaml: yamlOf(value.value) };
    }
}

function isTexts(value: readonly string[] | readonly WritableEntry[]): value is readonly string[] {
    return typeof value[0] === "string";
}

/** https://yaml.org/spec/1.2.2/#103-core-schema: a number with a point or an exponent is a double. */
function yamlOf(value: null | boolean | bigint | number): string {
    if (typeof value !== "number") {
        return String(value);
    }
    if (!Number.isFinite(value)) {
        return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
    }
    const text = Object.is(value, -0) ? "-0" : String(value);
    return /[.e]/.test(text) ? text : `${text}.0`;
}
