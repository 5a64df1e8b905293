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
