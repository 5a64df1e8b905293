import { CredentialError } from "../credentials";
import type { Attempt, Context, Trial } from "./attempt";
import { credentialDiagnosis, diagnoseMinting } from "./diagnosis";
import type { Probe } from "./spec";

/** Tries a probe once. If there is no token, the attempt says why. */
export async function attemptOnce(probe: Probe, trial: Trial, context: Context): Promise<Attempt> {
    try {
        return await trial.attempt();
    } catch (error) {
        if (!(error instanceof CredentialError)) {
            throw error;
        }
        if (error.code === "unavailable") {
            return { outcome: "retry", got: "no token now", diagnosis: credentialDiagnosis(error) };
        }
        const account = probe.kind === "request" && "audience" in probe.credential && probe.credential.serviceAccount;
        const asked = error.code === "missing-role" || error.code === "refused" || error.code === "account-not-found";
        const finding = account && asked ? await diagnoseMinting(context, account) : undefined;
        const own = credentialDiagnosis(error);
        // Without the policy, a grant that was made a moment ago cannot be told from a missing one.
        if (finding === "unknown" && error.code === "missing-role") {
            return { outcome: "retry", got: "no token", diagnosis: own, atDeadline: "not-tried" };
        }
        const known = finding === "unknown" ? undefined : finding;
        const diagnosis = known?.diagnosis ?? own;
        if (known?.final === false) {
            return { outcome: "retry", got: "no token", diagnosis };
        }
        // Without the check's own credential nothing is known about a receiver. A workflow that cannot be executed is a failure, and
        // so is an account of the check's that is disabled or deleted: no time mends it, and a check without it would be green for ever.
        return {
            outcome: needsOwnCredential.includes(probe.kind) || known?.final === true ? "failed" : "not-tried",
            got: "no token",
            diagnosis,
        };
    }
}

/** The kinds of probes that can do nothing without the check's own credential. */
const needsOwnCredential: readonly Probe["kind"][] = ["workflow", "schedule", "job", "task", "message"];
