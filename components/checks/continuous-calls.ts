import * as pulumi from "@pulumi/pulumi";
import { argumentError, inEachRegion } from "../base";
import type { GuardedService } from "./continuous-denials";
import { type CheckedRequest, continuousSource } from "./continuous-source";
import { checkAnswered, declaredDocument, declareDocument } from "./endpoints-check";
import { type Target, TargetKind } from "../target";
import { checkSentToken, targetVariables } from "../wiring";

/** A request that the target must let in. */
export interface RequestCheckArgs {
    /**
     * A service, a function or an application behind IAP. Its ingress may be internal. A multi-region service is checked in each
     * of its regions: in the first under the name of the request, and in the others under names such as `frontUsEast1`.
     */
    target: Target;
    /** The path that is requested with GET, such as `/healthz`. Your code answers it at each run. */
    path: string;
    /** The status that the answer must have. @default 200 */
    status?: number;
    /** What the JSON answer must contain. Objects may have more keys than you name. @default - any answer is fine */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    expect?: any;
    /**
     * The IAM members that may have `roles/run.invoker` on the service, beside those that the program granted something before
     * it made this check. So make the check last, and name here who gets a grant from elsewhere.
     * @default - nobody
     */
    callers?: pulumi.Input<string>[];
}

/** A workflow that must succeed. */
export interface WorkflowCheckArgs {
    /** The full name of the workflow, `projects/P/locations/L/workflows/W`: the `workflowId` of an `AuthenticatedWorkflow`. */
    workflow: pulumi.Input<string>;
    /** What the workflow is executed with at each run. @default - no argument */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: any;
    /** What the workflow must return. Objects may have more keys than you name. @default - any result is fine */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    expect?: any;
}

/** The calls of a continuous check, by the names that failures are reported under. */
export interface ContinuousCalls {
    requests?: { [name: string]: RequestCheckArgs };
    workflows?: { [name: string]: WorkflowCheckArgs };
}

/** The log that results are written to: `projects/P/logs/gcp-invoke-check`. */
export const CONTINUOUS_LOG = "gcp-invoke-check";

/** Names of targets and steps of the workflow that checks, which no call may have. */
const TAKEN = ["logging", "executions", "run", "project", "unknown", "init", "write", "verdict", "fail", "done"];

/**
 * The calls as they are made: a multi-region service is called in each of its regions. Each name becomes a part of the names of
 * steps, which must be unique, so calls that could not be reported are refused.
 * @throws ResourceError if there is no call, or a name cannot be used
 */
export function checkedCalls<T extends ContinuousCalls>(component: pulumi.Resource, args: T): T {
    const requests = Object.entries(args.requests ?? {}).flatMap(([key, request]) => requestsInRegions(key, request));
    const { workflows = {} } = args;
    const names = [...requests.map(([key]) => key), ...Object.keys(workflows)];
    if (names.length === 0) {
        throw argumentError(
            component,
            "requests",
            "are empty, and so are workflows, so that nothing would be checked; name one of them",
        );
    }
    for (const [index, key] of names.entries()) {
        const where = index < requests.length ? "requests" : "workflows";
        if (!/^[a-z][a-z0-9]*$/i.test(key)) {
            throw argumentError(component, where, `"${key}" is no name: use letters and digits, and a letter first`);
        }
        if (TAKEN.includes(key) || names.indexOf(key) !== index) {
            throw argumentError(component, where, `"${key}" is taken; give the check another name`);
        }
    }
    return { ...args, requests: Object.fromEntries(requests) };
}

/** A request, and the same one to each other region of its target. A domain is called beside all regions. */
function requestsInRegions(key: string, request: RequestCheckArgs): [key: string, request: RequestCheckArgs][] {
    const { target } = request;
    const [first, ...others] = inEachRegion(target);
    const beside = target.url === first.target.url ? others : [first, ...others];
    for (const { target: regional } of [first, ...others]) {
        declareDocument(regional, declaredDocument(target));
    }
    return [
        [key, request],
        ...beside.map(({ region = "", target: regional }): [string, RequestCheckArgs] => [
            `${key}${region.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`,
            { ...request, target: regional },
        ]),
    ];
}

/** The targets that the requests go to, by the names of the requests. */
export function requestTargets({ requests = {} }: ContinuousCalls): Record<string, Target> {
    return Object.fromEntries(Object.entries(requests).map(([key, { target }]) => [key, target]));
}

/**
 * The source of the workflow that makes all the calls.
 * @throws ResourceError if a request could not be made
 */
export function continuousAsset(
    component: pulumi.Resource,
    name: string,
    calls: ContinuousCalls,
    guarded: pulumi.Output<GuardedService[]>,
): pulumi.Output<pulumi.asset.StringAsset> {
    const requests = checkedRequests(component, calls);
    const { workflows = {} } = calls;
    const fullNames = Object.fromEntries(Object.entries(workflows).map(([key, { workflow }]) => [key, workflow]));
    const answered = Object.entries(calls.requests ?? {}).map(([key, request]) =>
        checkAnswered(component, `requests.${key}.path`, request),
    );
    return pulumi.all([fullNames, guarded, pulumi.all(answered)]).apply(([known, services]) => {
        const executed = Object.entries(workflows).map(([key, { argument, expect }]) => ({
            ...{ key, workflow: known[key] ?? "" },
            ...{ argument: argument as unknown, result: expect as unknown },
        }));
        return new pulumi.asset.StringAsset(continuousSource(name, CONTINUOUS_LOG, requests, executed, services));
    });
}

function checkedRequests(component: pulumi.Resource, calls: ContinuousCalls): CheckedRequest[] {
    const variables = targetVariables(component, "requests", requestTargets(calls));
    return Object.entries(calls.requests ?? {}).map(([key, { target, path, status = 200, expect }]) => {
        const urlVariable = variables.get(key)?.url;
        if (target.kind === TargetKind.Job) {
            const reason =
                "is a job, which no request should run only to see that it can; check what the job leaves behind";
            throw argumentError(component, `requests.${key}.target`, reason);
        }
        if (target.kind === TargetKind.GoogleApi || urlVariable === undefined) {
            throw argumentError(component, `requests.${key}.target`, "is a Google API, which needs no check");
        }
        checkSentToken(component, `requests.${key}.target`, target, "continuous check");
        if (!path.startsWith("/")) {
            throw argumentError(component, `requests.${key}.path`, `"${path}" does not begin with a slash`);
        }
        return { key, urlVariable, path, status, result: expect as unknown };
    });
}
