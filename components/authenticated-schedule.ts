import * as cloudscheduler from "@pulumi/gcp/cloudscheduler";
import * as pulumi from "@pulumi/pulumi";
import { enableApis } from "./apis";
import { gate } from "./gate";
import { bindingsOf, type GrantInfo } from "./grant";
import { grantMembers } from "./members";
import { sender } from "./sender";
import { grantInfos, policyProbes, type SmokeCheck, type SmokeCheckOptions, smokeSpec } from "./smoke-check";
import type { Target } from "./target";

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
    smokeCheck?: SmokeCheckOptions;
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
        const fingerprint = { url, account: identity.email };
        const spec = smokeSpec(
            name,
            this.job.project,
            fingerprint,
            [policyProbes(name, grants), policyProbes("invoker", invokers)],
            args.smokeCheck ?? {},
        );
        this.smokeCheck = { spec };
        if (args.smokeCheck?.enabled !== false && grants.length + invokers.length > 0) {
            gate(this, name, spec, bindingsOf([this.job], grants, invokers));
        }
        this.registerOutputs({
            serviceAccountEmail: this.serviceAccountEmail,
            grants: this.grants,
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
}
