import type { EngineEvent, Operation, ResourceState, Step } from "../../engine";

/** The engine's event about a step. */
export type StepEvent = Extract<EngineEvent, { type: "step" }>;

/** The differences of a step, as both JSON formats of Pulumi have them. */
export interface Reasons {
    /** The input properties that differ. */
    diffs: string[];
    /** The properties that force a replacement. */
    replaces: string[];
    /** The kind of each difference by its path; null if there is none. */
    detailed: Record<string, string> | null;
}

/** The reason of a step. */
export function reasonsOf({ diff = [] }: Step): Reasons {
    const properties = (entries: typeof diff): string[] => [
        ...new Set(entries.map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path)),
    ];
    const kinds = diff.map(({ path, kind, replaces }) => [path, replaces ? `${kind}-replace` : kind] as const);
    return {
        diffs: properties(diff),
        replaces: properties(diff.filter(({ replaces }) => replaces)),
        detailed: diff.length > 0 ? Object.fromEntries(kinds) : null,
    };
}

/** The reference of the provider that does a step; empty if no provider does it. */
export function providerOf({ old, new: now }: { old?: ResourceState; new?: ResourceState }): string {
    return (now ?? old)?.provider ?? "";
}

/** The step of a replacement after which Pulumi reports `replace`. */
const REPLACING: Operation[] = ["replace", "create-replacement", "read-replacement", "import-replacement"];

/**
 * Replacements as Pulumi reports them. If the old resource is deleted first, the step `replace` comes after that;
 * otherwise it comes after the new resource is created. Our engine reports the first kind only.
 *
 * @returns a function that returns, for an event, the step to report as `replace`, if there is one
 */
export function replacements(): (event: StepEvent) => StepEvent | undefined {
    const reported = new Set<string>();
    return (event) => {
        const { step, phase } = event;
        if (phase !== "done" || !REPLACING.includes(step.operation)) {
            return undefined;
        }
        if (reported.delete(step.urn)) {
            return undefined;
        }
        if (step.operation === "replace") {
            reported.add(step.urn);
        }
        return { ...event, step: { ...step, operation: "replace" } };
    };
}

/** The severities of Pulumi's diagnostics. */
export type Severity = "info" | "info#err" | "warning" | "error";

/** The prefix that Pulumi puts before a message. A message of severity info has none. */
export function prefixOf(severity: "info" | "warning" | "error"): string {
    return severity === "info" ? "" : `${severity}: `;
}
