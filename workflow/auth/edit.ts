import type { Entry, Span, Step } from "../syntax/ast";
import {
    block,
    entryStart,
    eolAt,
    inline,
    lineEndAt,
    lineStartAt,
    type NewEntry,
    scalar,
    spread,
    type Style,
    styleOf,
    valueRange,
} from "./style";

export type { NewEntry };

/** Replaces what stands from `start` up to `end` (offsets, UTF-16 units). */
export interface Edit {
    start: number;
    end: number;
    text: string;
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
        ? at(entryStart(source, after), `${written}${eol}${indent}`)
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
    return { start: entryStart(source, old), end: valueRange(source, old).end, text };
}

/** Takes entries out of a map, with their lines or commas. Comments stay. */
export function removeEntries(source: string, map: Span, entries: readonly Entry[], gone: readonly Entry[]): Edit[] {
    const flow = source[map.start.offset] === "{";
    return gone.map((old) => {
        const start = entryStart(source, old);
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
            : { start, end: next === undefined ? end : entryStart(source, next), text: "" };
    });
}

/** A text as it would stand as a value where `old` stands. */
export function replaceScalar(source: string, map: Span, old: Entry, text: string): Edit {
    const style = styleOf(source, map, old);
    return { ...valueRange(source, old), text: scalar(text, style) };
}

const at = (offset: number, text: string): Edit => ({ start: offset, end: offset, text });

function isRestBlank(rest: string): boolean {
    return /^\s*(#.*)?$/.test(rest);
}
