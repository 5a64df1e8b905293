import * as cloudscheduler from "@pulumi/gcp/cloudscheduler";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, type Kept, transformed, warnOfUnknown, watched } from "./base";
import type { AuthenticatedScheduleArgs, AuthenticatedScheduleOptions } from "./authenticated-schedule-args";
import { checkSender, grantInfos, scheduleProbe, type SmokeCheck } from "./checks";
import { type GrantInfo, grantMembers, refsOf } from "./grants";
import { hashOf, ownHeaders, type Sender, sender, withOwnHeaders } from "./wiring";
import { defined } from "../common";

/**
 * A Cloud Scheduler job that calls its target with tokens of an account of its own.
 * @throws ResourceError if the target is an external API, or if an argument cannot be used
 * @example new AuthenticatedSchedule("report", { location, schedule: "0 6 * * *", target: reports, path: "/daily" });
 */
export class AuthenticatedSchedule extends pulumi.ComponentResource {
    /** The job itself. */
    readonly job: cloudscheduler.Job;
    /** The email address of the account that the job calls as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** What that account may do on which resource. */
    readonly grants: GrantInfo[];
    /** A shell command that runs the job at once. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedScheduleArgs, opts?: AuthenticatedScheduleOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedSchedule", name, {}, watched(opts));
        warnOfUnknown(this, { location: args.location });
        const caller = sender(this, name, { what: "schedule", apis: ["cloudscheduler", "iam"] }, args);
        const { grants, dependsOn } = caller;
        const made = transformed(this, "job", jobArgs(this, args, caller), opts?.transform?.job, KEPT);
        const settings = withOwnHeaders(this, "job", "schedule", made);
        this.job = new cloudscheduler.Job(name, settings, { parent: this, dependsOn });
        const { name: job, region, project } = this.job;
        const running = { role: "roles/cloudscheduler.jobRunner", project };
        const invokers = grantMembers(this, name, "invoker", args.invokers, running);
        this.serviceAccountEmail = caller.account;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud scheduler jobs run ${job} --location=${region} --project=${project}`;
        const runs = args.smokeCheck?.run === true;
        this.smokeCheck = checkSender(this, name, caller, args.smokeCheck, {
            place: args,
            project,
            members: [["invoker", invokers]],
            resource: pulumi.interpolate`https://cloudscheduler.googleapis.com/v1/projects/${project}/locations/${region}/jobs/${job}`,
            ...(runs && {
                sending: scheduleProbe(name, this.job, grants),
                fingerprint: { request: requestHash(args) },
            }),
        });
        this.registerOutputs({
            serviceAccountEmail: this.serviceAccountEmail,
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
}

/** What a transform of a job may not change. */
const KEPT: Kept = {
    name: "give name in the arguments",
    project: "give project in the arguments",
    region: "give location in the arguments",
    "httpTarget.uri": "give target and path in the arguments",
    "httpTarget.oidcToken":
        "the token is that of the job's own account, for its target; give serviceAccount in the arguments",
    "httpTarget.oauthToken":
        "the token is that of the job's own account, for its target; give serviceAccount in the arguments",
    appEngineHttpTarget: "give target in the arguments",
    pubsubTarget: "give target in the arguments",
};

function jobArgs(
    component: pulumi.Resource,
    args: AuthenticatedScheduleArgs,
    { url, token }: Sender,
): cloudscheduler.JobArgs {
    const { maxDuration, minBackoff, maxBackoff, maxDoublings } = args.retry ?? {};
    const retryConfig = defined({
        retryCount: args.retries,
        ...{
            maxRetryDuration: maxDuration,
            minBackoffDuration: minBackoff,
            maxBackoffDuration: maxBackoff,
            maxDoublings,
        },
    });
    return {
        region: args.location,
        schedule: args.schedule,
        timeZone: args.timeZone ?? "Etc/UTC",
        httpTarget: {
            uri: url,
            httpMethod: args.method ?? "POST",
            ...defined({
                body: inBase64(args.body),
                headers: args.headers && ownHeaders(component, "headers", "schedule", args.headers, Object.keys),
            }),
            ...token,
        },
        ...defined({
            retryConfig: Object.keys(retryConfig).length === 0 ? undefined : retryConfig,
            attemptDeadline:
                args.attemptDeadline === undefined
                    ? undefined
                    : pulumi.output(args.attemptDeadline).apply((deadline) => checkDeadline(component, deadline)),
            paused: args.paused,
            project: args.project,
            name: args.name,
            description: args.description,
        }),
    };
}

/** https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs */
function checkDeadline(component: pulumi.Resource, deadline: string): string {
    const seconds = /^\d+(\.\d+)?s$/.test(deadline) ? Number(deadline.slice(0, -1)) : NaN;
    if (seconds >= 15 && seconds <= 1800) {
        return deadline;
    }
    const reason = `"${deadline}" is no deadline; give seconds with an s, from 15s to 1800s, which is half an hour`;
    throw argumentError(component, "attemptDeadline", reason);
}

/** The body is bytes for Google's API, and the provider takes bytes in base64. */
function inBase64(body: pulumi.Input<string> | undefined): pulumi.Output<string> | undefined {
    return body === undefined ? undefined : pulumi.output(body).apply((text) => Buffer.from(text).toString("base64"));
}

/**
 * Changes when the job sends something else, so that the job is run again. It is a hash, and no secret, because the body
 * itself may be one, and the spec of a check is shown to everybody who may read the stack.
 */
function requestHash({ method, body, headers }: AuthenticatedScheduleArgs): pulumi.Output<string> {
    return pulumi.unsecret(pulumi.output({ method, body, headers }).apply((all) => hashOf(JSON.stringify(all))));
}
