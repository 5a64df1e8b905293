import {
    createCredentials,
    createHttp,
    redact,
    redactJson,
    type CredentialOptions,
    type Credentials,
    type Http,
} from "../credentials";
import { declaredGrants } from "./callers";
import type { Attempt, Context, DeclaredGrants, Trial } from "./attempt";
import { attemptOnce } from "./attempt-once";
import { realClock, type Clock } from "./clock";
import { untriedDenials } from "./denials";
import {
    accountTrial,
    callersTrial,
    gatewayTrial,
    jobTrial,
    messageTrial,
    originOf,
    policyTrial,
    providerTrial,
    requestTrial,
    scheduleTrial,
    senderTokenTrial,
    taskTrial,
    workflowTrial,
} from "./probes";
import type { ProbeReport, Progress, Report } from "./smoke-report";
import type { Probe, SmokeSpec } from "./spec";
import { probeKinds } from "./specs";
import { SpecError } from "./errors";
import { defined, Semaphore } from "../common";

/** Options of {@link runSmokeCheck}. */
export interface SmokeOptions {
    /** Where the check's own credentials come from. See `createCredentials`. @default - the environment */
    credentials?: CredentialOptions;
    /** How requests are sent. @default - through the proxy that the environment names */
    http?: Http;
    /** After how many seconds the check gives up. @default - the deadline of the spec, or else 600 */
    deadlineSeconds?: number;
    /** How many tries are made at the same time. A probe that waits for its next try does not count. @default 8 */
    concurrency?: number;
    /** The time that the check goes by. @default - real time */
    clock?: Clock;
    /** Is called whenever a probe starts, waits or ends. @default - nothing is called */
    onProgress?: (progress: Progress) => void;
    /**
     * ID tokens of earlier checks in this process, for the probe with an expired token. This check adds its own tokens.
     * @default - none
     */
    oldTokens?: Map<string, string>;
    /** The grants that the whole program makes: their members are declared callers. @default - those of the spec */
    declared?: () => DeclaredGrants;
    /** Ends the check, which then rejects with the signal's reason. @default - nothing ends it early */
    signal?: AbortSignal;
}

/**
 * A grant takes about 2 minutes to reach all of Google Cloud, and sometimes 7 or more.
 * https://cloud.google.com/iam/docs/access-change-propagation
 */
const defaultDeadlineSeconds = 600;

/** The pauses between two tries, in milliseconds. Each is twice as long as the one before, up to the longest. */
const firstPause = 1000;
const longestPause = 15_000;

/**
 * Tries every probe until it has passed, has failed for good, or the deadline has come. What is wrong with the deployment is in
 * the report.
 * @throws SpecError if the spec itself cannot be run: a probe is of an unknown kind, or would send a token where it must not
 * @example
 * const report = await runSmokeCheck(spec, { deadlineSeconds: 120 });
 * console.log(formatReport(report));
 */
export async function runSmokeCheck(spec: SmokeSpec, options: SmokeOptions = {}): Promise<Report> {
    const clock = options.clock ?? realClock;
    const http = options.http ?? createHttp();
    const startedAt = clock.now();
    const seconds = options.deadlineSeconds ?? spec.deadlineSeconds ?? defaultDeadlineSeconds;
    let credentials: Promise<Credentials> | undefined;
    const context: Context = {
        project: spec.project,
        http,
        clock,
        credentials: () =>
            (credentials ??= createCredentials({ http, now: () => clock.now(), ...options.credentials })),
        declared: options.declared ?? (() => ({ grants: declaredGrants([spec]), pending: 0 })),
        startedAt,
        safeToRepeat: spec.safeToRepeat === true,
        deadlineAt: startedAt + seconds * 1000,
        oldTokens: options.oldTokens ?? new Map<string, string>(),
        ...defined({ signal: options.signal }),
    };
    const trials = spec.probes.map((probe) => [probe, trialOf(probe, context)] as const);
    const semaphore = new Semaphore(options.concurrency ?? 8);
    let probes: ProbeReport[];
    try {
        probes = await Promise.all(
            trials.map(([probe, trial]) => runProbe(probe, trial, context, semaphore, options.onProgress)),
        );
    } finally {
        if (options.http === undefined) {
            await http.close();
        }
    }
    return redactJson<Report>({
        version: 1,
        name: spec.name,
        project: spec.project,
        startedAt: new Date(startedAt).toISOString(),
        seconds: (clock.now() - startedAt) / 1000,
        verdict: probes.some(({ verdict }) => verdict === "failed") ? "failed" : "passed",
        identity: await describeIdentity(credentials),
        probes,
        untried: [...untriedDenials(spec.probes), ...(spec.untried ?? [])],
    });
}

function trialOf(probe: Probe, context: Context): Trial {
    switch (probe.kind) {
        case "workflow":
            return workflowTrial(probe, context);
        case "request":
            return requestTrial(probe, context);
        case "policy":
            return policyTrial(probe, context);
        case "callers":
            return callersTrial(probe, context);
        case "account":
            return accountTrial(probe, context);
        case "sender":
            return senderTokenTrial(probe, context);
        case "provider":
            return providerTrial(probe, context);
        case "endpoints":
        case "gateway":
            return gatewayTrial(probe, context);
        case "schedule":
            return scheduleTrial(probe, context);
        case "job":
            return jobTrial(probe, context);
        case "task":
            return taskTrial(probe, context);
        case "message":
            return messageTrial(probe, context);
        default:
            // A spec from a file or an older state can hold anything.
            throw new SpecError(`unknown kind of probe ${JSON.stringify((probe as { kind?: unknown }).kind)}`, {
                fix: `known are ${probeKinds.join(", ")}`,
            });
    }
}

async function runProbe(
    probe: Probe,
    trial: Trial,
    context: Context,
    semaphore: Semaphore,
    onProgress: (progress: Progress) => void = () => undefined,
): Promise<ProbeReport> {
    // A message from outside may hold a token, and nothing checks it again before progress is printed.
    const report = ({ message, ...progress }: Omit<Progress, "probe">) =>
        onProgress({ probe: probe.name, ...progress, ...(message !== undefined && { message: redact(message) }) });
    let began: number | undefined;
    let hopelessSince: number | undefined;
    const { caller, target, token, expected } = trial;
    const tryOnce = (attempt: number): Promise<Attempt> =>
        semaphore.run(() => {
            context.signal?.throwIfAborted();
            began ??= context.clock.now();
            report({ state: "started", attempt });
            return attemptOnce(probe, trial, context);
        });
    for (let attempt = 1, pause = firstPause; ; attempt += 1, pause = Math.min(pause * 2, longestPause)) {
        const startedAt = context.clock.now();
        const result = await tryOnce(attempt);
        const now = context.clock.now();
        hopelessSince = result.patienceSeconds === undefined ? undefined : (hopelessSince ?? startedAt);
        const patienceEnds = (hopelessSince ?? Infinity) + (result.patienceSeconds ?? 0) * 1000;
        const left = Math.min(context.deadlineAt, patienceEnds) - now;
        if (mayPassLater(result, context) && left > 0) {
            const wait = Math.min(pause, left);
            const message = result.diagnosis?.cause ?? result.got;
            report({ state: "waiting", attempt, message, retryInSeconds: wait / 1000 });
            await context.clock.sleep(wait, context.signal);
            continue;
        }
        const verdict = result.outcome === "retry" ? (result.atDeadline ?? "failed") : result.outcome;
        report({ state: "done", attempt, verdict, message: result.got });
        const { got, claims, diff, access, diagnosis } = result;
        return {
            ...{
                name: probe.name,
                kind: probe.kind,
                caller,
                from: originOf(probe),
                target,
                token,
                expected,
                got,
                verdict,
            },
            attempts: attempt,
            seconds: (now - (began ?? now)) / 1000,
            ...defined({ claims, diff, access, ...subjectOf(probe) }),
            ...(diagnosis && verdict !== "passed" && { diagnosis: withDeadline(result, diagnosis, context) }),
        };
    }
}

/** What a probe is about: the grants that its call needs, or the target whose callers it asks for. */
function subjectOf(probe: Probe): Pick<ProbeReport, "grants" | "resource"> {
    if (probe.kind === "callers") {
        return { resource: probe.target };
    }
    const grants = probe.kind === "policy" ? [probe.grant] : "grants" in probe ? probe.grants : undefined;
    const isDenied = probe.kind === "request" && probe.outcome === "denied";
    return grants === undefined || isDenied ? {} : { grants };
}

/** Whether another try may pass, and does no harm. */
function mayPassLater({ outcome, byCode }: Attempt, { safeToRepeat }: Context): boolean {
    return outcome === "retry" || (outcome === "failed" && byCode === true && safeToRepeat);
}

/** Adds to the cause that the deadline ended the tries, if it did. */
function withDeadline(result: Attempt, diagnosis: ProbeReport["diagnosis"] & object, context: Context) {
    if (result.outcome !== "retry") {
        return diagnosis;
    }
    if (result.patienceSeconds !== undefined && context.clock.now() < context.deadlineAt) {
        return diagnosis;
    }
    const seconds = Math.round((context.deadlineAt - context.startedAt) / 1000);
    return { ...diagnosis, cause: `${diagnosis.cause} (gave up at the deadline of ${seconds} s)` };
}

async function describeIdentity(credentials: Promise<Credentials> | undefined): Promise<string> {
    if (credentials === undefined) {
        return "none needed";
    }
    return credentials.then(
        ({ source }) => source.description,
        () => "none found",
    );
}
