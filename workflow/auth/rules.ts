import type { Severity } from "../syntax";

/** A rule of the audit, as `auditRules` lists them. */
export interface Rule {
    /** The severity unless a finding or the user says otherwise. */
    severity: Severity;
    /** What the rule finds, in a line. */
    title: string;
    /** Why it matters. */
    why: string;
}

/** Every rule of the audit, by its stable identifier. */
export const rules = {
    "missing-auth": {
        severity: "error",
        title: "a call to Cloud Run, functions, a Google API or a declared target without a credential",
        why: "requests carry no identity unless the step asks for one: the receiver answers 401 or 403",
    },
    "undeclared-target": {
        severity: "error",
        title: "a call that needs a credential and goes to nothing declared in targets",
        why: "grants follow the declared targets: without one the workflow's account may not call this receiver",
    },
    "wrong-auth-type": {
        severity: "error",
        title: "an access token to Cloud Run, functions or IAP, or an ID token to a Google API",
        why: "Cloud Run, functions and IAP check ID tokens (OIDC), Google APIs check access tokens (OAuth2)",
    },
    "token-leak": {
        severity: "error",
        title: "an access token to a host that is not provably under .googleapis.com, or a token in a header to an unknown receiver",
        why: "whoever receives an access token can act as its account until it expires",
    },
    "id-token-elsewhere": {
        severity: "warning",
        title: "an ID token to a host that is neither Google's nor declared",
        why: "an ID token names the workflow's account and opens whatever accepts its audience",
    },
    "other-universe": {
        severity: "error",
        title: "a call to a host of another universe than the workflow's; a warning if it has no auth",
        why: "each Google Cloud has accounts and tokens of its own: another one refuses them, and must not get them",
    },
    "insecure-scheme": {
        severity: "warning",
        title: "http: instead of https:; an error if the call has a credential",
        why: "the request can be read and changed on its way; Workflows sends tokens to HTTPS endpoints only",
    },
    "private-service": {
        severity: "error",
        title: "a call to a target in a private network that does not name the target's service of Service Directory",
        why: "Service Directory decides where such a request goes: without the right name it leaves by the public network, or reaches somebody else",
    },
    "audience-path": {
        severity: "warning",
        title: "an audience with a path or query, or none for a URL that has one",
        why: "the audience is the URL by default, and receivers expect their root URL (functions: up to the name)",
    },
    "audience-mismatch": {
        severity: "error",
        title: "an audience of another service than the URL's",
        why: "a receiver refuses tokens that were made for another",
    },
    "unknown-host": {
        severity: "warning",
        title: "a host that cannot be resolved, and no credential",
        why: "nothing tells whether this call needs a credential",
    },
    "manual-bearer": {
        severity: "info",
        title: "a token in a header written by hand to a Google host",
        why: "auth lets Workflows mint and renew the token of its own account, and keeps it out of variables and logs",
    },
    "double-auth": {
        severity: "error",
        title: "two credentials in one call: auth and a header, or two headers",
        why: "a receiver checks one of them, and hands the other on or drops it",
    },
    "invalid-auth": {
        severity: "error",
        title: "an auth section that Workflows does not accept",
        why: "the call fails before it is sent, or the deploy is refused",
    },
    "missing-scope": {
        severity: "error",
        title: "an access token without a scope that opens what is called",
        why: "some APIs take scopes of their own only: with cloud-platform, which is the default, they answer 403",
    },
    "unknown-scope": {
        severity: "error",
        title: "a scope that does not exist",
        why: "no token is made for it: the call fails before it is sent",
    },
    "broad-scope": {
        severity: "info",
        title: "the cloud-platform scope if the API has a narrower one",
        why: "a token with a narrow scope does less harm in the wrong hands",
    },
    "credential-literal": {
        severity: "error",
        title: "a key or token in the source",
        why: "everyone who may read the workflow can use it, and revisions keep it",
    },
    "public-invoker": {
        severity: "warning",
        title: "a step that lets everyone invoke something",
        why: "allUsers and allAuthenticatedUsers are everyone on the internet",
    },
    placeholder: {
        severity: "info",
        title: "text for another templating tool",
        why: "it is audited as it is, and not as it will be deployed",
    },
    "ignore-without-reason": {
        severity: "warning",
        title: "a gcp-invoke-ignore comment without a known rule or a reason",
        why: "whoever reads it later must be able to tell whether it still holds",
    },
} as const satisfies Record<string, Rule>;

/** The identifier of a rule, such as `missing-auth`. It stays the same from version to version. */
export type RuleId = keyof typeof rules;

/** Whether there is a rule of that identifier. */
export function isRule(id: string): id is RuleId {
    return Object.hasOwn(rules, id);
}
