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
        let low = 0;
        let high = this.starts.length - 1;
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if ((this.starts[middle] ?? 0) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1, offset };
    }

    span(start: number, end: number): Span {
        return { start: this.position(start), end: this.position(Math.max(start, end)) };
    }
}
