import type { Attempt, Context } from "../attempt";
import { diagnoseGrants } from "../diagnosis";
import type { GrantRef } from "../spec";

/** What senders report of an HTTP answer: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const known: Record<number, [name: string, hint: string, passing: boolean]> = {
    3: ["INVALID_ARGUMENT", "400", false],
    4: ["DEADLINE_EXCEEDED", "nothing in time, or 504", true],
    5: ["NOT_FOUND", "404: the path is not served, or the ingress does not admit the sender", false],
    7: ["PERMISSION_DENIED", "403", true],
    8: ["RESOURCE_EXHAUSTED", "429", true],
    13: ["INTERNAL", "500", true],
    14: ["UNAVAILABLE", "503, or not at all", true],
    16: ["UNAUTHENTICATED", "401: it did not accept the sender's token", true],
};

/** What a sender's attempt came to, where the receiver did not take it. */
export interface SenderRefusal {
    code: number;
    message?: string;
    /** Of the token that the sender attached. */
    audience?: string;
    grants?: GrantRef[];
}

/** Why a receiver refused what Cloud Scheduler or Cloud Tasks sent, and whether a fresh deployment may get over it. */
export async function refusedSender(
    context: Context,
    { code, message = "", audience, grants = [] }: SenderRefusal,
): Promise<Attempt> {
    const [name, hint, passing] = known[code] ?? [`code ${code}`, `what the sender reports as code ${code}`, false];
    if (code === 7 || code === 16) {
        const finding = await diagnoseGrants(context, grants);
        if (finding && (code === 7 || finding.final)) {
            return {
                outcome: finding.final ? "failed" : "retry",
                got: name,
                diagnosis: { ...finding.diagnosis, cause: `${name}: ${finding.diagnosis.cause}` },
            };
        }
    }
    const token = code === 16 && audience !== undefined ? `; its token's audience was ${audience}` : "";
    const cause = `the receiver answered ${hint}${token}${message && `: ${message}`}`;
    return { outcome: passing ? "retry" : "failed", got: name, diagnosis: { code: "target-refused", cause } };
}
