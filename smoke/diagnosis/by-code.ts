import type { HttpResponse } from "../../credentials";
import type { Context } from "../attempt";
import type { RequestProbe } from "../spec";
import { excerpt, redirectTo } from "./answers";
import { diagnoseGrants } from "./diagnose";
import { type Finding, ofCode, permanent } from "./findings";
import { isSafe, logCommand } from "./requests";

/** Why the receiver's own code answered as it did: because of a grant on what it calls, if the probe names one, or by itself. */
export async function refusedByCode(context: Context, probe: RequestProbe, answer: HttpResponse): Promise<Finding> {
    const { status, body } = answer;
    const [code, what] = meaningOf(status, probe);
    const said = `${status}: ${what}: its own code answered ${excerpt(body)}`;
    const own = await diagnoseGrants(context, probe.receiverGrants ?? []);
    if (own) {
        const cause = `${said}; on what it calls: ${own.diagnosis.cause}`;
        return { ...own, byCode: !isSafe(probe, context), diagnosis: { ...own.diagnosis, cause } };
    }
    return ofCode(code, said, status >= 500 ? logCommand(probe) : undefined);
}

/** What a status of a receiver's own code means. */
function meaningOf(status: number, { credential }: RequestProbe): [code: string, what: string] {
    if (status >= 500) {
        return ["receiver-fails", "the receiver crashes, or fails by itself"];
    }
    switch (status) {
        case 401:
            return ["token-refused", "the receiver did not accept the token, although its front door did"];
        case 403:
            return credential.kind === "none"
                ? ["unauthenticated", "the receiver wants an ID token, and the probe carries none"]
                : ["forbidden", "the receiver refused the caller, although its front door let it in"];
        case 429:
            return ["too-many", "the receiver has too much to do"];
        default:
            return ["unexpected-status", "the receiver refused the request itself"];
    }
}

/** Why a redirect is no success. Each is told with where it leads. */
export function redirected(probe: RequestProbe, answer: HttpResponse): Finding {
    const { status } = answer;
    const to = redirectTo(answer, probe.url);
    if (to === undefined) {
        return permanent(
            "redirected",
            `${status}: the receiver redirects, and names no place`,
            `expect: { status: ${status} }`,
        );
    }
    const from = new URL(probe.url);
    const why = "redirects are not followed, because a token must not travel on";
    return to.host === from.host && to.protocol === from.protocol
        ? permanent("redirected", `${status} to ${to.pathname} of the same receiver: ${why}`, `path: "${to.pathname}"`)
        : permanent("redirected", `${status} to ${to.origin}: ${why}`, `expect: { status: ${status} }`);
}
