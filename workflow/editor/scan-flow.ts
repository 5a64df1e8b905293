import type { Frames } from "./frames";
import type { Place } from "./place";

/** A map or a list in brackets. */
interface Open {
    kind: "map" | "list";
    /** How many frames there are around its entries. */
    size: number;
    siblings: Map<string, string>;
    index: number;
    /** Whether the next text is the value of a key. */
    valued: boolean;
}

const STRING = /"(?:[^"\\\n]|\\.)*("|(?=\n)|$)|'(?:[^'\n]|'')*('|(?=\n)|$)/y;
const PLAIN = /(?:\$\{[^}\n]*\}?|[^,[\]{}\n#:"']|:(?=[^\s,[\]{}])|(?<=[^\s])["'#])+/y;
/** A line of YAML in blocks: brackets above it are not closed because somebody is still writing. */
const BLOCK_LINE = /\n([ \t]*)(?:- +)?["']?[\w$-]+["']?[ \t]*:(?:[ \t]|\r?\n)/y;

/**
 * Reads maps and lists in brackets from an offset on.
 *
 * @param column - that of the key before them; what begins there or before it is no more in the brackets
 * @returns the offset after them; or the place where the source is cut off, undefined for a comment
 */
export function scanFlow(text: string, from: number, column: number, frames: Frames): number | Place | undefined {
    const opened: Open[] = [];
    let at = from;
    while (at < text.length) {
        const character = text[at] ?? "";
        const inner = opened.at(-1);
        STRING.lastIndex = at;
        PLAIN.lastIndex = at;
        BLOCK_LINE.lastIndex = at;
        const [, indent] = (column >= 0 && character === "\n" && BLOCK_LINE.exec(text)) || [];
        if (indent !== undefined && indent.length <= column) {
            return at;
        }
        if (/\s/.test(character)) {
            at++;
        } else if (character === "#") {
            const end = text.indexOf("\n", at);
            if (end < 0) {
                return undefined;
            }
            at = end;
        } else if (character === "{" || character === "[") {
            if (inner?.kind === "list") {
                frames.closeTo(inner.size);
                frames.openItem(inner.index, Infinity);
            }
            const kind = character === "{" ? "map" : "list";
            opened.push({ kind, size: frames.size, siblings: new Map(), index: 0, valued: false });
            at++;
        } else if (character === "}" || character === "]") {
            frames.closeTo(opened.pop()?.size ?? frames.size);
            at++;
            if (opened.length === 0) {
                return at;
            }
        } else if (character === ",") {
            if (inner !== undefined) {
                frames.closeTo(inner.size);
                inner.index++;
                inner.valued = false;
            }
            at++;
        } else if (character === ":") {
            at++;
        } else {
            const [written = character, double, single] = STRING.exec(text) ?? PLAIN.exec(text) ?? [];
            const quoted = /^["']/.test(written);
            const start = at;
            at += written.length;
            if (at >= text.length && !(quoted && (double === '"' || single === "'"))) {
                return inText(inner, written, start, frames);
            }
            const value = quoted ? written.slice(1, -1) : written.trim();
            if (inner?.kind === "map" && !inner.valued) {
                const colon = /\s*:/y;
                colon.lastIndex = at;
                if (colon.test(text)) {
                    at = colon.lastIndex;
                    frames.closeTo(inner.size);
                    frames.openKey(value, Infinity, inner.siblings);
                    inner.valued = true;
                }
            } else if (inner?.kind === "map") {
                frames.value(value);
            }
        }
    }
    return inText(opened.at(-1), "", text.length, frames);
}

/** The place in a key or value that is cut off. */
function inText(inner: Open | undefined, typed: string, start: number, frames: Frames): Place {
    const isKey = inner?.kind === "map" && !inner.valued;
    if (inner?.kind === "list") {
        frames.closeTo(inner.size);
        frames.openItem(inner.index, Infinity);
    } else if (isKey) {
        frames.closeTo(inner.size);
    }
    return {
        path: frames.path,
        part: isKey ? "key" : "value",
        siblings: inner?.siblings ?? new Map(),
        typed,
        start,
    };
}
