import type { Scope } from "../control";
import type { ForAction } from "../syntax";
import type { Report } from "./report";

/** Checks what a loop iterates over, if the source has it as a list. */
export function checkItems({ in: list, range }: ForAction, report: Report): void {
    if (list?.kind === "literal") {
        report.add("shape", "for … in needs a list or an expression that gives one", list.span);
    }
    const pair = range?.kind === "list" && range.items.length === 2;
    if (range !== undefined && range.kind !== "expression" && !pair) {
        report.add("shape", "range needs a list of two numbers, [first, last]", range.span);
    }
}

/**
 * Checks that the variables of a loop are the loop's own: no variable around it, that of another loop included, may have
 * their names. https://docs.cloud.google.com/workflows/docs/reference/syntax/iteration
 */
export function checkLoopNames({ value, index }: ForAction, around: Scope, report: Report): void {
    for (const { text, span } of [value, ...(index ? [index] : [])]) {
        if (around.find(text) !== undefined) {
            report.add(
                "duplicate-name",
                `the loop variable '${text}' is also a variable around the loop: give one of them another name`,
                span,
            );
        }
    }
    if (index?.text === value.text) {
        report.add("duplicate-name", `value and index of a loop cannot both be '${index.text}'`, index.span);
    }
}
