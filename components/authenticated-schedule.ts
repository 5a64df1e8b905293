import * as cloudscheduler from "@pulumi/gcp/cloudscheduler";
import * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../smoke";
import { enableApis, bindingsOf, type Grant, type GrantInfo, refsOf, grantMembers } from "./grants";
import { sender, hashOf } from "./wiring";
import { checkSender, grantInfos, type SmokeCheck, type SmokeCheckOptions } from "./checks";
import type { Target } from "./target";

/** The smoke check of a schedule. Unless told to, it does not run the job. */
export interface ScheduleSmokeCheckArgs extends SmokeCheckOptions {
    /** Whether the job is run, with its own body, and must succeed; retries run it again. @default false */
    run?: boolean;
}

/** Arguments of {@link AuthenticatedSchedule}. */
export interface AuthenticatedScheduleArgs {
    /** The region, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** When, in the format of cron, such as `0 6 * * *`. */
    schedule: pulumi.Input<string>;
    /** @default "Etc/UTC" */
    timeZone?: pulumi.Input<string>;
    /** What is called: anything but an external API. */
    target: Target;
    /** @default - the target's root */
    path?: pulumi.Input<string>;
    /** @default "POST" */
    method?: pulumi.Input<string>;
    /** @default - none */
    body?: pulumi.Input<string>;
    headers?: { [name: string]: pulumi.Input<string> };
    /** How often a failed call is repeated. @default 0 */
    retries?: pulumi.Input<number>;
    paused?: pulumi.Input<boolean>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** The job's name. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    description?: pulumi.Input<string>;
    /**
     * Who may run the job now, pause and resume it. One job carries no policy: they may then do so with every job of the
     * project, which the preview says.
     * @default - nobody
     */
    invokers?: pulumi.Input<string>[];
    /** Whether the APIs that it needs are enabled in the project, and stay so when it is gone. @default false */
    enableApis?: boolean;
    /** An account to call as that exists, by its email address. @default - one of its own */
    serviceAccount?: pulumi.Input<string>;
    /** The name of its own account, 6 to 30 characters. @default - made from the component's name */
    accountId?: pulumi.Input<string>;
    /** @default - reads the policies of what was granted */
    smokeCheck?: ScheduleSmokeCheckArgs;
}

/**
 * A Cloud Scheduler job that calls its target as an account of its own.
 * @example new AuthenticatedSchedule("report", { location, schedule: "0 6 * * *", target: reports, path: "/daily" });
 */
export class AuthenticatedSchedule extends pulumi.ComponentResource {
    readonly job: cloudscheduler.Job;
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** What it may do on what. */
    readonly grants: GrantInfo[];
    /** A line to paste that runs the job now. */
    readonly invokeCommand: pulumi.Output<string>;
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedSchedule", name, {}, opts);
        const { identity, grants, token, url } = sender(this, name, "schedule", args);
        this.job = new cloudscheduler.Job(
            name,
            {
                region: args.location,
                schedule: args.schedule,
                timeZone: args.timeZone ?? "Etc/UTC",
                httpTarget: {
                    uri: url,
                    httpMethod: args.method ?? "POST",
                    // Google's API takes bytes: the provider wants them in base64.
                    ...(args.body !== undefined && {
                        body: pulumi.output(args.body).apply((text) => Buffer.from(text).toString("base64")),
                    }),
                    ...(args.headers && { headers: args.headers }),
                    ...token,
                },
                ...(args.retries !== undefined && { retryConfig: { retryCount: args.retries } }),
                ...(args.paused !== undefined && { paused: args.paused }),
                ...(args.project && { project: args.project }),
                ...(args.name && { name: args.name }),
                ...(args.description && { description: args.description }),
            },
            { parent: this, dependsOn: bindingsOf(enableApis(this, name, args, ["cloudscheduler", "iam"]), grants) },
        );
        const invokers = grantMembers(this, name, "invoker", args.invokers, {
            role: "roles/cloudscheduler.jobRunner",
            project: this.job.project,
        });
        this.serviceAccountEmail = identity.email;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud scheduler jobs run ${this.job.name} --location=${this.job.region} --project=${this.job.project}`;
        const check = args.smokeCheck ?? {};
        this.smokeCheck = checkSender(
            this,
            name,
            {
                resource: this.job,
                project: this.job.project,
                target: args.target,
                fingerprint: {
                    url,
                    account: identity.email,
                    ...(check.run === true && { request: requestHash(args) }),
                },
                grants: [
                    [name, grants],
                    ["invoker", invokers],
                ],
                sending: check.run === true ? this.running(name, grants) : undefined,
            },
            check,
        );
        this.registerOutputs({
            serviceAccountEmail: this.serviceAccountEmail,
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
    private running(name: string, grants: Grant[]): pulumi.Output<Probe[]> {
        const { name: job, region, project } = this.job;
        return pulumi
            .all([pulumi.interpolate`projects/${project}/locations/${region}/jobs/${job}`, refsOf(grants)])
            .apply(([full, refs]): Probe[] => [
                { kind: "schedule", name: `${name} → target`, job: full, grants: refs },
            ]);
    }
}

/** A job that sends something else is run again; the body itself may be no one's business. */
function requestHash({ method, body, headers }: AuthenticatedScheduleArgs): pulumi.Output<string> {
    return pulumi.unsecret(pulumi.output({ method, body, headers }).apply((all) => hashOf(JSON.stringify(all))));
}
