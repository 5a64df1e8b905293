import type { Report } from "../../../smoke";
import type { Mutant, State } from "./mutants";
import { applyMutant, isSame, type MutableStore, restore } from "./state";

/**
 * How a mutant ended. `killed`: a check failed. `survived`: all checks stayed green. `ineffective`: the change had no effect,
 * so the mutant shows nothing.
 */
export interface MutantResult {
    kind: Mutant["kind"];
    what: string;
    result: "killed" | "survived" | "ineffective";
    /** The probe that failed, or one that warned. */
    seenBy?: string;
}

/** What runs the checks of the deployment. */
export interface Checks {
    /** Runs all checks. With `stopAtFailure` the first probe that fails ends them, and is returned. */
    run(stopAtFailure: boolean): Promise<{ reports: Report[]; failure?: string }>;
}

/** What became of all mutants, and whether the deployment was green before and after them. */
export interface Mutation {
    mutants: MutantResult[];
    /** The failing probes of the deployment itself: with them, nothing can be told about the mutants. */
    baseline: string[];
}

/**
 * Makes each mutant in turn, runs the checks, and takes the mutant back. The checks of the deployment itself run before the first
 * and after the last, because a deployment that is red anyway would kill every mutant.
 */
export async function runMutants(
    store: MutableStore,
    mutants: readonly Mutant[],
    checks: Checks,
    onResult: (result: MutantResult) => void = () => undefined,
): Promise<Mutation> {
    const kept = store.snapshot();
    const { reports } = await checks.run(false);
    const red = failuresOf(reports);
    const calm = new Set(reports.flatMap(({ probes }) => probes).map(({ verdict, name }) => `${verdict} ${name}`));
    if (red.length > 0) {
        return { mutants: [], baseline: red };
    }
    restore(store, kept);
    const results: MutantResult[] = [];
    for (const mutant of mutants) {
        const result = await tryMutant(store, kept, mutant, checks, calm);
        results.push(result);
        onResult(result);
    }
    return { mutants: results, baseline: failuresOf((await checks.run(false)).reports) };
}

/** @param calm The probes of the deployment itself with their verdicts. */
async function tryMutant(
    store: MutableStore,
    kept: State,
    mutant: Mutant,
    checks: Checks,
    calm: ReadonlySet<string>,
): Promise<MutantResult> {
    const { kind, what } = mutant;
    try {
        applyMutant(store, mutant);
        if (isSame(store.snapshot(), kept)) {
            return { kind, what, result: "ineffective" };
        }
        const { reports, failure = failuresOf(reports)[0] } = await checks.run(true);
        if (failure !== undefined) {
            return { kind, what, result: "killed", seenBy: failure };
        }
        const other = reports
            .flatMap(({ probes }) => probes)
            .find(({ verdict, name }) => !calm.has(`${verdict} ${name}`));
        const seen = other && `${other.verdict === "warning" ? "a warning" : "less tried"}: ${other.name}`;
        return { kind, what, result: "survived", ...(seen !== undefined && { seenBy: seen }) };
    } finally {
        restore(store, kept);
    }
}

const failuresOf = (reports: readonly Report[]): string[] =>
    reports.flatMap(({ probes }) => probes.filter(({ verdict }) => verdict === "failed").map(({ name }) => name));
