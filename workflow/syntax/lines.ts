import type { Position, Span } from "./ast";

/** Finds lines and columns of offsets in a source. */
export class Lines {
    private readonly starts: number[] = [0];

    constructor(readonly source: string) {
        for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) {
            this.starts.push(at + 1);
        }
    }

    position(offset: number): Position {
        const index = lastUpTo(this.starts, offset);
        return { line: index + 1, column: offset - (this.starts[index] ?? 0) + 1, offset };
    }

    span(start: number, end: number): Span {
        return { start: this.position(start), end: this.position(Math.max(start, end)) };
    }

    /** The offset at which the line of an offset begins. */
    startOf(offset: number): number {
        return this.starts[lastUpTo(this.starts, offset)] ?? 0;
    }

    /** The offset at which the line of an offset ends, before its line break. */
    endOf(offset: number): number {
        const next = this.starts[lastUpTo(this.starts, offset) + 1];
        const end = next === undefined ? this.source.length : next - 1;
        return next !== undefined && this.source[end - 1] === "\r" ? end - 1 : end;
    }

    /** The line break at the end of the line of an offset, or of the line above if it is the last line. */
    breakAt(offset: number): "\n" | "\r\n" {
        const index = lastUpTo(this.starts, offset);
        const next = this.starts[index + 1] ?? this.starts[index] ?? 0;
        return this.source.slice(Math.max(0, next - 2), next) === "\r\n" ? "\r\n" : "\n";
    }
}

/** The index of the last of the sorted numbers that is not greater than `value`; -1 if all are greater. */
export function lastUpTo(sorted: readonly number[], value: number): number {
    let [low, high] = [0, sorted.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? 0) <= value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low - 1;
}
