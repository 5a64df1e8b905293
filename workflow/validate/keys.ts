import { didYouMean } from "../../common";
import type { Entry, Severity, Value } from "../syntax";
import type { Report } from "./report";

/** Tells of each key that is not allowed. */
export function checkKeys(
    entries: readonly Entry[],
    what: string,
    allowed: readonly string[],
    report: Report,
    severity: Severity = "error",
): void {
    for (const { key, keySpan } of entries.filter((entry) => !allowed.includes(entry.key))) {
        const message = `unknown key "${key}" in ${what}${didYouMean(key, allowed) || `; known are ${allowed.join(", ")}`}`;
        report.add("unknown-key", message, keySpan, severity);
    }
}

const PARAMS = ["timeout", "polling_policy", "skip_polling", "scopes"];
const POLICY = ["initial_delay", "multiplier", "max_delay"];

/**
 * Nothing reads `connector_params` of other names, so a deploy warns of them [K: what Google's does]. A key that is computed
 * is not judged. https://cloud.google.com/workflows/docs/reference/googleapis#invoke_a_connector_call
 */
export function checkConnectorParams(args: Value | undefined, report: Report): void {
    const params = entriesBelow(args, "connector_params");
    checkKeys(params.filter(isLiteral), "connector_params", PARAMS, report, "warning");
    const policy = params.find(({ key }) => key === "polling_policy")?.value;
    const entries = policy?.kind === "map" ? policy.entries : [];
    checkKeys(entries.filter(isLiteral), "polling_policy", POLICY, report, "warning");
}

const isLiteral = ({ computedKey }: Entry): boolean => computedKey === undefined;

function entriesBelow(args: Value | undefined, key: string): readonly Entry[] {
    const value = args?.kind === "map" ? args.entries.find((entry) => entry.key === key)?.value : undefined;
    return value?.kind === "map" ? value.entries : [];
}
