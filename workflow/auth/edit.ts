import type { Entry, Span, Step } from "../syntax/ast";

/** Replaces what stands from `start` up to `end` (offsets, UTF-16 units). */
export interface Edit {
    start: number;
    end: number;
    text: string;
}

/** An entry to write into a map: its value is a text, a list of texts or a map of these. */
export interface NewEntry {
    key: string;
    value: string | string[] | NewEntry[];
}

/** Applies edits that do not overlap. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
    return [...edits]
        .sort((a, b) => b.start - a.start || b.end - a.end)
        .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source);
}

/** The place in the source before the edits of a place in the source after them; within a new text, where it was put. */
export function offsetBefore(offset: number, edits: readonly Edit[]): number {
    let shift = 0;
    for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
        if (offset < start + shift + text.length) {
            return offset < start + shift ? offset - shift : Math.min(start + (offset - start - shift), end);
        }
        shift += text.length - (end - start);
    }
    return offset - shift;
}

/** The map, list or block that something is written in decides how it is written. */
interface Style {
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

/** Writes `entry` into the map at `map`, right after its entry `after`, as a person who wrote that map would. */
export function insertAfter(source: string, map: Span, after: Entry, entry: NewEntry): Edit {
    const style = styleOf(source, map, after);
    const { indent, eol } = style;
    const { start, end } = valueRange(source, after);
    if (style.layout === "line") {
        return at(end, `${style.comma}${inline(entry, style)}`);
    }
    if (style.layout === "lines") {
        return at(end, `,${eol}${indent}${spread(entry, indent, style)}`);
    }
    const written = block(entry, indent, style);
    const lineEnd = lineEndAt(source, end);
    // After a block scalar or a value that something follows on its line, the safe place is before the key.
    return /^[|>]/.test(source.slice(start, start + 1)) || !isRestBlank(source.slice(end, lineEnd))
        ? at(after.keySpan.start.offset, `${written}${eol}${indent}`)
        : at(lineEnd, `${eol}${indent}${written}`);
}

/** Writes a step right before another, which must be an entry of its own of the list of steps. */
export function insertStep(source: string, before: Step, entry: NewEntry): Edit {
    const name = before.name.span.start;
    const lineStart = source.lastIndexOf("\n", name.offset - 1) + 1;
    const leading = source.slice(lineStart, name.offset);
    const eol = eolAt(source, name.offset);
    const quoted = source[name.offset] === '"';
    const plain = { quoted, padding: "", colon: ": ", comma: ", " };
    const dash = /^([ \t]*)-([ \t]+)$/.exec(leading);
    if (dash !== null) {
        const [, indent = "", gap = " "] = dash;
        const inner = indent + " ".repeat(gap.length + 1);
        const deeper = /\n([ \t]*)(?=[^\s#])/.exec(source.slice(name.offset))?.[1]?.length ?? 0;
        const unit = " ".repeat(deeper > inner.length ? deeper - inner.length : 4);
        const style: Style = { eol, indent: inner, unit, layout: "block", ...plain };
        return at(lineStart, `${indent}-${gap}${block(entry, inner, style)}${eol}`);
    }
    // Flow style: the step is a map in braces of its own.
    const brace = source.lastIndexOf("{", name.offset);
    const style: Style = { eol, indent: "", unit: "", layout: "line", ...plain };
    return at(brace, `{${inline(entry, style)}}, `);
}

/** Writes `entry` in place of another entry of the map. */
export function replaceEntry(source: string, map: Span, old: Entry, entry: NewEntry): Edit {
    const style = styleOf(source, map, old);
    const text =
        style.layout === "line"
            ? inline(entry, style)
            : style.layout === "lines"
              ? spread(entry, style.indent, style)
              : block(entry, style.indent, style);
    return { start: old.keySpan.start.offset, end: valueRange(source, old).end, text };
}

/** Takes entries out of a map, with their lines or commas. Comments stay. */
export function removeEntries(source: string, map: Span, entries: readonly Entry[], gone: readonly Entry[]): Edit[] {
    const flow = source[map.start.offset] === "{";
    return gone.map((old) => {
        const start = old.keySpan.start.offset;
        const { end } = valueRange(source, old);
        const lineStart = lineStartAt(source, start);
        const lineEnd = lineEndAt(source, end);
        if (!flow && source.slice(lineStart, start).trim() === "") {
            const comment = /^[ \t]*(?=#)/.exec(source.slice(end, lineEnd))?.[0];
            return comment === undefined
                ? { start: lineStart, end: source.indexOf("\n", lineEnd) + 1 || source.length, text: "" }
                : { start, end: end + comment.length, text: "" };
        }
        const index = entries.indexOf(old);
        const [previous, next] = [entries[index - 1], entries[index + 1]];
        return previous !== undefined && entries.slice(0, index).some((entry) => !gone.includes(entry))
            ? { start: valueRange(source, previous).end, end, text: "" }
            : { start, end: next?.keySpan.start.offset ?? end, text: "" };
    });
}

/** A text as it would stand as a value where `old` stands. */
export function replaceScalar(source: string, map: Span, old: Entry, text: string): Edit {
    const style = styleOf(source, map, old);
    return { ...valueRange(source, old), text: scalar(text, style) };
}

function styleOf(source: string, map: Span, entry: Entry): Style {
    const flow = source[map.start.offset] === "{";
    const { start, end } = { start: entry.keySpan.start.offset, end: entry.keySpan.end.offset };
    const lineStart = lineStartAt(source, start);
    const leading = /^[ \t]*/.exec(source.slice(lineStart, start))?.[0] ?? "";
    const ownLine = lineStart + leading.length === start;
    const indent = flow ? leading : " ".repeat(entry.keySpan.start.column - 1);
    const quoted = source[start] === '"';
    const value = valueRange(source, entry);
    const gap = source.slice(end, value.start);
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

function block(entry: NewEntry, indent: string, style: Style): string {
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

function spread(entry: NewEntry, indent: string, style: Style): string {
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

function inline(entry: NewEntry, style: Style): string {
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
function scalar(text: string, style: Style): string {
    if (style.quoted) {
        return JSON.stringify(text);
    }
    const plain =
        style.layout === "block"
            ? /^[A-Za-z$/][^\n]*$/.test(text) && !/: | #|:$|\s$/.test(text)
            : /^[A-Za-z][\w./:-]*$/.test(text) && !text.endsWith(":");
    return plain && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

const at = (offset: number, text: string): Edit => ({ start: offset, end: offset, text });

function lineStartAt(source: string, offset: number): number {
    return offset === 0 ? 0 : source.lastIndexOf("\n", offset - 1) + 1;
}

function lineEndAt(source: string, offset: number): number {
    const newline = source.indexOf("\n", offset);
    const end = newline < 0 ? source.length : newline;
    return source[end - 1] === "\r" ? end - 1 : end;
}

/** How the line at a place ends, or, where it is the last, the one above. */
function eolAt(source: string, offset: number): "\n" | "\r\n" {
    const below = source.indexOf("\n", offset);
    return source[(below < 0 ? source.lastIndexOf("\n") : below) - 1] === "\r" ? "\r\n" : "\n";
}

function isRestBlank(rest: string): boolean {
    return /^\s*(#.*)?$/.test(rest);
}

/** Where an entry's value stands, without the line end that a block's span may take in; an alias where it stands itself. */
function valueRange(source: string, entry: Entry): { start: number; end: number } {
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

/** Whether an entry is written `? key` and `: value`, which nothing can be put beside. */
export function hasExplicitKey(source: string, { keySpan: { start } }: Entry): boolean {
    return /\?[ \t]*$/.test(source.slice(lineStartAt(source, start.offset), start.offset));
}
