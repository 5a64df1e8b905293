import {
    alwaysSendsCredential,
    authEntry,
    type CallSite,
    credentialSent,
    hasAuthInHeaders,
    headerSpan,
    maySend,
    shownCall,
    runsWithHeader,
} from "../calls";
import { hostCause } from "../advice";
import { isForIap } from "./audience";
import { checkAuth } from "./auth";
import { checkBearer, checkForeign } from "./header";
import { compareOrigins } from "../flow";
import { type AuthType, credentialFor, kinds, type Receiver, shownReceiver } from "../receivers";
import { authRemedy } from "../credentials";
import type { Reporter } from "./reporter";
import { tokenHeaders } from "../../../common";

/** Checks which credential the call sends to each of its receivers. */
export function checkCredential(site: CallSite, reporter: Reporter): void {
    const type = checkAuth(site, reporter);
    // Only the first of several unknown hosts at one place is reported: the one that the least trusted origin chooses.
    const worstFirst = site.receivers.toSorted((one, other) => compareOrigins(other.origin, one.origin));
    for (const receiver of worstFirst) {
        checkScheme(site, receiver, reporter);
        if (type === "none") {
            checkBare(site, receiver, reporter);
        } else if (type !== undefined) {
            checkToken(site, receiver, type, reporter);
        }
    }
}

function checkScheme(site: CallSite, receiver: Receiver, { report }: Reporter): void {
    if (receiver.scheme !== "http") {
        return;
    }
    const bare = site.auth.kind === "none" && !tokenHeaders.some((name) => maySend(site, name));
    if (/^(metadata(\.google\.internal)?|169\.254\.169\.254)$/.test(receiver.host ?? "")) {
        report("insecure-scheme/metadata", site.urlSpan, shownCall(site.call));
    } else {
        const cause = !bare
            ? "insecure-scheme/credential"
            : isPrivate(site, receiver)
              ? "insecure-scheme/private"
              : "insecure-scheme/bare";
        report(cause, site.urlSpan, shownCall(site.call), shownReceiver(receiver));
    }
}

/** https://docs.cloud.google.com/workflows/docs/http-requests (private_service_name), RFC 1918, and names for inside. */
function isPrivate({ entries }: CallSite, { host = "" }: Receiver): boolean {
    return (
        entries.some(({ key }) => key === "private_service_name") ||
        /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$|\.(internal|local|lan|corp)$/.test(host)
    );
}

function checkBare(site: CallSite, receiver: Receiver, reporter: Reporter): void {
    const { report, options } = reporter;
    const needed = credentialFor(receiver);
    const to = shownReceiver(receiver);
    const secret = receiver.target?.secret;
    if (secret !== undefined && runsWithHeader(site, secret.header) !== "all") {
        const isNever = !maySend(site, secret.header) && !site.headers.open;
        const cause = isNever ? "missing-auth/secret" : "missing-auth/secret-sometimes";
        report(cause, site.urlSpan, shownCall(site.call), to, secret.header);
    }
    const sent = credentialSent(site, receiver);
    if (sent !== undefined && needed === undefined) {
        checkForeign(site, receiver, sent, reporter);
    } else if (sent !== undefined && tokenHeaders.includes(sent)) {
        checkBearer(site, receiver, sent, reporter);
    }
    if (alwaysSendsCredential(site, receiver)) {
        return;
    }
    if (needed === undefined) {
        if (receiver.kind === "unknown") {
            report(`unknown-host/${hostCause(receiver)}`, site.urlSpan, receiver, shownCall(site.call));
        }
        return;
    }
    const fix = authRemedy(site, options, "add");
    const opener = reporter.openedBy(receiver);
    if (hasAuthInHeaders(site)) {
        report("missing-auth/misplaced", headerSpan(site, "auth"), shownCall(site.call), to, fix);
    } else if (options.closed === true && receiver.target === undefined) {
        report("undeclared-target/bare", site.urlSpan, shownCall(site.call), to, needed);
    } else if (site.headers.open) {
        report("missing-auth/headers", site.urlSpan, shownCall(site.call), to, needed, fix);
    } else if (sent !== undefined) {
        report("missing-auth/sometimes", site.urlSpan, shownCall(site.call), to, needed, fix);
    } else if (opener !== undefined) {
        report("missing-auth/opened", site.urlSpan, shownCall(site.call), to, opener, fix);
    } else {
        report("missing-auth/token", site.urlSpan, shownCall(site.call), to, needed, fix);
    }
}

function checkToken(site: CallSite, receiver: Receiver, type: AuthType, { report, options }: Reporter): void {
    const call = shownCall(site.call);
    const to = shownReceiver(receiver);
    const needed = credentialFor(receiver);
    const closed = options.closed === true && receiver.target === undefined;
    const at = authEntry(site.auth, "type")?.value.span ?? site.urlSpan;
    const unknown = receiver.kind === "unknown";
    const open = kinds[receiver.kind].optional === true;
    if (
        site.auth.kind === "map" &&
        site.auth.mayLack &&
        needed !== undefined &&
        !alwaysSendsCredential(site, receiver)
    ) {
        report("missing-auth/sometimes", site.urlSpan, call, to, needed, authRemedy(site, options, "write"));
    }
    if (receiver.kind === "google-api" && needed === undefined) {
        // The receiver does not read the token; an access token does no harm there.
        if (type === "OIDC") {
            report("wrong-auth-type/none-needed", at, call, to);
        }
    } else if (needed !== undefined && needed !== type) {
        const cause = type === "OAuth2" ? "wrong-auth-type/access-token" : "wrong-auth-type/id-token";
        report(cause, at, call, to, authRemedy(site, options, "write"));
    } else if (unknown && type === "OAuth2") {
        report(`token-leak/${hostCause(receiver)}`, at, receiver, call);
    } else if (needed === undefined && type === "OAuth2") {
        report(receiver.target === undefined ? "token-leak/external" : "token-leak/target", at, call, to);
    } else if (unknown) {
        const cause = hostCause(receiver);
        // Whoever deploys the workflow sets its environment, and so chooses this host.
        if (cause !== "environment" && cause !== "placeholder" && receiver.origin !== "env") {
            report(`id-token-elsewhere/${cause}`, at, receiver, call);
        }
    } else if (needed === undefined && receiver.target === undefined && !closed && !open && !isForIap(site)) {
        report("id-token-elsewhere/external", at, call, to);
    } else if (type === "OAuth2" && site.auth.kind === "map" && site.auth.fields.has("audience")) {
        report("invalid-auth/audience", authEntry(site.auth, "audience")?.key ?? at, call);
    }
    if (closed && unknown) {
        report(`undeclared-target/${hostCause(receiver)}`, site.urlSpan, receiver, call, type);
    } else if (closed && (needed === type || (needed === undefined && type === "OIDC"))) {
        report("undeclared-target/token", site.urlSpan, call, to, type);
    }
}
