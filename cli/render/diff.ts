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
    const lines = compare(before.split("\n"), after.split("\n"));
    const near = lines.map((_, at) =>
        lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ kind }) => kind !== "same"),
    );
    const width = String(lines.at(-1)?.number ?? 0).length;
    return lines
        .flatMap(({ kind, text, number }, at) => {
            // A gap is marked once, where lines are left out between two that are shown.
            if (!near[at]) return near[at - 1] && near.includes(true, at) ? [terminal.style("gray", "  ...")] : [];
            const row = `${String(number).padStart(width)} ${{ same: " ", added: "+", removed: "-" }[kind]} ${text}`;
            if (kind === "same") return [terminal.style("gray", row)];
            return [terminal.style(kind === "added" ? "green" : "red", row)];
        })
        .join("\n");
}

/** The shortest way from one list of lines to the other, by their longest common subsequence. */
function compare(before: string[], after: string[]): Line[] {
    // lengths[i][j]: how many lines before[i..] and after[j..] have in common.
    const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
    const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
    for (let i = before.length - 1; i >= 0; i--) {
        for (let j = after.length - 1; j >= 0; j--) {
            const row = lengths[i];
            if (!row) continue;
            row[j] = before[i] === after[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
        }
    }
    const lines: Line[] = [];
    let i = 0;
    let j = 0;
    while (i < before.length || j < after.length) {
        const [old, now] = [before[i], after[j]];
        if (old !== undefined && old === now) {
            lines.push({ kind: "same", text: old, number: ++j });
            i++;
        } else if (now !== undefined && (old === undefined || length(i, j + 1) > length(i + 1, j))) {
            lines.push({ kind: "added", text: now, number: ++j });
        } else {
            lines.push({ kind: "removed", text: old ?? "", number: j });
            i++;
        }
    }
    return lines;
}
