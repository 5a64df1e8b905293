import { type Cause, hostFix } from "../advice";
import { type CallSite, headerSpan, maySend, shownCall, runsWithHeader } from "../calls";
import { type Receiver, shownReceiver } from "../receivers";
import { authRemedy } from "../credentials";
import type { Reporter } from "./reporter";
import { type TokenSource, tokenSource } from "./token-source";
import { tokenHeaders } from "../../../common";

/** The cause of a finding about an `Authorization` header beside `auth`, by the kind of the receiver. */
const besideAuth = {
    run: "double-auth/run",
    function: "double-auth/run",
    iap: "double-auth/iap",
    "app-engine": "double-auth/iap",
    "google-api": "double-auth/google-api",
    "api-gateway": "double-auth/google-api",
    endpoints: "double-auth/google-api",
    private: "double-auth/external",
    external: "double-auth/external",
    unknown: "double-auth/external",
} as const satisfies Record<Receiver["kind"], Cause>;

/** Checks for two credentials in one call: a header beside `auth`, or two headers. */
export function checkHeaders(site: CallSite, { report }: Reporter): void {
    const call = shownCall(site.call);
    for (const name of tokenHeaders) {
        const [one, other] = [...site.headers.sent].filter(([each]) => each.toLowerCase() === name);
        if (one !== undefined && other !== undefined) {
            const runs = one[1] === "all" && other[1] === "all" ? "all" : "some";
            report("double-auth/case", headerSpan(site, name), call, one[0], other[0], runs);
        }
    }
    for (const receiver of site.receivers) {
        checkBeside(site, receiver, report);
    }
}

function checkBeside(site: CallSite, receiver: Receiver, report: Reporter["report"]): void {
    const call = shownCall(site.call);
    const to = shownReceiver(receiver);
    const { kind } = receiver;
    const at = (name: string) => headerSpan(site, name);
    for (const name of ["x-serverless-authorization", "proxy-authorization"].filter((each) => maySend(site, each))) {
        const runs = runsWithHeader(site, name);
        if (isUnread(name, kind)) {
            report("double-auth/unread", at(name), call, spelled(site, name), to);
        } else if (site.auth.kind !== "none" && (kind === "run" || kind === "function") && name.startsWith("x-")) {
            report("double-auth/serverless", at(name), call, to, runs);
        } else if (site.auth.kind !== "none" && /^(iap|app-engine|run)$/.test(kind) && name.startsWith("proxy-")) {
            report("double-auth/proxy", at(name), call, to, runs);
        }
    }
    if (site.auth.kind === "none") {
        return;
    }
    if (maySend(site, "authorization")) {
        report(besideAuth[kind], site.auth.span, call, to, runsWithHeader(site, "authorization"));
    } else if (site.headers.open) {
        report("double-auth/open", headerSpan(site, "authorization"), call, to);
    }
}

/**
 * A credential that a call sends by hand to a host that is not Google's, or that is unknown. The credentials of
 * others' APIs are not checked, but tokens of Google's are, and who receives a credential.
 */
export function checkForeign(site: CallSite, receiver: Receiver, name: string, { report, program }: Reporter): void {
    const { kind, origin, target } = receiver;
    const source: TokenSource = name === "key" ? { kind: "unknown" } : tokenSource(site, name, program);
    const at = name === "key" ? site.urlSpan : headerSpan(site, name);
    const facts = [
        shownCall(site.call),
        name === "key" ? "an API key" : spelled(site, name),
        shownReceiver(receiver),
    ] as const;
    if (source.kind === "account" && source.access && kind === "external" && target === undefined) {
        report("token-leak/impersonated", at, ...facts, source.account);
    } else if (kind === "unknown" && origin !== "env" && !(source.kind === "caller" && origin === "caller")) {
        report("token-leak/header", at, ...facts, hostFix(receiver));
    }
}

/** Whether a receiver of Google's does not look for a token in a header; a service of Cloud Run can have IAP before it. */
function isUnread(name: string, kind: Receiver["kind"]): boolean {
    return name.startsWith("x-") ? /^(google-api|iap|app-engine)$/.test(kind) : /^(google-api|function)$/.test(kind);
}

/** A header's name as the call writes it. */
function spelled({ headers }: CallSite, name: string): string {
    return [...headers.sent.keys()].find((each) => each.toLowerCase() === name) ?? name;
}

/** Checks a token that a header carries in place of `auth`. The advice depends on whose token it is. */
export function checkBearer(
    site: CallSite,
    receiver: Receiver,
    name: string,
    { report, options, program }: Reporter,
): void {
    const source = tokenSource(site, name, program);
    const facts = [shownCall(site.call), spelled(site, name), shownReceiver(receiver)] as const;
    const own = authRemedy(site, options, "add");
    const at = headerSpan(site, name);
    switch (source.kind) {
        case "account":
            report("manual-bearer/account", at, ...facts, source.account);
            return;
        case "scheme":
            report("manual-bearer/scheme", at, ...facts, source.scheme);
            return;
        case "caller":
            report("manual-bearer/caller", at, ...facts);
            return;
        default:
            report(`manual-bearer/${source.kind}`, at, ...facts, own);
    }
}
