import type { Attempt, Context } from "../attempt";
import { diagnoseGrants } from "../diagnosis";
import type { GrantRef } from "../spec";

/**
 * What Google's senders report about an HTTP answer, and whether a later try may pass.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
 */
const codes: Record<number, [name: string, hint: string, transient: boolean]> = {
    3: ["INVALID_ARGUMENT", "400", false],
    4: ["DEADLINE_EXCEEDED", "nothing in time, or 504", true],
    5: ["NOT_FOUND", "404: the path is not served, or the ingress does not admit the sender", false],
    7: ["PERMISSION_DENIED", "403", true],
    8: ["RESOURCE_EXHAUSTED", "429", true],
    13: ["INTERNAL", "500", true],
    14: ["UNAVAILABLE", "503, or not at all", true],
    16: ["UNAUTHENTICATED", "401: it did not accept the sender's token", true],
};

/** What a sender reports about a receiver that refused. */
export interface SenderRefusal {
    code: number;
    message?: string;
    /** The audience of the token that the sender sent. */
    audience?: string;
    grants?: GrantRef[];
}

/** Why a receiver refused what Cloud Scheduler or Cloud Tasks sent, and whether a later try may pass. */
export async function refusedSender(
    context: Context,
    { code, message = "", audience, grants = [] }: SenderRefusal,
): Promise<Attempt> {
    const [name, hint, transient] = codes[code] ?? [`code ${code}`, `what the sender reports as code ${code}`, false];
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
    return { outcome: transient ? "retry" : "failed", got: name, diagnosis: { code: "target-refused", cause } };
}
