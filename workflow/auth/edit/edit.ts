import { type Entry, type Span, type Step, lastUpTo, type Lines } from "../../syntax";
import type { WritableEntry } from "./entry";
import {
    block,
    entryStart,
    inline,
    scalar,
    spread,
    type Style,
    styleAt,
    styleOf,
    trimmedEnd,
    valueRange,
} from "./style";

/** Replaces what is from `start` up to `end` (offsets, UTF-16 units). */
export interface Edit {
    start: number;
    end: number;
    text: string;
}

/** A source after edits that do not overlap. */
export class Edited {
    readonly text: string;
    /** In the order of their places. */
    readonly edits: readonly Edit[];
    private readonly places: readonly number[];
    /** Where the text of each edit begins in the new source. */
    private readonly starts: number[] = [];

    constructor(source: string, edits: readonly Edit[]) {
        this.edits = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
        this.places = this.edits.map(({ start }) => start);
        const pieces: string[] = [];
        let [from, length] = [0, 0];
        for (const { start, end, text } of this.edits) {
            const kept = source.slice(from, start);
            this.starts.push(length + kept.length);
            pieces.push(kept, text);
            length += kept.length + text.length;
            from = end;
        }
        this.text = [...pieces, source.slice(from)].join("");
    }

    /** The place before the edits of a place after them; within a new text, where it was put. */
    before(offset: number): number {
        const index = lastUpTo(this.starts, offset);
        const edit = this.edits[index];
        const within = offset - (this.starts[index] ?? 0);
        return edit === undefined
            ? offset
            : within < edit.text.length
              ? Math.min(edit.start + within, edit.end)
              : edit.end + within - edit.text.length;
    }

    /** The last edit that begins before a place in the new source, if its text reaches to `from` or beyond. */
    touching(from: number, to: number): Edit | undefined {
        const index = lastUpTo(this.starts, to - 1);
        const edit = this.edits[index];
        return edit !== undefined && (this.starts[index] ?? 0) + edit.text.length >= from ? edit : undefined;
    }

    /** The last edit that replaces or removes something within a span of the source as it was. */
    replacing({ start, end }: Span): Edit | undefined {
        const edit = this.edits[lastUpTo(this.places, end.offset - 1)];
        return edit !== undefined && edit.end > start.offset ? edit : undefined;
    }
}

/** Applies edits that do not overlap. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
    return new Edited(source, edits).text;
}

/** Writes `entry` into the map at `map`, right after its entry `after`, as a person who wrote that map would. */
export function insertAfter(lines: Lines, map: Span, after: Entry, entry: WritableEntry): Edit {
    const { source } = lines;
    const style = styleOf(lines, map, after);
    const { indent, eol } = style;
    const { start, end } = valueRange(source, after);
    if (style.layout === "line") {
        return at(end, `${style.comma}${inline(entry, style)}`);
    }
    if (style.layout === "lines") {
        return at(end, `,${eol}${indent}${spread(entry, indent, style)}`);
    }
    const written = block(entry, indent, style);
    const lineEnd = lines.endOf(end);
    // After a block scalar or a value that something follows on its line, the safe place is before the key.
    return /^[|>]/.test(source.slice(start, start + 1)) || !/^\s*(#.*)?$/.test(source.slice(end, lineEnd))
        ? at(entryStart(lines, after), `${written}${eol}${indent}`)
        : at(lineEnd, `${eol}${indent}${written}`);
}

/** Writes `entry` at the end of a map that holds nothing but what `<<` brings in. */
export function append(lines: Lines, map: Span, entry: WritableEntry): Edit {
    const { source } = lines;
    const style = styleAt(lines, map, map.start.offset);
    const end = trimmedEnd(source, map.start.offset, map.end.offset);
    return style.layout === "block"
        ? at(lines.endOf(end), `${style.eol}${style.indent}${block(entry, style.indent, style)}`)
        : at(
              trimmedEnd(source, map.start.offset, end - 1),
              `${style.comma}${inline(entry, { ...style, layout: "line" })}`,
          );
}

/** Writes a map in place of the alias at `alias`; `holder` is the map of which it is a value. */
export function writeOut(lines: Lines, holder: Span, alias: Span, entries: readonly WritableEntry[]): Edit {
    const { source } = lines;
    const { offset } = alias.start;
    const end = trimmedEnd(source, offset, alias.end.offset);
    const lineStart = lines.startOf(offset);
    const [, indent = "", key] = /^([ \t]*(?:- +)*)(\w+):[ \t]+$/.exec(source.slice(lineStart, offset)) ?? [];
    const style = styleAt(lines, holder, lineStart + indent.length);
    if (style.layout !== "block" || key === undefined) {
        const text = entries.map((entry) => inline(entry, { ...style, layout: "line" })).join(", ");
        return { start: offset, end, text: `{${style.padding}${text}${style.padding}}` };
    }
    return { start: lineStart + indent.length, end, text: block({ key, value: entries }, style.indent, style) };
}

/** Writes a step right before another, or `undefined` if that is no entry of its own of the list of steps. */
export function insertStep(lines: Lines, before: Step, entry: WritableEntry): Edit | undefined {
    const { source } = lines;
    const { offset } = before.span.start;
    const lineStart = lines.startOf(offset);
    const leading = source.slice(Math.max(lineStart, offset - 500), offset);
    const plain = { quoted: source[before.name.span.start.offset] === '"', padding: "", colon: ": ", comma: ", " };
    const [, indent = "", gap = ""] = /^([ \t]*)-([ \t]+)$/.exec(leading) ?? [];
    const eol = lines.breakAt(offset);
    if (source[offset] === "{") {
        const step = `{${inline(entry, { eol, indent: "", unit: "", layout: "line", ...plain })}}`;
        const listed = /[[,]\s*$/.test(source.slice(Math.max(0, offset - 500), offset));
        return gap !== "" ? at(offset, `${step}${eol}${leading}`) : listed ? at(offset, `${step}, `) : undefined;
    }
    if (gap === "") {
        return undefined;
    }
    const inner = indent + " ".repeat(gap.length + 1);
    const below = /\n([ \t]*)(?=[^\s#])/g;
    below.lastIndex = offset;
    const deeper = below.exec(source)?.[1]?.length ?? 0;
    const unit = " ".repeat(deeper > inner.length ? deeper - inner.length : 4);
    const style: Style = { eol, indent: inner, unit, layout: "block", ...plain };
    return at(lineStart, `${indent}-${gap}${block(entry, inner, style)}${eol}`);
}

/** Writes `entry` in place of another entry of the map. */
export function replaceEntry(lines: Lines, map: Span, old: Entry, entry: WritableEntry): Edit {
    const style = styleOf(lines, map, old);
    const text =
        style.layout === "line"
            ? inline(entry, style)
            : style.layout === "lines"
              ? spread(entry, style.indent, style)
              : block(entry, style.indent, style);
    return { start: entryStart(lines, old), end: valueRange(lines.source, old).end, text };
}

/** Takes entries out of a map, with their lines or commas. Comments stay. */
export function removeEntries(lines: Lines, map: Span, entries: readonly Entry[], gone: readonly Entry[]): Edit[] {
    const { source } = lines;
    const flow = source[map.start.offset] === "{";
    return gone.map((old) => {
        const start = entryStart(lines, old);
        const { end } = valueRange(source, old);
        const lineStart = lines.startOf(start);
        const lineEnd = lines.endOf(end);
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
            : { start, end: next === undefined ? end : entryStart(lines, next), text: "" };
    });
}

/** A text as it would be written as a value in the place of `old`. */
export function replaceScalar(lines: Lines, map: Span, old: Entry, text: string): Edit {
    const style = styleOf(lines, map, old);
    return { ...valueRange(lines.source, old), text: scalar(text, style) };
}

const at = (offset: number, text: string): Edit => ({ start: offset, end: offset, text });
