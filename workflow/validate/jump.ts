import { didYouMean } from "../../common";
import type { Name } from "../syntax";
import type { Report } from "./report";

/** Where `next` can lead. */
export interface JumpPlace {
    /** The steps that can be jumped to. */
    targets: ReadonlySet<string>;
    /** Whether `break` and `continue` are allowed here. */
    jumps: { break: boolean; continue: boolean };
}

/** Checks `next`: https://docs.cloud.google.com/workflows/docs/reference/syntax/jumps */
export function checkJump(next: Name | undefined, { targets, jumps }: JumpPlace, report: Report): void {
    if (next === undefined || next.text === "end" || targets.has(next.text)) {
        return;
    }
    if (next.text === "break" || next.text === "continue") {
        if (!jumps[next.text]) {
            report.add(
                "misplaced-jump",
                `'${next.text}' is used outside of a for loop${next.text === "break" ? ", or in a parallel one" : ""}`,
                next.span,
            );
        }
        return;
    }
    const message = next.text.includes("${")
        ? "next takes the name of a step, and no expression: use a switch whose cases each have a next"
        : `the step '${next.text}' to go to next is not defined in this block or one around it${didYouMean(next.text, targets)}`;
    report.add("undefined-step", message, next.span);
}
