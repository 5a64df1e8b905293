import { type Allowed, allows, mutantName } from "./allowed";
import type { MutantKind } from "./mutants";
import type { Mutation, MutantResult } from "./run";

/** What would see a mutant of each kind that survived. */
const ADVICE: Record<MutantKind, string> = {
    "grant removed": "a check that calls as the account: give it argument, path or run",
    "grant moved": "a check that calls as the account: give it argument, path or run",
    "stranger added": 'smokeCheck: { callers: "exactly" } of the target',
    "ingress opened": 'smokeCheck: { callers: "exactly" } of the service, which compares the ingress too',
    "audience changed":
        "a check that sends something: argument of a workflow, queue or subscription, run of a schedule",
    "account disabled": "a check that calls as the account: give it argument, path or run",
    "secret emptied": "a check that uses the secret: argument of the workflow, or path of the service",
    "destination changed":
        "the check of the trigger, which reads where it delivers; for a private service an argument of the workflow's check",
    "condition removed": "the check of the caller, which reads whom the provider lets in",
    "issuer changed": "the check of the caller, which reads whom the provider lets in",
    "token check changed": "the check of the gateway, which reads its document, or one that calls it: give it a path",
    "backend changed": "the check of the gateway, which reads its document, or one that calls it: give it a path",
    "image failing": "a check that reaches the code: path of the service, or argument of a workflow that calls it",
};

/** A survivor with what would see it, or with the reason why it may survive. */
export interface Survivor extends MutantResult {
    allowed?: string;
    advice?: string;
}

/** The result of the command as JSON. */
export interface MutationReport {
    version: 1;
    killed: number;
    survivors: Survivor[];
    /** Mutants whose change changed nothing: a defect of the command itself. */
    ineffective: MutantResult[];
    /** Failing probes of the deployment itself, before a mutant or after the last one was taken back. */
    baseline: string[];
    /** Entries of the list of known survivors that no survivor needs. */
    unused: Allowed[];
    mutants: MutantResult[];
    passed: boolean;
}

/** Puts a report together. It passes if every mutant is killed, or is known to survive for a reason. */
export function reportOf({ mutants, baseline }: Mutation, allowed: readonly Allowed[]): MutationReport {
    const survivors = mutants
        .filter(({ result }) => result === "survived")
        .map((mutant): Survivor => {
            const known = allowed.find((entry) => allows(entry, mutant));
            return { ...mutant, ...(known ? { allowed: known.why } : { advice: ADVICE[mutant.kind] }) };
        });
    const ineffective = mutants.filter(({ result }) => result === "ineffective");
    // If no mutant was made, it is not known which entries of the list are needed.
    const unused =
        mutants.length === 0 ? [] : allowed.filter((entry) => !survivors.some((survivor) => allows(entry, survivor)));
    const unknown = survivors.filter((survivor) => survivor.allowed === undefined);
    return {
        version: 1,
        killed: mutants.filter(({ result }) => result === "killed").length,
        ...{ survivors, ineffective, baseline, unused, mutants },
        passed: [unknown, ineffective, baseline].every((list) => list.length === 0) && mutants.length > 0,
    };
}

/** The report as text. */
export function formatMutation(report: MutationReport): string {
    const { killed, survivors, ineffective, baseline, unused, mutants } = report;
    const unknown = survivors.filter((survivor) => survivor.allowed === undefined);
    const known = survivors.filter((survivor) => survivor.allowed !== undefined);
    return [
        `${mutants.length} mutants: ${killed} killed, ${unknown.length} survived, ${known.length} known to survive`,
        ...baseline.map((probe) => `✗ ${probe} fails without any mutant, so nothing can be told`),
        ...(mutants.length === 0 && baseline.length === 0
            ? ["✗ the program deploys nothing that could be mutated"]
            : []),
        ...ineffective.map(
            (mutant) =>
                `✗ ${mutantName(mutant)}: changed nothing, so nothing can be told: this is a defect of gcp-invoke`,
        ),
        ...unknown.map(
            (mutant) =>
                `✗ ${mutantName(mutant)}: survived${mutant.seenBy === undefined ? "" : ` with ${mutant.seenBy}`}\n    what would see it: ${mutant.advice ?? ""}`,
        ),
        ...known.map((mutant) => `- ${mutantName(mutant)}: survives: ${mutant.allowed ?? ""}`),
        ...unused.map(
            ({ mutant }) => `- ${mutant} is listed as known to survive, and does not any more: remove the entry`,
        ),
    ].join("\n");
}
