import type { Attempt, Context } from "../attempt";
import { diagnoseGrants, diagnoseStarts } from "../diagnosis";
import type { GrantRef } from "../spec";

/**
 * What Google's senders report about an HTTP answer, and whether a later try may pass. `frontDoor`: Google's front end refused,
 * so a later try may pass. `code`: the receiver's own code failed, and a later try would reach that code again. A sender does
 * not tell who answered, so each status counts as an answer of whoever usually sends it.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
 */
const codes: Record<number, [name: string, hint: string, later: "never" | "frontDoor" | "code"]> = {
    3: ["INVALID_ARGUMENT", "400", "never"],
    4: ["DEADLINE_EXCEEDED", "nothing in time, or 504", "code"],
    5: ["NOT_FOUND", "404: the path is not served, or the ingress does not admit the sender", "never"],
    7: ["PERMISSION_DENIED", "403", "frontDoor"],
    8: ["RESOURCE_EXHAUSTED", "429", "frontDoor"],
    13: ["INTERNAL", "500: its code fails by itself", "code"],
    14: ["UNAVAILABLE", "503, or not at all", "frontDoor"],
    16: ["UNAUTHENTICATED", "401: it did not accept the sender's token", "frontDoor"],
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
    const [name, hint, later] = codes[code] ?? [`code ${code}`, `what the sender reports as code ${code}`, "never"];
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
    const start = code === 14 ? await diagnoseStarts(context, grants) : undefined;
    if (start) {
        const cause = `${name}: ${start.diagnosis.cause}`;
        return { outcome: start.final ? "failed" : "retry", got: name, diagnosis: { ...start.diagnosis, cause } };
    }
    const token = code === 16 && audience !== undefined ? `; its token's audience was ${audience}` : "";
    const cause = `the receiver answered ${hint}${token}${message && `: ${message}`}`;
    const diagnosis = { code: "target-refused", cause };
    return { outcome: later === "frontDoor" ? "retry" : "failed", byCode: later === "code", got: name, diagnosis };
}
