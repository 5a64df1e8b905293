import type { UntriedDenial } from "./probe-parts";
import type { GrantRef, Probe } from "./spec";

export type { UntriedDenial } from "./probe-parts";

/** The result of a smoke check: plain JSON, for people and programs. It holds claims of tokens, and never a token. */
export interface Report {
    /** The version of this format. */
    version: 1;
    /** The spec's name, such as `fulfil`. */
    name: string;
    /** The ID of the project. */
    project: string;
    /** When the check began, in ISO 8601, by the clock of the check. */
    startedAt: string;
    /** How long the check took. */
    seconds: number;
    /** `failed` if at least one probe failed. A probe that was not tried neither fails the check nor proves anything. */
    verdict: "passed" | "failed";
    /** Where the check's own credentials came from, in words. */
    identity: string;
    /** The result of each probe, in the order of the spec. */
    probes: ProbeReport[];
    /** The denials that no probe tried, each with the reason. */
    untried: UntriedDenial[];
}

/** How a probe ended. `warning` fails no check, and somebody should look. `not-tried` means that nothing is known. */
export type Verdict = "passed" | "warning" | "failed" | "not-tried";

/** The result of one probe. */
export interface ProbeReport {
    /** The name of the probe, such as `fulfil → orders, stock`. */
    name: string;
    /** The kind of the probe. */
    kind: Probe["kind"];
    /** Who called: an account, or `anonymous`. */
    caller: string;
    /** Where it was sent from, such as `outside` or `Cloud Scheduler`. A report of an earlier version may not say it. */
    from?: string;
    /** What was called: a host and path, a workflow, a resource. */
    target: string;
    /** The kind of credential that was shown, such as `ID token` or `none`. */
    token: string;
    /** What was expected, in a few words. */
    expected: string;
    /** What came, in a few words. */
    got: string;
    /** How the probe ended. */
    verdict: Verdict;
    /** How often it was tried. */
    attempts: number;
    /** How long it took, from the first try to the last. */
    seconds: number;
    /** The claims of the ID token, without its signature. */
    claims?: Record<string, unknown>;
    /** One line for each difference between what was expected and what came: `- expected`, `+ got`. */
    diff?: string[];
    /** The grants that must let the call in, or the one that was looked for. A probe that must be denied has none. */
    grants?: GrantRef[];
    /** Who may call the target, if the probe asked. */
    access?: AccessReport;
    /** The REST URL of the target, if the probe asked who may call it. */
    resource?: string;
    /** Why the probe did not pass. Absent if it did. */
    diagnosis?: Diagnosis;
}

/** Who may call a target. */
export interface AccessReport {
    /** `proven`: only declared callers may. `violated`: others may too. `unknown`: something could not be read. */
    verdict: "proven" | "violated" | "unknown";
    /** Every way to call it that was found. */
    ways: AccessWay[];
    /** What could not be read, why, and the role that would let it. */
    unread: { what: string; why: string; remedy?: string }[];
}

/** One way to call a target. */
export interface AccessWay {
    /** `caller` was declared; `agent` is an account of Google's own; nobody declared a `stranger`; `public` is everybody. */
    kind: "caller" | "agent" | "administrator" | "stranger" | "public";
    /** Who has it: an IAM member, or the key of an account. */
    member: string;
    /** From the member to the target, such as `user:ann@example.com → roles/run.invoker on orders`. */
    path: string;
    /** The command that ends it, if nobody declared it. */
    fix?: string;
    /** Why it is not certain that this way is open. */
    doubt?: string;
}

/** Why a probe failed or was not tried, and what to do. */
export interface Diagnosis {
    /** A stable word for the cause, such as `grant-missing`. */
    code: string;
    /** The cause in one sentence. */
    cause: string;
    /** A shell command or code that ends the cause. Absent if none is known. */
    fix?: string;
}

/** What happens to a probe while a check runs. */
export interface Progress {
    /** The name of the probe. */
    probe: string;
    /** `waiting` means that the next try comes in `retryInSeconds`. */
    state: "started" | "waiting" | "done";
    /** Which try it is, counted from 1. */
    attempt: number;
    /** What came last, in words. */
    message?: string;
    /** How many seconds remain until the next try. */
    retryInSeconds?: number;
    /** How the probe ended. */
    verdict?: Verdict;
}
