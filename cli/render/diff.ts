import type { Terminal } from "./terminal";

type Line = { kind: "same" | "added" | "removed"; text: string; number: number };

/** How many unchanged lines are shown around a change. */
const CONTEXT = 2;

/**
 * The lines that differ, with a few lines around them and the line numbers of the new text; empty if no line differs.
 *
 * @param before - the text as it was written
 * @param after - the text as it was generated
 */
export function renderDiff(before: string, after: string, terminal: Pick<Terminal, "style">): string {
    const lines = compareLines(before.split("\n"), after.split("\n"));
    const near = lines.map((_, at) =>
        lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ kind }) => kind !== "same"),
    );
    const width = String(lines.at(-1)?.number ?? 0).length;
    return lines
        .flatMap(({ kind, text, number }, at) => {
            // A gap has one mark, where lines are left out between two shown lines.
            if (!near[at]) {
                return near[at - 1] && near.includes(true, at) ? [terminal.style("gray", "  ...")] : [];
            }
            const row = `${String(number).padStart(width)} ${{ same: " ", added: "+", removed: "-" }[kind]} ${text}`;
            if (kind === "same") {
                return [terminal.style("gray", row)];
            }
            return [terminal.style(kind === "added" ? "green" : "red", row)];
        })
        .join("\n");
}

/** How many lines ahead to look for the next line that both texts have. */
const AHEAD = 400;

/**
 * A short list of changes from one list of lines to the other. Time and memory grow with their length. If the lists
 * differ, they are matched again at the nearest line that they share.
 */
export function compareLines(before: string[], after: string[]): Line[] {
    const lines: Line[] = [];
    let i = 0;
    let j = 0;
    while (i < before.length || j < after.length) {
        const [gone, come] = meeting(before, i, after, j);
        for (const text of before.slice(i, i + gone)) {
            lines.push({ kind: "removed", text, number: j });
        }
        for (const text of after.slice(j, j + come)) {
            lines.push({ kind: "added", text, number: ++j });
        }
        i += gone;
        const text = before[i];
        if (text !== undefined && text === after[j]) {
            lines.push({ kind: "same", text, number: ++j });
            i++;
        }
    }
    return lines;
}

/** How many lines `before` loses and `after` gains until both have the same line. */
function meeting(before: string[], i: number, after: string[], j: number): [gone: number, come: number] {
    for (let distance = 0; distance <= AHEAD; distance++) {
        for (let gone = 0; gone <= distance; gone++) {
            const line = before[i + gone];
            if (line !== undefined && line === after[j + distance - gone]) {
                return [gone, distance - gone];
            }
        }
    }
    return [before.length - i, after.length - j];
}
