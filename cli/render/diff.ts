import type { Terminal } from "./terminal";

type Line = { kind: "same" | "added" | "removed"; text: string; number: number };

/** How many unchanged lines are shown around a change. */
const CONTEXT = 2;

/**
 * The lines that differ, with a few around them and the new text's line numbers; empty where nothing does.
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
            // A gap is marked once, where lines are left out between two that are shown.
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

/** How far ahead a line is looked for that both texts have again. */
const AHEAD = 400;

/**
 * A short way from one list of lines to the other, in time and memory that grow with their length: where they differ,
 * they meet again at the nearest line that they share.
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

/** How many lines go from `before`, and come in `after`, until both have the same. */
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
