import type { Entry, Span, Lines } from "../../syntax";
import { contentOf, type WritableEntry } from "./entry";

/** The map, list or block that something is written in decides how it is written. */
export interface Style {
    eol: string;
    indent: string;
    /** One more level. */
    unit: string;
    /** `{…}` on one line, `{…}` over several, or YAML's block style. */
    layout: "line" | "lines" | "block";
    /** Keys are quoted, as in JSON. */
    quoted: boolean;
    /** What is between a brace and what is in it, on one line. */
    padding: string;
    /** What is between a key and its value, and between entries on one line. */
    colon: string;
    comma: string;
}

/** How an entry of the map at `map` is written. */
export function styleOf(lines: Lines, map: Span, entry: Entry): Style {
    const { source } = lines;
    const start = entryStart(lines, entry);
    const value = valueRange(source, entry);
    const gap = source.slice(entry.keySpan.end.offset, value.start);
    const quoted = source[entry.keySpan.start.offset] === '"';
    const colon = quoted && /^[ \t]*:[ \t]*$/.test(gap) ? gap : ": ";
    return { ...styleAt(lines, map, start), quoted, colon, comma: colon.endsWith(":") ? "," : ", " };
}

/** How people write in the map at `map`, where an entry of it begins at `start`. */
export function styleAt(lines: Lines, map: Span, start: number): Style {
    const { source } = lines;
    const flow = source[map.start.offset] === "{";
    const lineStart = lines.startOf(start);
    const leading = blanksAt(source, lineStart);
    const ownLine = lineStart + leading.length === start;
    const indent = flow ? leading : " ".repeat(start - lineStart);
    return {
        eol: lines.breakAt(start),
        indent,
        unit: unitOf(lines, lineStart, indent),
        layout: !flow ? "block" : ownLine && map.start.offset < lineStart ? "lines" : "line",
        quoted: false,
        padding: source[map.start.offset + 1] === " " ? " " : "",
        colon: ": ",
        comma: ", ",
    };
}

/** Lines that are looked at for the indentation of one level; lines further up are of another kind. */
const LINES_ABOVE = 500;

/** How much deeper this line is than the one that it belongs to. */
export function unitOf(lines: Lines, lineStart: number, indent: string): string {
    let width = 0;
    for (let start = lineStart, count = 0; start > 0 && width === 0 && indent !== "" && count < LINES_ABOVE; count++) {
        start = lines.startOf(start - 1);
        const leading = /[ \t]*(?:- +)*(?=[^\s#-])/y;
        leading.lastIndex = start;
        const parent = leading.exec(lines.source)?.[0].length;
        width = parent !== undefined && parent < indent.length ? indent.length - parent : 0;
    }
    return indent.startsWith("\t") ? "\t" : " ".repeat(width >= 1 && width <= 8 ? width : 2);
}

function blanksAt(source: string, offset: number): string {
    const blanks = /[ \t]*/y;
    blanks.lastIndex = offset;
    return blanks.exec(source)?.[0] ?? "";
}

export function block(entry: WritableEntry, indent: string, style: Style): string {
    const deeper = indent + style.unit;
    const key = keyText(entry.key, style);
    const content = contentOf(entry.value);
    if (content.kind === "map" && content.entries.length > 0) {
        return [`${key}:`, ...content.entries.map((each) => deeper + block(each, deeper, style))].join(style.eol);
    }
    if (
        content.kind === "list" &&
        content.items.length > 0 &&
        content.items.every((item) => typeof item === "string")
    ) {
        return [`${key}:`, ...content.items.map((item) => `${deeper}- ${scalar(item, style)}`)].join(style.eol);
    }
    return `${key}: ${content.kind === "text" ? scalar(content.text, style) : inlineValue(entry.value, { ...style, layout: "line" })}`;
}

export function spread(entry: WritableEntry, indent: string, style: Style): string {
    const deeper = indent + style.unit;
    const content = contentOf(entry.value);
    const name = `${keyText(entry.key, style)}${style.colon}`;
    if (content.kind === "text" || content.kind === "scalar") {
        return name + inlineValue(entry.value, style);
    }
    const items =
        content.kind === "map"
            ? content.entries.map((each) => spread(each, deeper, style))
            : content.items.map((each) => inlineValue(each, style));
    const [open, close] = content.kind === "list" ? ["[", "]"] : ["{", "}"];
    return `${name}${open}${style.eol}${items.map((i) => deeper + i).join(`,${style.eol}`)}${style.eol}${indent}${close}`;
}

export function inline(entry: WritableEntry, style: Style): string {
    return `${keyText(entry.key, style)}${style.colon}${inlineValue(entry.value, style)}`;
}

export function inlineValue(value: WritableEntry["value"], style: Style): string {
    const content = contentOf(value);
    switch (content.kind) {
        case "text":
            return scalar(content.text, style);
        case "scalar":
            return content.yaml;
        case "list":
            return `[${content.items.map((item) => inlineValue(item, style)).join(style.comma)}]`;
        case "map":
            return `{${style.padding}${content.entries.map((each) => inline(each, style)).join(style.comma)}${style.padding}}`;
    }
}

/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n)$/i;

function keyText(key: string, style: Style): string {
    return !style.quoted && /^[A-Za-z][\w-]*$/.test(key) && !WORDS.test(key) ? key : JSON.stringify(key);
}

/** Plain if YAML reads it back as the same text, quoted otherwise. */
export function scalar(text: string, style: Style): string {
    // What is neither printed nor a blank would be folded, or lost.
    if (
        style.quoted ||
        /[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(text)
    ) {
        return JSON.stringify(text);
    }
    const plain =
        style.layout === "block"
            ? /^[A-Za-z$/]/.test(text) && !/: | #|:$|\s$/.test(text)
            : /^[A-Za-z][\w./:-]*$/.test(text) && !text.endsWith(":");
    return plain && !WORDS.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

/** Where an entry begins: at its key, its key's anchor or tag, or at the `?` of one that is written `? key` and `: value`. */
export function entryStart(lines: Lines, { keySpan }: Entry): number {
    const { source } = lines;
    const lineStart = lines.startOf(keySpan.start.offset);
    let start = keySpan.start.offset;
    for (;;) {
        const window = source.slice(Math.max(lineStart - 1, start - 80, 0), start);
        const before = /[\s,{](\?|[&!][^\s,[\]{}]*)[ \t]+$/.exec(window);
        if (before === null) {
            return start;
        }
        start -= before[0].length - 1;
    }
}

/** Where an entry's value is, without the line end that a block's span may take in; an alias where it is written. */
export function valueRange(source: string, entry: Entry): { start: number; end: number } {
    const { start, end } = entry.value.span;
    const after = entry.keySpan.end.offset;
    const alias = /(\s*:(?:\s|#[^\n]*\n)*)(\*[^\s,[\]{}]+)/y;
    alias.lastIndex = after;
    const found = alias.exec(source);
    if (found !== null) {
        const from = after + (found[1] ?? "").length;
        return { start: from, end: from + (found[2] ?? "").length };
    }
    return { start: start.offset, end: trimmedEnd(source, start.offset, end.offset) };
}

/** The end of the text between two offsets, without white space at its end. */
export function trimmedEnd(source: string, start: number, end: number): number {
    return start + source.slice(start, end).trimEnd().length;
}
