import type { Context, Trial } from "../attempt";
import { missingGrant, emailOf, standingOf } from "../diagnosis";
import type { PolicyProbe } from "../spec";

/** Looks for the binding in the receiver's policy. A policy that may not be read is no failure: nothing was tried. */
export function policyTrial(probe: PolicyProbe, context: Context): Trial {
    const { grant } = probe;
    return {
        caller: emailOf(grant.member),
        target: grant.label,
        token: "none",
        expected: grant.role,
        async attempt() {
            const standing = await standingOf(context.http, await context.credentials(), grant);
            switch (standing.kind) {
                case "present":
                    return {
                        outcome: "passed",
                        got: standing.condition === undefined ? "bound" : "bound, on a condition",
                    };
                case "missing":
                    return {
                        outcome: "failed",
                        got: "not bound",
                        diagnosis: await missingGrant(context, grant, standing),
                    };
                case "unknown": {
                    const diagnosis = { code: "policy-unreadable", cause: standing.why };
                    if (standing.retry) {
                        return { outcome: "retry", got: "no answer", diagnosis };
                    }
                    // Only a resource that is gone proves that the binding is.
                    return standing.status === 404
                        ? { outcome: "failed", got: "404", diagnosis: { ...diagnosis, code: "resource-missing" } }
                        : { outcome: "not-tried", got: "not readable", diagnosis };
                }
            }
        },
    };
}
