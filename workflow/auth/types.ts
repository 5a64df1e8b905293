import type { Severity, Span } from "../syntax";

/** What kind of receiver a target is: decides the credential a call must carry. */
export type TargetKind =
    | "run"
    | "function"
    | "iap"
    | "api-gateway"
    | "endpoints"
    | "app-engine"
    | "google-api"
    | "external";

/** A receiver that the user declared. What is not known yet (a URL at preview) is absent. */
export interface DeclaredTarget {
    /** The key in `targets`, such as `orders` or `stock-api`. */
    name: string;
    /** Decides which credential its calls carry. */
    kind: TargetKind;
    /** `https://orders-….run.app`, `https://bigquery.googleapis.com`. Absent while it is not known. @default - it is not known */
    url?: string;
    /** What the ID token is for, if it is not the URL's origin. @default - the origin of the URL */
    audience?: string;
    /** For Google APIs: the narrowest scopes. @default - `cloud-platform`, or what the API accepts in its place */
    scopes?: string[];
    /** The environment variable that holds the URL, such as `ORDERS_URL`. @default - none does */
    urlVariable?: string;
    /** The environment variable that holds the audience, if there is one. @default - none does */
    audienceVariable?: string;
    /**
     * The service of Service Directory by which calls reach the target in a network: its full name, and the environment variable that
     * holds it. @default - calls go to the host of the URL
     */
    privateService?: { name?: string; variable?: string };
    /** For external APIs: the header that carries the secret, and the secret version's resource name. @default - there is no secret */
    secret?: { header: string; prefix?: string; version?: string; versionVariable?: string };
}

/** What the audit and the injector know beside the source. Everything may be left out. */
export interface AuditOptions {
    /** The receivers that the user declared. @default - none: only their hosts identify receivers */
    targets?: DeclaredTarget[];
    /** The values of `sys.get_env` that are known. @default - none is known */
    env?: Record<string, string>;
    /** Overrides of the rules' severities. @default - each rule has its own */
    rules?: Record<string, Severity | "off">;
    /** Every call that needs a credential must go to a declared target (as `AuthenticatedWorkflow` wants it). @default - false */
    closed?: boolean;
    /**
     * The universe that the workflow runs in: what its APIs' hosts end with, such as `s3nsapis.fr`. Its tokens go to no
     * other. Default: `googleapis.com`.
     */
    universeDomain?: string;
}

/** One thing that the audit found, with its place, its reason and what to change. */
export interface Finding {
    /** The rule that found it, such as `missing-auth`: see `auditRules`. */
    rule: string;
    /** What brought it about: the rule and a word, such as `double-auth/run`. Each has its own advice. */
    cause: string;
    /** The severity: the rule's own, unless the finding or the user says otherwise. */
    severity: Severity;
    /** Where it is in the source. */
    span: Span;
    /** The step's name, if the finding is about a step. */
    step?: string;
    /** What is wrong, in the user's words, with the value found. */
    what: string;
    /** Why it matters. */
    why: string;
    /** What to change. */
    fix: string;
}

/** What the audit of one workflow found. */
export interface AuditResult {
    /** What was found, in the order of the source. */
    findings: Finding[];
    /** Names of the declared targets that no call uses. */
    unusedTargets: string[];
    /** HTTP calls seen, for the summary. */
    calls: number;
}

/** What {@link injectAuth} did. */
export interface InjectResult {
    /** The source with the `auth` sections added; the same string if there was nothing to add. */
    source: string;
    /** One entry for each call that was changed. */
    changes: { step: string; line: number; description: string }[];
    /** The calls that need a credential, or another one, and are left to their author: why, and what to do. */
    left: { step: string; line: number; cause: string; why: string; fix: string }[];
    /** The findings that are left after the injection. */
    audit: AuditResult;
}
