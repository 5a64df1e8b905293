import type { HttpResponse } from "../../credentials";
import type { Context } from "../attempt";
import { wrongAudience } from "./accepted-audience";
import { excerpt, isByCode } from "./answers";
import { redirected, refusedByCode } from "./by-code";
import { accountProblem, diagnoseGrants } from "./diagnose";
import { type Finding, permanent, temporary, withStatus } from "./findings";
import { GATEWAYS } from "./gateway";
import { readJson } from "../json";
import { audienceOf, readReceiver } from "./receiver";
import { deniedStatusOf, isSafe, logCommand, methodOf, resourceOf } from "./requests";
import { diagnoseStart } from "./startup";
import type { RequestProbe } from "../spec";

/** Why a request was refused that should have been let in. */
export async function diagnoseRefusal(
    context: Context,
    probe: RequestProbe,
    answer: HttpResponse,
    claims: Record<string, unknown> | undefined,
): Promise<Finding> {
    const { status } = answer;
    const door = iapRefusal(probe, answer, claims) ?? (await gatewayRefusal(context, probe, answer));
    if (door) {
        return door;
    }
    // What a workflow sent has a status alone, which does not tell who answered.
    const known = probe.inside === undefined ? isByCode({ ...answer, method: methodOf(probe) }) : undefined;
    const byCode = known ?? !isSafe(probe, context);
    if (status === 403) {
        const finding = await diagnoseGrants(context, probe.grants ?? []);
        // A grant that is there cannot be why the service's own code refuses.
        if (finding && (finding.final || !byCode)) {
            return withStatus(status, finding);
        }
    }
    if ((status === 401 || status === 403) && probe.credential.kind === "idToken") {
        const problem = await accountProblem(context, `serviceAccount:${probe.credential.serviceAccount}`);
        if (problem) {
            return withStatus(status, { diagnosis: problem, final: true });
        }
    }
    if (status >= 300 && status < 400) {
        return redirected(probe, answer);
    }
    if (status === 404) {
        return notFound(context, probe);
    }
    if (status === 401) {
        return unauthenticated(context, probe, answer, claims);
    }
    if (byCode) {
        return refusedByCode(context, probe, answer);
    }
    if (status === 403) {
        return forbidden(probe);
    }
    if (status === 429) {
        return temporary("too-many", "429: the receiver had no instance free, or a quota is used up");
    }
    if (status >= 500) {
        const why = await diagnoseStart(context, resourceOf(probe));
        if (why) {
            return withStatus(status, why);
        }
        return temporary(
            "receiver-fails",
            `${status}: the receiver crashes, or does not start in time; its log says why`,
            logCommand(probe),
        );
    }
    return permanent("unexpected-status", `${status}: the receiver refused the request itself`);
}

/** Why a receiver let in a caller that it should deny, or denied it with another status than Google does. */
export async function openReceiver(context: Context, probe: RequestProbe, answer: HttpResponse): Promise<Finding> {
    const { status } = answer;
    const receiver = await readReceiver(context, resourceOf(probe), probe);
    if (status === 404) {
        const { why = unclearNotFound, fix } = receiver?.closedBecause ?? {};
        return permanent("not-a-denial", `404 is no denial: ${why}`, fix);
    }
    const open = receiver?.openBecause;
    if (open) {
        return permanent(
            "open-to-everyone",
            `the receiver answered ${status} to a caller that must be denied: ${open.why}`,
            open.fix,
        );
    }
    if (status === 401 || status === 403) {
        return temporary(
            "other-denial",
            `the receiver denied with ${status}, but its front door denies with ${deniedStatusOf(probe).join(" or ")}: the service's own code may have refused, and the front door may be open`,
        );
    }
    const letIn = `the receiver answered ${status} to a caller that must be denied`;
    // A policy that was closed a moment ago may still be open in places. There is no other reason to expect a change.
    return receiver?.complete === true
        ? temporary("let-in", `${letIn}, though its policy lets in nobody without a grant: was it open until recently?`)
        : permanent("let-in", `${letIn}: is it public (allUsers, or the invoker check switched off)?`);
}

const unclearNotFound =
    "either nothing has this address, or the path is not served, or the receiver's ingress does not admit requests from here";

async function notFound(context: Context, probe: RequestProbe): Promise<Finding> {
    if (probe.ingress === "internal") {
        return permanent(
            "internal-ingress",
            "404: the receiver has internal ingress, which answers 404 to everyone outside: probe it through its caller",
        );
    }
    const receiver = await readReceiver(context, resourceOf(probe));
    const closed = receiver?.closedBecause;
    if (closed) {
        return permanent("internal-ingress", `404: ${closed.why}`, closed.fix);
    }
    const { pathname } = new URL(probe.url);
    const served = `the receiver does not serve ${pathname}; its ingress admits everyone`;
    return permanent("not-found", `404: ${receiver && receiver.accepts.length > 0 ? served : unclearNotFound}`);
}

async function unauthenticated(
    context: Context,
    probe: RequestProbe,
    answer: HttpResponse,
    claims: Record<string, unknown> | undefined,
): Promise<Finding> {
    const audience = claims?.["aud"];
    const own = audienceOf(probe.url);
    const resource = resourceOf(probe);
    const accepts = (await readReceiver(context, resource))?.accepts ?? [];
    if (typeof audience === "string" && accepts.length > 0 && !accepts.includes(audience)) {
        return withStatus(401, { final: true, diagnosis: wrongAudience({ audience, accepts, resource, own }) });
    }
    if (typeof audience === "string" && accepts.length === 0 && audience !== own) {
        const cause = `401: audience was ${audience}, the service accepts ${own} (or a custom audience of its own)`;
        return temporary("wrong-audience", cause, `audience: "${own}"`);
    }
    if (isByCode({ ...answer, method: methodOf(probe) }) === true) {
        return refusedByCode(context, probe, answer);
    }
    return temporary(
        "token-refused",
        `401: the receiver did not accept the token: ${accepts.length > 0 ? "its audience is right, so it is expired or of a wrong kind" : "expired, of a wrong kind, or for another audience"}`,
    );
}

function forbidden(probe: RequestProbe): Finding {
    if (probe.credential.kind === "none") {
        return temporary("unauthenticated", "403: the receiver wants an ID token, and the probe carries none");
    }
    const who = probe.credential.kind === "idToken" ? probe.credential.serviceAccount : "the caller";
    return temporary(
        "forbidden",
        `403: ${who} may not invoke ${new URL(probe.url).host}; the check may not read its policy, so it cannot tell a missing grant from a late one`,
    );
}

/** The refusals of IAP itself, which its answers tell from those of the application. */
function iapRefusal(
    probe: RequestProbe,
    answer: HttpResponse,
    claims: Record<string, unknown> | undefined,
): Finding | undefined {
    const location = answer.headers["location"] ?? "";
    if (location.startsWith("https://accounts.google.com/")) {
        return permanent("iap-sign-in", "IAP asks for a sign-in: the request carried no token that it accepts");
    }
    if (answer.status !== 401 || !answer.body.includes("Invalid IAP credentials")) {
        return undefined;
    }
    const [, expected] = /doesn't match expected value \(([^)]*)\)/.exec(answer.body) ?? [];
    if (expected === undefined) {
        return permanent("iap-refused", `401 by IAP: ${answer.body.replace(/\s+/g, " ").slice(0, 200)}`);
    }
    return permanent(
        "wrong-audience",
        `401 by IAP: audience was ${String(claims?.["aud"])}, ${new URL(probe.url).host} accepts ${expected}`,
        `audience: "${expected}"`,
    );
}

/** The refusals of an API gateway itself, and those of a backend that does not let in the gateway's account. */
async function gatewayRefusal(
    context: Context,
    probe: RequestProbe,
    { status, body }: HttpResponse,
): Promise<Finding | undefined> {
    const { code, message } = Object(readJson(body)) as { code?: unknown; message?: unknown };
    const byItself = code === status && typeof message === "string";
    const isGateway = resourceOf(probe)?.startsWith(GATEWAYS) === true;
    // ESPv2 answers as a gateway does, and so may code of the user's.
    if (!isGateway && !(byItself && (await readReceiver(context, resourceOf(probe)))?.byDocument === true)) {
        return undefined;
    }
    if (byItself) {
        return temporary("gateway-refused", `${status} by the gateway: ${excerpt(message)}`);
    }
    const finding = status === 403 ? await diagnoseGrants(context, probe.receiverGrants ?? []) : undefined;
    return finding && withStatus(status, finding);
}
