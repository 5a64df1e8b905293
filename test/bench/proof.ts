import { proveComputed, proveForeseen, proveInjected, type Verdict } from "../workflow/auth/proof/proof";

/** What the proof of the resolver saw. */
export interface ProofFigures {
    programs: number;
    /** The first seed, to repeat it. */
    seed: number;
    foreseen: Verdict;
    injected: Verdict;
    /** Of every tenth seed: programs of operators and functions. */
    computed: Verdict;
}

/**
 * Makes programs by their seeds, audits, injects and runs them: every call of a run must have been foreseen, and what is
 * injected must go to declared targets. `PROOF_PROGRAMS` and `PROOF_SEED` choose others.
 */
export async function measureProof(): Promise<ProofFigures> {
    const programs = Number(process.env["PROOF_PROGRAMS"] ?? 100_000);
    const seed = Number(process.env["PROOF_SEED"] ?? 1);
    const [foreseen, injected, computed] = [empty(), empty(), empty()];
    for (let at = seed; at < seed + programs; at++) {
        add(foreseen, await proveForeseen(at), at);
        add(injected, await proveInjected(at), at);
        if ((at - seed) % 10 === 0) {
            add(computed, await proveComputed(at), at);
        }
    }
    return { programs, seed, foreseen, injected, computed };
}

const empty = (): Verdict => ({ calls: 0, credentials: 0, strangers: 0, problems: [] });

function add(sum: Verdict, one: Verdict, seed: number): void {
    sum.calls += one.calls;
    sum.credentials += one.credentials;
    sum.strangers += one.strangers;
    sum.problems.push(...one.problems.map((problem) => `seed ${seed}: ${problem}`));
}
