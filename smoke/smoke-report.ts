import type { Probe } from "./spec";

/** The evidence of a smoke check: plain JSON, for people and machines. Holds claims, never a token. */
export interface Report {
    version: 1;
    /** The spec's name, such as `fulfil`. */
    name: string;
    project: string;
    /** When the check began, ISO 8601, by the clock it was given. */
    startedAt: string;
    seconds: number;
    /** `failed` as soon as one probe failed; a probe that was not tried fails nothing and proves nothing. */
    verdict: "passed" | "failed";
    /** Where the check's own credential came from, in words. */
    identity: string;
    probes: ProbeReport[];
    /** The denials that no probe tried, each with the reason. */
    untried: UntriedDenial[];
}

/** A way to be refused that the check did not try at a receiver. */
export interface UntriedDenial {
    /** The receiver, by the name that the probes give it, else its host. */
    receiver: string;
    /** Such as `expired token`. */
    denial: string;
    why: string;
}

export type Verdict = "passed" | "failed" | "not-tried";

export interface ProbeReport {
    name: string;
    kind: Probe["kind"];
    /** Who called: an account, or `anonymous`. */
    caller: string;
    /** What was called: a host and path, a workflow, a resource. */
    target: string;
    /** The kind of credential that was shown, such as `ID token` or `none`. */
    token: string;
    expected: string;
    got: string;
    verdict: Verdict;
    attempts: number;
    seconds: number;
    /** What the ID token said, without its signature. */
    claims?: Record<string, unknown>;
    /** One line for each difference between what was expected and what came: `- expected`, `+ got`. */
    diff?: string[];
    diagnosis?: Diagnosis;
}

/** Why a probe failed or was not tried, and what to do. */
export interface Diagnosis {
    /** A stable word for the cause, such as `grant-missing`. */
    code: string;
    /** One sentence in the user's words. */
    cause: string;
    /** A command to paste or code to write. */
    fix?: string;
}

/** What the check tells while it works. */
export interface Progress {
    probe: string;
    /** `waiting` tells the next try is due in `retryInSeconds`. */
    state: "started" | "waiting" | "done";
    attempt: number;
    /** What came last, in words. */
    message?: string;
    retryInSeconds?: number;
    verdict?: Verdict;
}
