import { LineFile } from "../../common";
import { messageOf } from "../../errors";
import type { Decision } from "../../sandbox/light";
import type { Terminal } from "../render";

/** A decision as one line: who, which permission, on what, and why. */
export function decisionLine(
    { allowed, principal, permission, resource, reason }: Omit<Decision, "id" | "time" | "stage">,
    terminal: Terminal,
): string {
    const mark = allowed ? terminal.style("green", "✓") : terminal.style("red", "✗");
    return `${mark} ${principal} ${permission} ${resource}: ${reason}`;
}

/** The file to which every decision is appended, one JSON object a line. What it lacks is told: its sandbox goes on. */
export class DecisionsLog {
    private readonly lines: LineFile;
    private missing = 0;

    constructor(private readonly file: string) {
        this.lines = new LineFile(file);
    }

    append(decision: Decision): void {
        try {
            this.lines.append([JSON.stringify(decision)]);
        } catch (error) {
            if (this.missing++ === 0) {
                warn(`decisions cannot be written to ${this.file}: ${messageOf(error)}; make room on the disk`);
            }
        }
    }

    close(): void {
        if (this.missing > 0) {
            warn(`${this.file} lacks ${this.missing} decisions, which could not be written`);
        }
        this.lines.close();
    }
}

function warn(message: string): void {
    process.stderr.write(`warning: ${message}\n`);
}
