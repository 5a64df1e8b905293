import type { Credentials, Http } from "../credentials";
import type { Clock } from "./clock";
import type { AccessReport, Diagnosis } from "./smoke-report";
import type { GrantRef } from "./spec";
import { defined } from "../common";

/** How one try of a probe ended. */
export interface Attempt {
    /** `retry` means that a later try may pass. If the deadline comes first, the attempt counts as failed as it is. */
    outcome: "passed" | "warning" | "failed" | "retry" | "not-tried";
    /** What came, in a few words. */
    got: string;
    claims?: Record<string, unknown>;
    diff?: string[];
    diagnosis?: Diagnosis;
    /** Whether the receiver's own code made the failure, so that another try would reach it again. */
    byCode?: boolean;
    /** Who may call the target. */
    access?: AccessReport;
    /**
     * For how many seconds a `retry` is tried again, if waiting seldom helps.
     * @default - until the deadline
     */
    patienceSeconds?: number;
    /** How the probe ends if the deadline ends a `retry`. @default "failed" */
    atDeadline?: "passed" | "warning" | "failed" | "not-tried";
}

/** A probe that is ready to be tried, with the columns of its row in the report. */
export interface Trial {
    caller: string;
    target: string;
    token: string;
    expected: string;
    attempt(): Promise<Attempt>;
}

/** What a program grants. */
export interface DeclaredGrants {
    grants: readonly GrantRef[];
    /** How many grants are not deployed yet, so that nobody knows whom they name. */
    pending: number;
    /**
     * Whether the program may still make callers that it does not know yet. Their accounts tell what they call, if an earlier
     * update made them.
     * @default false
     */
    incomplete?: boolean;
    /** The IDs that the component had under other names. Its callers may name it so until they are updated. @default - none */
    formerly?: readonly string[];
}

/** What the probes of one check share. */
export interface Context {
    project: string;
    http: Http;
    clock: Clock;
    /** The check's own credentials, found when the first probe needs them. It throws a `CredentialError` if there are none. */
    credentials(): Promise<Credentials>;
    /** The grants that the program makes, and how many of them it does not know yet. @default - none */
    declared?: () => DeclaredGrants;
    /** When the check began and when it gives up, in milliseconds of the clock. */
    startedAt: number;
    deadlineAt: number;
    signal?: AbortSignal;
    /** Whether the receivers' code may be reached again after a failure of its own. */
    safeToRepeat: boolean;
    /** The oldest ID token of each account and audience: once it has expired, it serves the probe with an expired token. */
    oldTokens: Map<string, string>;
}

/** A request may take until the deadline, but at least and at most so many seconds. */
const shortestTimeout = 10;
const longestTimeout = 60;

/** How long one request may take, in seconds. */
export function timeoutOf({ clock, deadlineAt }: Context): number {
    return Math.min(longestTimeout, Math.max(shortestTimeout, Math.ceil((deadlineAt - clock.now()) / 1000)));
}

/** The attempt of a probe that could not be tried, with the reason. */
export function notTried(code: string, cause: string, fix?: string): Attempt {
    return { outcome: "not-tried", got: "not tried", diagnosis: { code, cause, ...defined({ fix }) } };
}

/** Whether a status may be gone at a later try, because a new deployment answers it until its grants have arrived. */
export function isTransient(status: number): boolean {
    return status === 401 || status === 403 || status === 429 || status >= 500;
}
