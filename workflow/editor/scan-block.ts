import { Frames } from "./frames";
import type { Place } from "./place";
import { scanFlow } from "./scan-flow";

/** A key at the beginning of a line, or after the dash of an item. */
const KEY =
    /(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\n]|'')*)'|([^\s#&*!|>'"%@`{}[\],:-][^\n]*?|[-:][^\s][^\n]*?))[ \t]*:(?=[ \t\r\n]|$)/y;
/** An anchor or a tag before a value. */
const PROPERTY = /[&!][^\s]*[ \t]+/y;
const BLANKS = /\s*/y;

/**
 * Finds out what is written at an offset of a definition, in YAML or JSON.
 *
 * @returns undefined in a comment
 */
export function placeAt(source: string, offset: number): Place | undefined {
    return new BlockScanner(source.slice(0, offset)).place();
}

/** Reads a source from its beginning to where it is cut off, and tells what is written there. */
class BlockScanner {
    private readonly frames = new Frames();
    private at = 0;
    private lineStart = 0;

    constructor(private readonly text: string) {}

    place(): Place | undefined {
        for (;;) {
            this.lineStart = this.at;
            const found = this.line();
            if (found !== "next") {
                return found;
            }
        }
    }

    /** Reads what begins on a line. @returns the place, undefined for a comment, or "next" if the source goes on */
    private line(): Place | undefined | "next" {
        this.blanks();
        while (/^-([ \t\r\n]|$)/.test(this.text.slice(this.at, this.at + 2))) {
            const column = this.column();
            this.frames.openItem(this.frames.closeForItem(column), column);
            this.at++;
            this.blanks();
        }
        const start = this.at;
        const next = this.text[start];
        if (next === undefined) {
            return this.key(start);
        }
        if (next === "\n" || next === "\r" || /^(---|\.\.\.)[ \t\r\n]/.test(this.text.slice(start, start + 4))) {
            return this.skipLine();
        }
        if (next === "#") {
            return this.restOfLine().ended ? this.skipLine() : undefined;
        }
        if (next === "{" || next === "[") {
            this.frames.closeForKey(this.column() + 1);
            return this.flow(this.column() === 0 ? -1 : this.column() - 1);
        }
        KEY.lastIndex = start;
        const [whole, double, single, plain] = KEY.exec(this.text) ?? [];
        if (whole === undefined) {
            return this.restOfLine().ended ? this.skipLine() : this.key(start);
        }
        const column = this.column();
        const key = double ?? single?.replaceAll("''", "'") ?? plain ?? "";
        this.frames.openKey(key, column, this.frames.closeForKey(column));
        this.at += whole.length;
        return this.value(column);
    }

    /** Reads the value of a key at a column. */
    private value(column: number): Place | undefined | "next" {
        this.blanks();
        for (PROPERTY.lastIndex = this.at; PROPERTY.test(this.text); PROPERTY.lastIndex = this.at) {
            this.at = PROPERTY.lastIndex;
        }
        const start = this.at;
        const first = this.text[start];
        if (first === "\n" || first === "\r") {
            return this.skipLine();
        }
        if (first === "#") {
            return this.restOfLine().ended ? this.skipLine() : undefined;
        }
        if (first === "{" || first === "[") {
            return this.flow(column);
        }
        const end = this.endOfScalar(column, first);
        const open = end === undefined;
        const text = this.text.slice(start, end);
        if (open) {
            return this.inValue(start);
        }
        this.frames.value(unquoted(text));
        this.at = end;
        return this.restOfLine().ended ? this.skipLine() : undefined;
    }

    /** Where a scalar ends; undefined if the source is cut off within it. It goes on in lines that are indented deeper. */
    private endOfScalar(column: number, first: string | undefined): number | undefined {
        const isBlock = first === "|" || first === ">";
        const quote = first === '"' || first === "'" ? first : undefined;
        for (let at = this.at + (quote === undefined ? 0 : 1); at < this.text.length; at++) {
            const character = this.text[at];
            if (character === "\n") {
                BLANKS.lastIndex = at;
                const blanks = BLANKS.exec(this.text)?.[0] ?? "";
                const indent = blanks.length - blanks.lastIndexOf("\n") - 1;
                const isCutOff = at + blanks.length === this.text.length;
                // Whoever begins a line below a plain text begins a key, as far as one can know.
                if (indent <= column || (isCutOff && !isBlock && quote === undefined)) {
                    return at;
                }
                at += blanks.length - 1;
            } else if (quote === '"' && character === "\\") {
                at++;
            } else if (quote === "'" && character === "'" && this.text[at + 1] === "'") {
                at++;
            } else if (character === quote) {
                return at + 1;
            } else if (character === "#" && quote === undefined && !isBlock && /\s/.test(this.text[at - 1] ?? "")) {
                return at;
            }
        }
        return undefined;
    }

    private flow(column: number): Place | undefined | "next" {
        const size = this.frames.size;
        const found = scanFlow(this.text, this.at, column, this.frames);
        if (typeof found !== "number") {
            return found;
        }
        this.frames.closeTo(size);
        this.at = found;
        return this.restOfLine().ended ? this.skipLine() : undefined;
    }

    private key(start: number): Place {
        const siblings = this.frames.closeForKey(this.column());
        const { path } = this.frames;
        return { path, part: "key", siblings, typed: this.text.slice(start), start };
    }

    private inValue(start: number): Place {
        const { path } = this.frames;
        return { path, part: "value", siblings: new Map(), typed: this.text.slice(start), start };
    }

    private column(): number {
        return this.at - this.lineStart;
    }

    private blanks(): void {
        while (this.text[this.at] === " " || this.text[this.at] === "\t" || this.text[this.at] === "\ufeff") {
            this.at++;
        }
    }

    private restOfLine(): { ended: boolean } {
        return { ended: this.text.includes("\n", this.at) };
    }

    private skipLine(): "next" {
        const end = this.text.indexOf("\n", this.at);
        this.at = end < 0 ? this.text.length : end + 1;
        return "next";
    }
}

function unquoted(text: string): string {
    const trimmed = text.trim();
    return /^(["']).*\1$/s.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}
