import type { Credentials, Http } from "../credentials";
import type { Clock } from "./clock";
import type { Diagnosis } from "./smoke-report";

/** How one try of a probe ended. */
export interface Attempt {
    /** `retry`: it may be better later. What it says then stands if the deadline comes first. */
    outcome: "passed" | "failed" | "retry" | "not-tried";
    got: string;
    claims?: Record<string, unknown>;
    diff?: string[];
    diagnosis?: Diagnosis;
    /** A `retry` that the deadline ends is a failure, unless it says that nothing could be tried. */
    atDeadline?: "not-tried";
}

/** A probe, ready to be tried. */
export interface Trial {
    caller: string;
    target: string;
    token: string;
    expected: string;
    attempt(): Promise<Attempt>;
}

/** What the probes of one check share. */
export interface Context {
    project: string;
    http: Http;
    clock: Clock;
    /** Made when the first probe needs it; throws a `CredentialError` where there is none. */
    credentials(): Promise<Credentials>;
    /** When the check began, and when it gives up, by the clock. */
    startedAt: number;
    deadlineAt: number;
    signal?: AbortSignal;
    /** The oldest ID token for each account and audience, to show one that has ended when there is one. */
    oldTokens: Map<string, string>;
}

/** An answer is waited for until the deadline, but for at least this long, in seconds. */
const leastTimeout = 10;
const longestTimeout = 60;

/** How long one request may take. */
export function timeoutOf({ clock, deadlineAt }: Context): number {
    return Math.min(longestTimeout, Math.max(leastTimeout, Math.ceil((deadlineAt - clock.now()) / 1000)));
}

/** A probe that could not be tried, and why. */
export function notTried(code: string, cause: string, fix?: string): Attempt {
    return { outcome: "not-tried", got: "not tried", diagnosis: { code, cause, ...(fix !== undefined && { fix }) } };
}

/** Statuses that a fresh deployment answers until it has settled. */
export function mayPass(status: number): boolean {
    return status === 401 || status === 403 || status === 429 || status >= 500;
}
