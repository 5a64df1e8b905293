import type { Cause } from "./advice";
import type { CallSite } from "./call-site";
import { headerSpan, sends, tokenHeaders } from "./headers";
import { hostFix } from "./advice";
import { credentialFor, shownReceiver } from "./needs";
import type { Receiver } from "./receiver";
import { authRemedy } from "./remedy";
import type { Reporter } from "./reporter";
import { type TokenSource, tokenSource } from "./token-source";

/** An `Authorization` header beside `auth`, by who receives both. */
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

const named = ({ call }: CallSite): string => `call "${call.step.name.text}"`;

/** Credentials in headers beside `auth` and beside each other. */
export function checkHeaders(site: CallSite, { report }: Reporter): void {
    const call = named(site);
    for (const name of tokenHeaders) {
        const [one, other] = site.headers.names.filter((each) => each.toLowerCase() === name);
        if (one !== undefined && other !== undefined) {
            report("double-auth/case", headerSpan(site, name), call, one, other);
        }
    }
    for (const receiver of site.receivers) {
        checkBeside(site, receiver, report);
    }
}

function checkBeside(site: CallSite, receiver: Receiver, report: Reporter["report"]): void {
    const call = named(site);
    const to = shownReceiver(receiver);
    const { kind } = receiver;
    const at = (name: string) => headerSpan(site, name);
    for (const name of ["x-serverless-authorization", "proxy-authorization"].filter((each) => sends(site, each))) {
        if (kind === "google-api") {
            const written = site.headers.names.find((each) => each.toLowerCase() === name) ?? name;
            report("double-auth/unread", at(name), call, written, to);
        } else if (site.auth.kind !== "none" && (kind === "run" || kind === "function")) {
            report("double-auth/serverless", at(name), call, to);
        } else if (site.auth.kind !== "none" && (kind === "iap" || kind === "app-engine")) {
            report("double-auth/proxy", at(name), call, to);
        }
    }
    if (site.auth.kind === "none") {
        return;
    }
    if (sends(site, "authorization")) {
        report(besideAuth[kind], site.auth.span, call, to);
    } else if (site.headers.open) {
        report("double-auth/open", headerSpan(site, "authorization"), call, to);
    }
}

type BearerFacts = readonly [call: string, header: string, to: string];

/** A token to a host that is not Google's, or that cannot be told. Whose APIs it is for is their matter; Google's tokens are not. */
function checkForeign(
    site: CallSite,
    receiver: Receiver,
    source: TokenSource,
    facts: BearerFacts,
    report: Reporter["report"],
): void {
    const at = headerSpan(site, facts[1].toLowerCase());
    if (source.kind === "account" && source.access && receiver.kind === "external" && receiver.target === undefined) {
        report("token-leak/impersonated", at, ...facts, source.account);
    } else if (receiver.kind === "unknown" && receiver.origin !== "env" && source.kind !== receiver.origin) {
        report("token-leak/header", at, ...facts, hostFix(receiver));
    }
}

/** A token in a header in place of `auth`: whose it is decides what is right. */
export function checkBearer(
    site: CallSite,
    receiver: Receiver,
    name: string,
    { report, options, program }: Reporter,
): void {
    const header = site.headers.names.find((each) => each.toLowerCase() === name) ?? name;
    const source = tokenSource(site, name, program);
    const facts = [named(site), header, shownReceiver(receiver)] as const;
    if (credentialFor(receiver) === undefined) {
        checkForeign(site, receiver, source, facts, report);
        return;
    }
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
