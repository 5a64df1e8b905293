import type { Entry, Span } from "../syntax/ast";

/** An entry to write into a map: its value is a text, a list of texts or a map of these. */
export interface NewEntry {
    key: string;
    value: string | string[] | NewEntry[];
}

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
    /** What stands between a brace and what is in it, on one line. */
    padding: string;
    /** What stands between a key and its value, and between entries on one line. */
    colon: string;
    comma: string;
}

export function styleOf(source: string, map: Span, entry: Entry): Style {
    const flow = source[map.start.offset] === "{";
    const start = entryStart(source, entry);
    const lineStart = lineStartAt(source, start);
    const leading = /^[ \t]*/.exec(source.slice(lineStart, start))?.[0] ?? "";
    const ownLine = lineStart + leading.length === start;
    const indent = flow ? leading : " ".repeat(start - lineStart);
    const quoted = source[entry.keySpan.start.offset] === '"';
    const value = valueRange(source, entry);
    const gap = source.slice(entry.keySpan.end.offset, value.start);
    const colon = quoted && /^[ \t]*:[ \t]*$/.test(gap) ? gap : ": ";
    return {
        eol: eolAt(source, start),
        indent,
        unit: unitOf(source, lineStart, indent),
        layout: !flow
            ? "block"
            : ownLine && source.slice(map.start.offset, lineStart).includes("\n")
              ? "lines"
              : "line",
        quoted,
        padding: /^\{ /.test(source.slice(map.start.offset, map.start.offset + 2)) ? " " : "",
        colon,
        comma: colon.endsWith(":") ? "," : ", ",
    };
}

/** How much deeper this line is than the one that it belongs to. */
function unitOf(source: string, lineStart: number, indent: string): string {
    const before = source.slice(0, lineStart).split("\n").reverse();
    const parent = before
        .map((line) => /^[ \t]*(?:- +)*(?=[^\s#-])/.exec(line)?.[0].length)
        .find((width) => width !== undefined && width < indent.length);
    const width = parent === undefined ? 0 : indent.length - parent;
    return indent.startsWith("\t") ? "\t" : " ".repeat(width >= 1 && width <= 8 ? width : 2);
}

export function block(entry: NewEntry, indent: string, style: Style): string {
    const { value } = entry;
    const deeper = indent + style.unit;
    const key = style.quoted ? JSON.stringify(entry.key) : entry.key;
    if (typeof value === "string") {
        return `${key}: ${scalar(value, style)}`;
    }
    const lines = value.map((item) =>
        typeof item === "string" ? `- ${scalar(item, style)}` : block(item, deeper, style),
    );
    return [`${key}:`, ...lines.map((line) => deeper + line)].join(style.eol);
}

export function spread(entry: NewEntry, indent: string, style: Style): string {
    const { value } = entry;
    const deeper = indent + style.unit;
    const name = style.quoted ? JSON.stringify(entry.key) : entry.key;
    if (typeof value === "string") {
        return `${name}${style.colon}${scalar(value, style)}`;
    }
    const items = value.map((item) => (typeof item === "string" ? scalar(item, style) : spread(item, deeper, style)));
    const [open, close] = isTexts(value) ? ["[", "]"] : ["{", "}"];
    return `${name}${style.colon}${open}${style.eol}${items.map((i) => deeper + i).join(`,${style.eol}`)}${style.eol}${indent}${close}`;
}

export function inline(entry: NewEntry, style: Style): string {
    const { value } = entry;
    const name = style.quoted ? JSON.stringify(entry.key) : entry.key;
    if (typeof value === "string") {
        return `${name}${style.colon}${scalar(value, style)}`;
    }
    return isTexts(value)
        ? `${name}${style.colon}[${value.map((item) => scalar(item, style)).join(style.comma)}]`
        : `${name}${style.colon}{${style.padding}${value.map((item) => inline(item, style)).join(style.comma)}${style.padding}}`;
}

function isTexts(value: string[] | NewEntry[]): value is string[] {
    return typeof value[0] === "string";
}

/** Plain where YAML reads it back as the same text, quoted otherwise. */
export function scalar(text: string, style: Style): string {
    if (style.quoted) {
        return JSON.stringify(text);
    }
    const plain =
        style.layout === "block"
            ? /^[A-Za-z$/][^\n]*$/.test(text) && !/: | #|:$|\s$/.test(text)
            : /^[A-Za-z][\w./:-]*$/.test(text) && !text.endsWith(":");
    return plain && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

/** Where an entry begins: at its key, or at the `?` of one that is written `? key` and `: value`. */
export function entryStart(source: string, { keySpan: { start } }: Entry): number {
    const before = source.slice(lineStartAt(source, start.offset), start.offset);
    return start.offset - (/(?<=^|[\s,{])\?[ \t]+$/.exec(before)?.[0].length ?? 0);
}

export function lineStartAt(source: string, offset: number): number {
    return offset === 0 ? 0 : source.lastIndexOf("\n", offset - 1) + 1;
}

export function lineEndAt(source: string, offset: number): number {
    const newline = source.indexOf("\n", offset);
    const end = newline < 0 ? source.length : newline;
    return source[end - 1] === "\r" ? end - 1 : end;
}

/** How the line at a place ends, or, where it is the last, the one above. */
export function eolAt(source: string, offset: number): "\n" | "\r\n" {
    const below = source.indexOf("\n", offset);
    return source[(below < 0 ? source.lastIndexOf("\n") : below) - 1] === "\r" ? "\r\n" : "\n";
}

/** Where an entry's value stands, without the line end that a block's span may take in; an alias where it stands itself. */
export function valueRange(source: string, entry: Entry): { start: number; end: number } {
    const { start, end } = entry.value.span;
    const after = entry.keySpan.end.offset;
    const alias = start.offset < after ? /^(\s*:\s*)(\*[^\s,[\]{}]+)/.exec(source.slice(after)) : null;
    if (alias !== null) {
        const from = after + (alias[1] ?? "").length;
        return { start: from, end: from + (alias[2] ?? "").length };
    }
    return {
        start: start.offset,
        end: start.offset + source.slice(start.offset, end.offset).trimEnd().length,
    };
}
