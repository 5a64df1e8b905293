import type { Parse, Program } from "../syntax";

/** How many lines are left out at most: each costs one more reading. */
const MAX_LEFT_OUT = 4;
/** How many lines above an error a bracket that is not closed is looked for. */
const MAX_ABOVE = 5;

/**
 * The program of a source that cannot be read as a whole: the line of an offset is left out, and then the lines that are
 * broken. Every other place stays where it is.
 */
export function programWithout(source: string, file: string, offset: number, parse: Parse): Program | undefined {
    const lines = source.split("\n");
    let line = source.slice(0, offset).split("\n").length - 1;
    for (let round = 0; round < MAX_LEFT_OUT; round++) {
        lines[line] = " ".repeat(lines[line]?.length ?? 0);
        const { program, diagnostics } = parse(lines.join("\n"), { file });
        const error = diagnostics.find(({ rule }) => rule === "syntax");
        if (program !== undefined || error === undefined) {
            return program;
        }
        line = brokenLine(lines, error.span.start.line - 1);
    }
    return undefined;
}

/** The line to leave out for an error that is told at a line: the last one above whose brackets are not closed, or that line. */
function brokenLine(lines: readonly string[], told: number): number {
    for (let line = told; line >= Math.max(0, told - MAX_ABOVE); line--) {
        const text = lines[line] ?? "";
        if ((text.match(/[{[]/g)?.length ?? 0) > (text.match(/[}\]]/g)?.length ?? 0)) {
            return line;
        }
    }
    return (lines[told]?.trim() ?? "") === "" ? Math.max(0, told - 1) : told;
}
