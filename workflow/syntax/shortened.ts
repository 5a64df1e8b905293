import { isAlias, isCollection, isScalar, type YAMLSeq } from "yaml";
import type { Span, Step } from "./ast";
import { lastUpTo, Lines } from "./lines";

/** Steps that were left out one after the other. */
interface Gap {
    /** The offset in the shortened source. */
    at: number;
    indentation: number;
    steps: Step[];
}

/** A source without steps that are known already, and where the nodes of such a document are in the source. */
export class Shortened {
    readonly lines: Lines;
    private readonly pieces: string[] = [];
    private readonly gaps: Gap[] = [];
    private readonly used = new Set<Gap>();
    /** For each gap the offset of the dash after it in the shortened source, and how many characters are left out up to its end. */
    private readonly dashes: number[] = [];
    private readonly lengths: number[] = [];
    private end = 0;
    private length = 0;

    constructor(readonly source: string) {
        this.lines = new Lines(source);
    }

    leaveOut(from: number, to: number, indentation: number, step: Step): void {
        const last = this.gaps.at(-1);
        const removed = this.lengths.at(-1) ?? 0;
        if (last !== undefined && from === this.end) {
            last.steps.push(step);
            this.lengths[this.lengths.length - 1] = removed + to - from;
        } else {
            this.pieces.push(this.source.slice(this.end, from));
            this.length += from - this.end;
            this.gaps.push({ at: this.length, indentation, steps: [step] });
            this.dashes.push(this.length + indentation);
            this.lengths.push(removed + to - from);
        }
        this.end = to;
    }

    text(): string {
        return this.pieces.join("") + this.source.slice(this.end);
    }

    /** Whether each gap was found in a list of the document. */
    isComplete(): boolean {
        return this.used.size === this.gaps.length;
    }

    span(start: number, end: number): Span {
        return this.lines.span(this.toSource(start), this.toSource(end));
    }

    /** What ends before the dash after a gap, ends before the gap's own first dash: both are indented alike. */
    private toSource(offset: number): number {
        return offset + (this.lengths[lastUpTo(this.dashes, offset - 1)] ?? 0);
    }

    /** The steps that were left out before an item of a list. */
    before({ range, flow, items }: YAMLSeq, index: number): readonly Step[] {
        const [before, after] = [startOf(items[index - 1]), startOf(items[index])];
        if (range == null || flow === true || before === undefined || after === undefined) {
            return [];
        }
        const gap = this.gaps[lastUpTo(this.dashes, after)];
        const column = this.lines.position(this.toSource(range[0])).column;
        if (gap === undefined || gap.at <= before || column !== gap.indentation + 1) {
            return [];
        }
        this.used.add(gap);
        return gap.steps;
    }
}

function startOf(item: unknown): number | undefined {
    return isScalar(item) || isCollection(item) || isAlias(item) ? item.range?.[0] : undefined;
}
