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
}

/** Writes `entry` into the map at `map`, right after its entry `after`, as a person who wrote that map would. */
export function insertAfter(source: string, map: Span, after: Entry, entry: NewEntry): Edit {
    const style = styleOf(source, map, after);
    const { indent, eol } = style;
    const end = after.value.span.end.offset;
    if (style.layout === "line") {
        return at(end, `, ${inline(entry, style)}`);
    }
    if (style.layout === "lines") {
        return at(end, `,${eol}${indent}${spread(entry, indent, style)}`);
    }
    const written = block(entry, indent, style);
    const lineEnd = lineEndAt(source, end);
    // After a block scalar or a value that something follows on its line, the safe place is before the key.
    return /^[|>]/.test(source.slice(after.value.span.start.offset)) || !isRestBlank(source.slice(end, lineEnd))
        ? at(after.keySpan.start.offset, `${written}${eol}${indent}`)
        : at(lineEnd, `${eol}${indent}${written}`);
}

/** Writes a step right before another, which must be an entry of its own of the list of steps. */
export function insertStep(source: string, before: Step, entry: NewEntry): Edit {
    const name = before.name.span.start;
    const lineStart = source.lastIndexOf("\n", name.offset - 1) + 1;
    const leading = source.slice(lineStart, name.offset);
    const eol = source.includes("\r\n") ? "\r\n" : "\n";
    const quoted = source[name.offset] === '"';
    const dash = /^([ \t]*)-([ \t]+)$/.exec(leading);
    if (dash !== null) {
        const [, indent = "", gap = " "] = dash;
        const inner = indent + " ".repeat(gap.length + 1);
        const deeper = /\n([ \t]*)(?=[^\s#])/.exec(source.slice(name.offset))?.[1]?.length ?? 0;
        const unit = " ".repeat(deeper > inner.length ? deeper - inner.length : 4);
        const style: Style = { eol, indent: inner, unit, layout: "block", quoted, padding: "" };
        return at(lineStart, `${indent}-${gap}${block(entry, inner, style)}${eol}`);
    }
    // Flow style: the step is a map in braces of its own.
    const brace = source.lastIndexOf("{", name.offset);
    const style: Style = { eol, indent: "", unit: "", layout: "line", quoted, padding: "" };
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
    return { start: old.keySpan.start.offset, end: endOfValue(source, old), text };
}

/** Takes an entry out of a map, with its line or its comma. */
export function removeEntry(source: string, map: Span, entries: readonly Entry[], old: Entry): Edit {
    const index = entries.indexOf(old);
    const [previous, next] = [entries[index - 1], entries[index + 1]];
    const start = old.keySpan.start.offset;
    const end = endOfValue(source, old);
    if (previous !== undefined) {
        return { start: endOfValue(source, previous), end, text: "" };
    }
    return { start, end: next?.keySpan.start.offset ?? end, text: "" };
}

/** A text as it would stand as a value where `old` stands. */
export function replaceScalar(source: string, map: Span, old: Entry, text: string): Edit {
    const style = styleOf(source, map, old);
    return { start: old.value.span.start.offset, end: endOfValue(source, old), text: scalar(text, style) };
}

function styleOf(source: string, map: Span, entry: Entry): Style {
    const flow = source[map.start.offset] === "{";
    const lineStart = source.lastIndexOf("\n", entry.keySpan.start.offset - 1) + 1;
    const leading = /^[ \t]*/.exec(source.slice(lineStart))?.[0] ?? "";
    const ownLine = lineStart + leading.length === entry.keySpan.start.offset;
    const indent = flow ? leading : " ".repeat(entry.keySpan.start.column - 1);
    return {
        eol: source.includes("\r\n") ? "\r\n" : "\n",
        indent,
        unit: unitOf(source, lineStart, indent),
        layout: !flow
            ? "block"
            : ownLine && source.slice(map.start.offset, lineStart).includes("\n")
              ? "lines"
              : "line",
        quoted: source[entry.keySpan.start.offset] === '"',
        padding: /^\{ /.test(source.slice(map.start.offset, map.start.offset + 2)) ? " " : "",
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
        return `${name}: ${scalar(value, style)}`;
    }
    const items = value.map((item) => (typeof item === "string" ? scalar(item, style) : spread(item, deeper, style)));
    const [open, close] = isTexts(value) ? ["[", "]"] : ["{", "}"];
    return `${name}: ${open}${style.eol}${items.map((i) => deeper + i).join(`,${style.eol}`)}${style.eol}${indent}${close}`;
}

function inline(entry: NewEntry, style: Style): string {
    const { value } = entry;
    const name = style.quoted ? JSON.stringify(entry.key) : entry.key;
    if (typeof value === "string") {
        return `${name}: ${scalar(value, style)}`;
    }
    return isTexts(value)
        ? `${name}: [${value.map((item) => scalar(item, style)).join(", ")}]`
        : `${name}: {${style.padding}${value.map((item) => inline(item, style)).join(", ")}${style.padding}}`;
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

function lineEndAt(source: string, offset: number): number {
    const newline = source.indexOf("\n", offset);
    const end = newline < 0 ? source.length : newline;
    return source[end - 1] === "\r" ? end - 1 : end;
}

function isRestBlank(rest: string): boolean {
    return /^\s*(#.*)?$/.test(rest);
}

/** Without the line end that a block's span may take in. */
function endOfValue(source: string, entry: Entry): number {
    const { start, end } = entry.value.span;
    return start.offset + source.slice(start.offset, end.offset).trimEnd().length;
}
