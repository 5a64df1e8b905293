import type * as monitoring from "@pulumi/gcp/monitoring";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule } from "./authenticated-schedule";
import { AuthenticatedWorkflow } from "./authenticated-workflow";
import {
    checkedCalls,
    continuousAlerts,
    continuousAsset,
    CONTINUOUS_LOG,
    guardedTargets,
    guards,
    hasDocuments,
    requestTargets,
} from "./checks";
import type { ContinuousCheckArgs } from "./continuous-check-args";
import { googleApi } from "./google-api";
import type { Target } from "./target";
import { defined } from "../common";

const EVERY_QUARTER_OF_AN_HOUR = "*/15 * * * *";

/**
 * Checks again and again that callers get in, and nobody else, on Google's own infrastructure: Cloud Scheduler executes a
 * workflow, which makes the calls as an account of its own and writes the result to Cloud Logging. It has each service of Cloud
 * Run called as it must deny, by a workflow whose account has no grant, and compares its policy, its ingress and its invoker
 * check with what the program declares. One alert is raised when something fails, and another when no result comes any more.
 * @throws ResourceError if there is nothing to check, or if an argument cannot be used
 * @example
 * new ContinuousCheck("pulse", {
 *     location: "europe-west1",
 *     requests: { front: { target: front, path: "/hello", expect: { greeting: "hello" } } },
 *     workflows: { fulfil: { workflow: fulfil.workflowId, argument: { order: 7 }, expect: { status: "reserved" } } },
 *     notificationChannels: [onCall.name],
 * });
 */
export class ContinuousCheck extends pulumi.ComponentResource {
    /** The full name of the workflow that checks: `projects/P/locations/L/workflows/W`. */
    readonly workflowId: pulumi.Output<string>;
    /** A shell command that runs the check at once. */
    readonly invokeCommand: pulumi.Output<string>;
    /** The alert that a call failed. */
    readonly alert: monitoring.AlertPolicy;
    /** The alert that no result comes any more, because the schedule is paused or may not execute the workflow. */
    readonly silenceAlert: monitoring.AlertPolicy;
    /** The email address of the account that makes the calls. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** A filter that shows the results in the Logs Explorer. */
    readonly logFilter: pulumi.Output<string>;

    constructor(name: string, args: ContinuousCheckArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:ContinuousCheck", name, {}, opts);
        const workflow = checkingWorkflow(this, name, checkedCalls(this, args));
        const schedule = checkingSchedule(this, name, args, workflow);
        const project = workflow.workflow.project;
        this.logFilter = pulumi.interpolate`logName="projects/${project}/logs/${CONTINUOUS_LOG}" AND jsonPayload.check="${name}"`;
        const alerts = continuousAlerts(this, name, {
            filter: this.logFilter,
            schedule: args.schedule ?? EVERY_QUARTER_OF_AN_HOUR,
            silence: args.silence,
            after: [workflow, schedule],
            shared: defined({ project: args.project, notificationChannels: args.notificationChannels }),
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

/** The workflow that makes the calls. */
function checkingWorkflow(component: pulumi.Resource, name: string, args: ContinuousCheckArgs): AuthenticatedWorkflow {
    const { run, ...smokeCheck } = args.smokeCheck ?? {};
    const guarded = guards(component, name, args);
    const executes = Object.keys(args.workflows ?? {}).length > 0 || guarded !== undefined;
    const workflow = new AuthenticatedWorkflow(
        name,
        {
            ...{ location: args.location, ...defined({ project: args.project, enableApis: args.enableApis }) },
            description: guarded ? "checks that callers get in, and nobody else" : "checks that callers get in",
            source: continuousAsset(component, name, args, guarded?.services ?? pulumi.output([])),
            targets: {
                ...requestTargets(args),
                logging: logging(),
                ...(executes && { executions: executions() }),
                ...(guarded && { run: policies(args), project: projectPolicy(args) }),
                ...(guarded &&
                    hasDocuments(args) && { "issuer-accounts": googleApi("iam.googleapis.com", { grants: [] }) }),
            },
            smokeCheck: { ...smokeCheck, ...(run === true && { argument: {} }) },
        },
        { parent: component },
    );
    guarded?.granted();
    return workflow;
}

/** The API by which the policies of the services are read. */
function policies(args: ContinuousCheckArgs): Target {
    const grants = guardedTargets(args).flatMap(([, { resource }]) =>
        resource ? [{ role: "roles/run.viewer", resource }] : [],
    );
    return googleApi("run.googleapis.com", { grants });
}

/** The API by which the policy of the project is read, as far as the account may. */
function projectPolicy({ readsProject }: ContinuousCheckArgs): Target {
    const grants = readsProject === true ? [{ role: "roles/iam.securityReviewer", projectWide: true }] : [];
    return googleApi("cloudresourcemanager.googleapis.com", { grants });
}

/** The schedule that executes that workflow. */
function checkingSchedule(
    component: pulumi.Resource,
    name: string,
    args: ContinuousCheckArgs,
    { workflowId }: AuthenticatedWorkflow,
): AuthenticatedSchedule {
    const { enabled, deadline } = args.smokeCheck ?? {};
    return new AuthenticatedSchedule(
        `${name}-schedule`,
        {
            ...{ location: args.location, ...defined({ project: args.project, enableApis: args.enableApis }) },
            schedule: args.schedule ?? EVERY_QUARTER_OF_AN_HOUR,
            target: executions(),
            path: pulumi.interpolate`/v1/${workflowId}/executions`,
            body: "{}",
            smokeCheck: defined({ enabled, deadline }),
        },
        { parent: component },
    );
}

function executions(): Target {
    return googleApi("workflowexecutions.googleapis.com", { grants: [{ role: "roles/workflows.invoker" }] });
}

function logging(): Target {
    return googleApi("logging.googleapis.com", {
        grants: [{ role: "roles/logging.logWriter" }],
        scopes: ["https://www.googleapis.com/auth/logging.write"],
    });
}
