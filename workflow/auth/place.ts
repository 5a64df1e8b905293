import type { Position } from "../syntax/ast";

/** Lines and columns of a text by offset. */
export function placer(text: string): (offset: number) => Position {
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
        starts.push(at + 1);
    }
    return (offset) => {
        const index = starts.findLastIndex((start) => start <= offset);
        return { line: index + 1, column: offset - (starts[index] ?? 0) + 1, offset };
    };
}
