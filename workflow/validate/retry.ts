import { POLICIES, PREDICATE_NAMES } from "../run";
import { nameAsValue, type Scope } from "../control";
import { didYouMean } from "../../common";
import type { Value } from "../syntax";
import type { ExpressionChecker, Subworkflows } from "./expressions";
import { checkKeys } from "./keys";
import type { Report } from "./report";

/** What the check of a `retry` needs. */
interface Checks {
    report: Report;
    expressions: ExpressionChecker;
    subworkflows: Subworkflows;
}

/** `retry`: https://cloud.google.com/workflows/docs/reference/syntax/retrying */
export function checkRetry(value: Value, scope: Scope, checks: Checks): void {
    if (value.kind !== "map") {
        if (!POLICIES.has(nameAsValue(value))) {
            checks.report.add(
                "shape",
                `retry must be one of ${[...POLICIES.keys()].map((each) => `\${${each}}`).join(", ")}, or a map with predicate, max_retries and backoff`,
                value.span,
            );
        }
        return;
    }
    checkKeys(value.entries, "retry", ["predicate", "max_retries", "backoff"], checks.report);
    for (const { key, value: each } of value.entries) {
        if (key === "predicate") {
            checkPredicate(each, checks);
        } else if (each.kind === "map") {
            checkKeys(each.entries, "backoff", ["initial_delay", "max_delay", "multiplier"], checks.report);
            each.entries.forEach((entry) => checks.expressions.value(entry.value, scope, entry.key));
        } else if (nameAsValue(each) !== "retry.default_backoff") {
            checks.expressions.value(each, scope, key);
        }
    }
}

function checkPredicate(value: Value, { report, subworkflows }: Checks): void {
    const name = nameAsValue(value);
    const params = subworkflows.get(name)?.params;
    if (params === undefined && !PREDICATE_NAMES.includes(name)) {
        report.add(
            "undefined-function",
            `the predicate of retry must name a sub-workflow or a predicate of the standard library, \${name}${didYouMean(name, [...PREDICATE_NAMES, ...subworkflows.keys()])}`,
            value.span,
        );
    }
    if (params !== undefined && (params.length === 0 || params.slice(1).some((param) => !param.endsWith("?")))) {
        report.add(
            "arguments",
            `the predicate '${name}' is given one argument, the error, but takes ${params.length}`,
            value.span,
        );
    }
}
