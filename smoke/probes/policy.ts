import type { Context, Trial } from "../attempt";
import { missingGrant, emailOf, standingOf } from "../diagnosis";
import type { PolicyProbe } from "../spec";

/** Looks for the binding in the receiver's policy. If the policy may not be read, the probe was not tried. */
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
                    // That the resource does not exist is the only answer which proves that the binding does not either.
                    return standing.status === 404
                        ? { outcome: "failed", got: "404", diagnosis: { ...diagnosis, code: "resource-missing" } }
                        : { outcome: "not-tried", got: "not readable", diagnosis };
                }
            }
        },
    };
}
