import type { Credentials, Http } from "../credentials";
import type { Clock } from "./clock";
import type { Diagnosis } from "./report";

/** How one try of a probe ended. */
export interface Attempt {
    /** `retry`: it may be better later. What it says then stands if the deadline comes first. */
    outcome: "passed" | "failed" | "retry" | "not-tried";
    got: string;
    claims?: Record<string, unknown>;
    diff?: string[];
    diagnosis?: Diagnosis;
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
}

/** Statuses that a fresh deployment answers until it has settled. */
export function mayPass(status: number): boolean {
    return status === 401 || status === 403 || status === 429 || status >= 500;
}
