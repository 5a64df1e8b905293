import type { Severity, Span } from "../syntax/ast";
import type { CallSite } from "./call-site";
import { authEntry } from "./call-site";
import { needsNoCredential } from "./hosts";
import type { Receiver } from "./receiver";
import { rules, type RuleId } from "./rules";

export interface Reporter {
    /** Undeclared receivers are errors. */
    closed: boolean;
    report(rule: RuleId, span: Span, what: string, fix: string, severity?: Severity): void;
}

/** What a kind of receiver is called, and the credential that it checks. */
const wanted: Record<Receiver["kind"], { name: string; type?: "OIDC" | "OAuth2" }> = {
    run: { name: "Cloud Run", type: "OIDC" },
    function: { name: "a function", type: "OIDC" },
    iap: { name: "a backend behind IAP", type: "OIDC" },
    "google-api": { name: "a Google API", type: "OAuth2" },
    external: { name: "an external host" },
    unknown: { name: "a host that cannot be told" },
};

/** The credential that this receiver checks; `undefined` where that is not Google's to say. */
export function credentialFor(receiver: Receiver): "OIDC" | "OAuth2" | undefined {
    return needsNoCredential(receiver.shown) ? undefined : wanted[receiver.kind].type;
}

/** What the call sends to whom. */
export function checkCredential(site: CallSite, reporter: Reporter): void {
    const step = site.call.step.name.text;
    const type = typeOf(site, reporter);
    for (const receiver of site.receivers) {
        const to = shownReceiver(receiver);
        if (receiver.scheme === "http") {
            const bare = site.auth.kind === "none" && site.header === "absent";
            reporter.report(
                "insecure-scheme",
                site.urlSpan,
                `call "${step}" goes to ${to} without TLS`,
                "write https:",
                bare ? rules["insecure-scheme"].severity : "error",
            );
        }
        if (type === undefined) {
            continue;
        }
        if (type === "none") {
            checkBare(site, receiver, reporter);
        } else {
            checkToken(site, receiver, type, reporter);
        }
    }
    if (site.auth.kind !== "none" && site.header === "authorization") {
        reporter.report(
            "double-auth",
            site.auth.span,
            `call "${step}" has auth and an Authorization header`,
            "keep one: auth for Google's receivers, the header for others",
        );
    }
}

/** What `auth` asks for; `undefined` where that is wrong in itself or cannot be told. */
function typeOf(site: CallSite, reporter: Reporter): "OIDC" | "OAuth2" | "none" | undefined {
    const { auth } = site;
    const call = `call "${site.call.step.name.text}"`;
    switch (auth.kind) {
        case "none":
            return "none";
        case "null":
            reporter.report(
                "invalid-auth",
                auth.span,
                `${call} has auth: null`,
                "remove auth, or say type: OIDC or OAuth2",
            );
            return undefined;
        case "malformed":
            reporter.report(
                "invalid-auth",
                auth.span,
                `${call} has an auth that is no map`,
                "write auth: {type: OIDC} or {type: OAuth2}",
            );
            return undefined;
        case "unresolved":
            reporter.report(
                "invalid-auth",
                auth.span,
                `${call} has an auth that cannot be resolved`,
                "write auth as a map with a literal type",
                "warning",
            );
            return undefined;
        case "map":
            break;
    }
    if (auth.type === "OIDC" || auth.type === "OAuth2") {
        if (auth.fields.has("scope") && auth.fields.has("scopes")) {
            const at = authEntry(auth, "scope")?.key ?? auth.span;
            reporter.report("invalid-auth", at, `${call} has scope and scopes`, "keep scopes");
        }
        return auth.type;
    }
    const at = authEntry(auth, "type")?.value.span ?? auth.span;
    if (auth.typeKnown) {
        const found = auth.type === undefined ? "no auth type" : `auth type "${auth.type}"`;
        const guess = auth.type?.toLowerCase() === "oauth2" ? "OAuth2" : "OIDC";
        const fix = auth.type === undefined ? "write type: OIDC or type: OAuth2" : `write type: ${guess}`;
        reporter.report("invalid-auth", at, `${call} has ${found}; the types are OIDC and OAuth2`, fix);
    } else {
        reporter.report(
            "invalid-auth",
            at,
            `${call} has an auth type that cannot be resolved`,
            "write a literal type: OIDC or OAuth2",
            "warning",
        );
    }
    return undefined;
}

function checkBare(site: CallSite, receiver: Receiver, reporter: Reporter): void {
    const step = site.call.step.name.text;
    const needed = credentialFor(receiver);
    const to = shownReceiver(receiver);
    if (needed !== undefined && site.header === "authorization") {
        const at = site.entries.find((e) => e.key === "headers")?.value.span ?? site.urlSpan;
        const what = `call "${step}" writes the Authorization header for ${to} by hand`;
        reporter.report("manual-bearer", at, what, `use auth: {type: ${needed}} instead`);
        return;
    }
    const secret = receiver.target?.secret;
    if (secret !== undefined && site.sends(secret.header) === false) {
        reporter.report(
            "missing-auth",
            site.urlSpan,
            `call "${step}" sends no ${secret.header} header to ${to}, which needs a secret in it`,
            `read the secret and send it in the header ${secret.header}`,
        );
    }
    if (site.header === "authorization" || site.header === "key") {
        return;
    }
    if (reporter.closed && needed !== undefined && receiver.target === undefined) {
        reporter.report(
            "undeclared-target",
            site.urlSpan,
            `call "${step}" sends no credential to ${to}, which needs ${tokenName(needed)} and is not in targets`,
            `add the receiver to targets, or auth: {type: ${needed}}`,
        );
    } else if (needed !== undefined) {
        reporter.report(
            "missing-auth",
            site.urlSpan,
            `call "${step}" sends no credential to ${to}, which needs ${tokenName(needed)}`,
            `add auth: {type: ${needed}}${needed === "OIDC" && receiver.audience !== undefined ? ` with audience ${receiver.audience}` : ""}`,
            site.header === "unknown" ? "warning" : rules["missing-auth"].severity,
        );
    } else if (receiver.kind === "unknown") {
        reporter.report(
            "unknown-host",
            site.urlSpan,
            `call "${step}" sends no credential to ${to}${from(receiver)}`,
            "begin the URL with a literal host or a declared target's variable, followed by /",
        );
    }
}

function checkToken(site: CallSite, receiver: Receiver, type: "OIDC" | "OAuth2", reporter: Reporter): void {
    const step = site.call.step.name.text;
    const needed = wanted[receiver.kind].type;
    const to = shownReceiver(receiver);
    const at = authEntry(site.auth, "type")?.value.span ?? site.urlSpan;
    if (needed !== undefined && needed !== type) {
        reporter.report(
            "wrong-auth-type",
            at,
            `call "${step}" sends ${tokenName(type)} to ${to}, which needs ${tokenName(needed)}`,
            `write type: ${needed}`,
        );
    } else if (type === "OAuth2" && needed === undefined) {
        const trusted = receiver.kind === "unknown" && (receiver.origin === "data" || receiver.origin === "env");
        reporter.report(
            "token-leak",
            at,
            `call "${step}" sends an access token to ${to}${from(receiver)}`,
            "write the host out so that it ends in .googleapis.com, or do without auth",
            trusted ? "warning" : rules["token-leak"].severity,
        );
    } else if (type === "OIDC" && needed === undefined && receiver.target === undefined && receiver.origin !== "env") {
        reporter.report(
            "id-token-elsewhere",
            at,
            `call "${step}" sends an ID token to ${to}${from(receiver)}`,
            "declare the receiver as a target, or do without auth",
        );
    } else if (type === "OAuth2" && site.auth.kind === "map" && site.auth.fields.has("audience")) {
        reporter.report(
            "invalid-auth",
            authEntry(site.auth, "audience")?.key ?? at,
            `call "${step}" has an audience with type OAuth2; access tokens have scopes`,
            "remove audience",
        );
    }
    if (reporter.closed && receiver.target === undefined && needed === type) {
        reporter.report(
            "undeclared-target",
            site.urlSpan,
            `call "${step}" sends ${tokenName(type)} to ${to}, which is not in targets`,
            "add the receiver to targets",
        );
    } else if (reporter.closed && receiver.target === undefined && receiver.kind === "unknown") {
        reporter.report(
            "undeclared-target",
            site.urlSpan,
            `call "${step}" sends ${tokenName(type)} to ${to}${from(receiver)}: nothing in targets`,
            "begin the URL with a declared target's variable",
        );
    }
}

function tokenName(type: "OIDC" | "OAuth2"): string {
    return type === "OIDC" ? "an ID token" : "an access token";
}

/** The receiver in the user's words. */
function shownReceiver(receiver: Receiver): string {
    if (receiver.target !== undefined) {
        return `target ${receiver.target.name}`;
    }
    const { name } = wanted[receiver.kind];
    return receiver.kind === "unknown"
        ? `${name} (${receiver.shown})`
        : `${receiver.scheme ?? "https"}://${receiver.host ?? "*"} (${name})`;
}

function from(receiver: Receiver): string {
    const by: Record<Receiver["origin"], string> = {
        caller: "whoever executes the workflow chooses it",
        data: "it comes from data",
        env: "it comes from the environment",
        unknown: "it cannot be resolved",
    };
    return receiver.kind === "unknown"
        ? `: ${by[receiver.origin]}${receiver.from === undefined ? "" : `, ${receiver.from}`}`
        : "";
}
