import type { EngineEvent, Operation, ResourceState, Step } from "../../engine";

/** What the engine tells of a step. */
export type StepEvent = Extract<EngineEvent, { type: "step" }>;

/** What Pulumi says of the differences of a step, as both of its JSON formats do. */
export interface Reasons {
    /** The input properties that differ. */
    diffs: string[];
    /** Those of them that force a replacement. */
    replaces: string[];
    /** The kind of each difference by its path; null where there is none. */
    detailed: Record<string, string> | null;
}

/** Why a step is made. */
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

/** The reference of the provider that makes a step; empty for what no provider makes. */
export function providerOf({ old, new: now }: { old?: ResourceState; new?: ResourceState }): string {
    return (now ?? old)?.provider ?? "";
}

/** Of a replacement, the step that Pulumi has `replace` come after. */
const REPLACING: Operation[] = ["replace", "create-replacement", "read-replacement", "import-replacement"];

/**
 * Replacements as Pulumi tells them: a step `replace` comes once the old resource is gone, where that goes first, and
 * else once the new one is there. Our engine tells of the first kind only.
 *
 * @returns a function that gives for each step the one to tell as `replace`, if there is one
 */
export function replacements(): (event: StepEvent) => StepEvent | undefined {
    const told = new Set<string>();
    return (event) => {
        const { step, phase } = event;
        if (phase !== "done" || !REPLACING.includes(step.operation)) {
            return undefined;
        }
        if (told.delete(step.urn)) {
            return undefined;
        }
        if (step.operation === "replace") {
            told.add(step.urn);
        }
        return { ...event, step: { ...step, operation: "replace" } };
    };
}

/** The prefix that Pulumi puts before a message; what is only told has none. */
export function prefixOf(severity: "info" | "warning" | "error"): string {
    return severity === "info" ? "" : `${severity}: `;
}
