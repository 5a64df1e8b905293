import type * as monitoring from "@pulumi/gcp/monitoring";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule } from "./authenticated-schedule";
import { AuthenticatedWorkflow } from "./authenticated-workflow";
import { continuousAlerts, continuousSource, type SmokeCheckOptions } from "./checks";
import { argumentError } from "./base";
import { googleApi } from "./google-api";
import { type Target, TargetKind } from "./target";
import { targetVariables } from "./wiring";

/** A request that must be let in. */
export interface RequestCheckArgs {
    /** A service, a function or an application behind IAP: with internal ingress too. */
    target: Target;
    /** Requested with GET, such as `/healthz`; the user's code is reached each time. */
    path: string;
    /** @default 200 */
    status?: number;
    /** What the JSON answer must hold, as a deep subset. @default - anything */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    expect?: any;
}

/** A workflow that must succeed. */
export interface WorkflowCheckArgs {
    /** `projects/P/locations/L/workflows/W`: an `AuthenticatedWorkflow`'s `workflowId`. */
    workflow: pulumi.Input<string>;
    /** What it is executed with, each time. @default - nothing */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: any;
    /** What it must return, as a deep subset. @default - anything */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    expect?: any;
}

/** Arguments of {@link ContinuousCheck}. */
export interface ContinuousCheckArgs {
    /** The region of the workflow and the schedule that check, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** When, in the format of cron and in UTC, at least twice in 47 hours. @default - every 15 minutes */
    schedule?: pulumi.Input<string>;
    /**
     * After how long without a result the alert is raised that nothing is checked any more, in seconds, 120 to 84600. The
     * first result must have come: `smokeCheck: { run: true }` makes it.
     * @default - twice the longest time between two runs, and ten minutes
     */
    silence?: pulumi.Input<number>;
    /** Requests, by the name that a failure is reported under. */
    requests?: { [name: string]: RequestCheckArgs };
    /** Workflows, by the name that a failure is reported under. */
    workflows?: { [name: string]: WorkflowCheckArgs };
    /** Whom Cloud Monitoring tells of a failure: `projects/P/notificationChannels/N`. @default - the alert is shown only */
    notificationChannels?: pulumi.Input<string>[];
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** Whether the APIs that it needs are enabled in the project, and stay so when it is gone. @default false */
    enableApis?: boolean;
    /** @default - reads the policies of what was granted */
    smokeCheck?: ContinuousSmokeCheckArgs;
}

/** The smoke check of a continuous check. Unless told to, it does not make the calls. */
export interface ContinuousSmokeCheckArgs extends SmokeCheckOptions {
    /** Whether all of it is run at once, and holds the update until it is green; retries run it again. @default false */
    run?: boolean;
}

/** The log that results are written to: `projects/P/logs/gcp-invoke-check`. */
const log = "gcp-invoke-check";

/**
 * Checks again and again that callers get in, on Google's own engine: Cloud Scheduler executes a workflow, which makes
 * the calls with an identity of its own, and writes the result to Cloud Logging. An alert is raised where one failed, and
 * another where no result comes any more.
 * @example
 * new ContinuousCheck("pulse", {
 *     location: "europe-west1",
 *     requests: { front: { target: front, path: "/hello", expect: { greeting: "hello" } } },
 *     workflows: { fulfil: { workflow: fulfil.workflowId, argument: { order: 7 }, expect: { status: "reserved" } } },
 *     notificationChannels: [onCall.name],
 * });
 */
export class ContinuousCheck extends pulumi.ComponentResource {
    /** The workflow that checks: `projects/P/locations/L/workflows/W`. */
    readonly workflowId: pulumi.Output<string>;
    /** A line to paste that checks now. */
    readonly invokeCommand: pulumi.Output<string>;
    /** Raised when a check failed. */
    readonly alert: monitoring.AlertPolicy;
    /** Raised when no result comes any more: the schedule is paused, or may not execute the workflow. */
    readonly silenceAlert: monitoring.AlertPolicy;
    /** The account that it calls as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** A filter for the Logs Explorer that shows the results. */
    readonly logFilter: pulumi.Output<string>;

    constructor(name: string, args: ContinuousCheckArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:ContinuousCheck", name, {}, opts);
        const { location, requests = {}, workflows = {} } = args;
        const { run, ...smokeCheck } = args.smokeCheck ?? {};
        const cron = args.schedule ?? "*/15 * * * *";
        checkNames(this, requests, workflows);
        const shared = { location, ...(args.project && { project: args.project }), ...apis(args) };
        const targets = Object.fromEntries(Object.entries(requests).map(([key, { target }]) => [key, target]));
        const workflow = new AuthenticatedWorkflow(
            name,
            {
                ...shared,
                description: "checks that callers get in",
                source: sourceOf(this, name, args),
                targets: { ...targets, ...googleApis(Object.keys(workflows).length > 0) },
                smokeCheck: { ...smokeCheck, ...(run === true && { argument: {} }) },
            },
            { parent: this },
        );
        const schedule = new AuthenticatedSchedule(
            `${name}-schedule`,
            {
                ...shared,
                schedule: cron,
                target: executing(),
                path: pulumi.interpolate`/v1/${workflow.workflowId}/executions`,
                body: "{}",
                smokeCheck,
            },
            { parent: this },
        );
        this.logFilter = pulumi.interpolate`logName="projects/${workflow.workflow.project}/logs/${log}" AND jsonPayload.check="${name}"`;
        const alerts = continuousAlerts(this, name, {
            filter: this.logFilter,
            schedule: cron,
            silence: args.silence,
            after: [workflow, schedule],
            shared: {
                ...(args.project && { project: args.project }),
                ...(args.notificationChannels && { notificationChannels: args.notificationChannels }),
            },
        });
        this.alert = alerts.failure;
        this.silenceAlert = alerts.silence;
        this.workflowId = workflow.workflowId;
        this.invokeCommand = schedule.invokeCommand;
        this.serviceAccountEmail = workflow.serviceAccountEmail;
        this.registerOutputs({
            workflowId: this.workflowId,
            invokeCommand: this.invokeCommand,
            serviceAccountEmail: this.serviceAccountEmail,
            logFilter: this.logFilter,
        });
    }
}

const apis = ({ enableApis }: ContinuousCheckArgs) => (enableApis === undefined ? {} : { enableApis });

const executing = (): Target =>
    googleApi("workflowexecutions.googleapis.com", { grants: [{ role: "roles/workflows.invoker" }] });

function googleApis(executes: boolean): Record<string, Target> {
    const logging = googleApi("logging.googleapis.com", {
        grants: [{ role: "roles/logging.logWriter" }],
        scopes: ["https://www.googleapis.com/auth/logging.write"],
    });
    return { logging, ...(executes && { executions: executing() }) };
}

/** A name is a part of a step's name, which nothing else may have. */
function checkNames(component: pulumi.Resource, requests: object, workflows: object): void {
    const names = [...Object.keys(requests), ...Object.keys(workflows)];
    if (names.length === 0) {
        throw argumentError(component, "requests", "are none, and neither are workflows: nothing is checked");
    }
    const taken = ["logging", "executions", "init", "write", "verdict", "fail", "done"];
    for (const [index, key] of names.entries()) {
        const where = key in requests ? "requests" : "workflows";
        if (!/^[a-z][a-z0-9]*$/i.test(key)) {
            throw argumentError(component, where, `"${key}" is no name: use letters and digits, and a letter first`);
        }
        if (taken.includes(key) || names.indexOf(key) !== index) {
            throw argumentError(component, where, `"${key}" is taken; give the check another name`);
        }
    }
}

function sourceOf(
    component: pulumi.Resource,
    name: string,
    { requests = {}, workflows = {} }: ContinuousCheckArgs,
): pulumi.Output<pulumi.asset.StringAsset> {
    const targets = Object.fromEntries(Object.entries(requests).map(([key, { target }]) => [key, target]));
    const variables = targetVariables(component, "requests", targets);
    const asked = Object.entries(requests).map(([key, { target, path, status = 200, expect }]) => {
        const urlVariable = variables.get(key)?.url;
        if (target.kind === TargetKind.GoogleApi || urlVariable === undefined) {
            throw argumentError(component, `requests.${key}.target`, "is a Google API, which needs no check");
        }
        if (!path.startsWith("/")) {
            throw argumentError(component, `requests.${key}.path`, `"${path}" does not begin with a slash`);
        }
        return { key, urlVariable, path, status, result: expect as unknown };
    });
    const ids = Object.fromEntries(Object.entries(workflows).map(([key, { workflow }]) => [key, workflow]));
    return pulumi.output(ids).apply((known) => {
        const executed = Object.entries(workflows).map(([key, { argument, expect }]) => ({
            ...{ key, workflow: known[key] ?? "" },
            ...{ argument: argument as unknown, result: expect as unknown },
        }));
        return new pulumi.asset.StringAsset(continuousSource(name, log, asked, executed));
    });
}
