import type { Decision } from "../../../sandbox/light";
import type { Terminal } from "../../render";

/** A decision as one line: who, which permission, on what, and why. */
export function decisionLine(
    { allowed, principal, permission, resource, reason }: Omit<Decision, "id" | "time" | "stage">,
    terminal: Terminal,
): string {
    const mark = allowed ? terminal.style("green", "✓") : terminal.style("red", "✗");
    return `${mark} ${principal} ${permission} ${resource}: ${reason}`;
}
