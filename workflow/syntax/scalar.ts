import type { Span } from "./ast";
import { Lines } from "./lines";

const SPACE = /[\s]/;
const DOUBLE_ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|[\s\S])/y;
const DOUBLE_CHARACTERS: Readonly<Record<string, string>> = {
    "0": "\0",
    a: "\x07",
    b: "\b",
    t: "\t",
    "\t": "\t",
    n: "\n",
    v: "\v",
    f: "\f",
    r: "\r",
    e: "\x1b",
    N: "\x85",
    _: "\xa0",
    L: "\u2028",
    P: "\u2029",
    "\n": "",
    "\r\n": "",
};

/** A piece of a scalar as it is written (`at`, `length`), and the text that it means. */
interface Piece {
    at: number;
    length: number;
    value: string;
}

/** Cuts the inside of a scalar into pieces. Line breaks are not changed. */
function* pieces(raw: string): Generator<Piece> {
    const quote = raw.startsWith('"') ? '"' : raw.startsWith("'") ? "'" : "";
    const header = /^[|>][^\n]*\n?/.exec(raw)?.[0].length ?? quote.length;
    const end = quote !== "" && raw.length > 1 && raw.endsWith(quote) ? raw.length - 1 : raw.length;
    for (let at = header; at < end;) {
        const piece = quote === "" ? characterAt(raw, at) : quote === "'" ? single(raw, at) : double(raw, at);
        yield piece;
        at += piece.length;
    }
}

const characterAt = (raw: string, at: number): Piece => ({ at, length: 1, value: raw.charAt(at) });
const single = (raw: string, at: number): Piece =>
    raw.startsWith("''", at) ? { at, length: 2, value: "'" } : characterAt(raw, at);

function double(raw: string, at: number): Piece {
    DOUBLE_ESCAPE.lastIndex = at;
    const escape = DOUBLE_ESCAPE.exec(raw)?.[0];
    if (escape === undefined) {
        return characterAt(raw, at);
    }
    const code = /^\\[xuU]([0-9a-fA-F]+)$/.exec(escape)?.[1];
    const point = code === undefined ? undefined : parseInt(code, 16);
    const value =
        point === undefined || point > 0x10ffff
            ? (DOUBLE_CHARACTERS[escape.slice(1)] ?? escape.slice(1))
            : String.fromCodePoint(point);
    return { at, length: escape.length, value };
}

/**
 * For each character of `text`, the value of a scalar, its offset in `raw`, the scalar as it is written with quotes or a block
 * header. YAML folds only white space, so everything else is found exactly. One more entry is the offset of the end.
 */
function scalarOffsets(raw: string, text: string): number[] {
    const offsets: number[] = [];
    let end = 0;
    for (const { at, length, value } of pieces(raw)) {
        if (offsets.length >= text.length) {
            break;
        }
        for (const character of value.split("")) {
            if (SPACE.test(character)) {
                continue;
            }
            while (offsets.length < text.length && SPACE.test(text.charAt(offsets.length))) {
                offsets.push(end);
            }
            offsets.push(at);
        }
        end = SPACE.test(value) ? end : at + length;
    }
    while (offsets.length <= text.length) {
        offsets.push(end);
    }
    return offsets;
}

/**
 * The span of a part of an expression in the source. `start` and `end` are offsets in the text of the expression, as its
 * nodes have them, and `span` is the span of the value that contains it.
 */
export function expressionSpan(source: string, span: Span, text: string, start: number, end: number): Span {
    const { offset } = span.start;
    const offsets = scalarOffsets(source.slice(offset, span.end.offset), `\${${text}}`);
    const from = offsets[start + 2] ?? 0;
    // The end is the end of the last character and not the start of the next, because white space may be between them.
    const to = end > start ? (offsets[end + 1] ?? from) + 1 : from;
    return new Lines(source).span(offset + from, offset + Math.max(from, to));
}

/** The value of a quoted scalar of several lines. Line breaks are folded as YAML 1.2 says (7.3). */
export function foldQuoted(raw: string): string {
    const lines = raw.slice(1, -1).split(/\r?\n/);
    const trimmed = lines.map((line, index) =>
        line.replace(index === 0 ? "" : /^[ \t]+/, "").replace(index === lines.length - 1 ? "" : /[ \t]+$/, ""),
    );
    const folded = trimmed.reduce((text, line, index) => {
        const separator = index === 0 ? "" : line === "" ? "\n" : trimmed[index - 1] === "" && index > 1 ? "" : " ";
        return text + separator + line;
    }, "");
    const quote = raw.charAt(0);
    return Array.from(pieces(`${quote}${folded}${quote}`), ({ value }) => value).join("");
}
