import * as cloudtasks from "@pulumi/gcp/cloudtasks";
import * as pulumi from "@pulumi/pulumi";
import { enableApis } from "./apis";
import { gate } from "./gate";
import { bindingsOf, type GrantInfo } from "./grant";
import { grantMembers } from "./members";
import { sender } from "./sender";
import { grantInfos, policyProbes, type SmokeCheck, type SmokeCheckOptions, smokeSpec } from "./smoke-check";
import { GrantResourceType, type Target } from "./target";

/** How a queue repeats what failed (https://cloud.google.com/tasks/docs/configuring-queues#retry). */
export interface QueueRetryArgs {
    /** Tries a task, the first included; -1 for no limit. @default 100 */
    maxAttempts?: pulumi.Input<number>;
    /** The shortest pause, such as `1s`. @default "0.100s" */
    minBackoff?: pulumi.Input<string>;
    /** The longest pause. @default "3600s" */
    maxBackoff?: pulumi.Input<string>;
}

/** Arguments of {@link AuthenticatedQueue}. */
export interface AuthenticatedQueueArgs {
    /** The region, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** What every task of the queue calls: anything but an external API. */
    target: Target;
    /** @default - the target's root */
    path?: pulumi.Input<string>;
    /** @default "POST" */
    method?: pulumi.Input<string>;
    /** Who may put tasks into the queue, such as `serviceAccount:web@p.iam.gserviceaccount.com`. @default - nobody */
    enqueuers?: pulumi.Input<string>[];
    retry?: QueueRetryArgs;
    /** Tasks a second. @default 500 */
    maxDispatchesPerSecond?: pulumi.Input<number>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** The queue's name; one that was deleted cannot be taken again for days. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
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
 * A Cloud Tasks queue whose tasks all call one target, as an account of the queue's own. The URL and the token are the
 * queue's, so that who enqueues needs to know neither.
 * @example new AuthenticatedQueue("emails", { location, target: mailer, path: "/send", enqueuers: [web.member] });
 */
export class AuthenticatedQueue extends pulumi.ComponentResource {
    readonly queue: cloudtasks.Queue;
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** What it may do on what. */
    readonly grants: GrantInfo[];
    /** A line to paste that puts a task into the queue. */
    readonly invokeCommand: pulumi.Output<string>;
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedQueueArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedQueue", name, {}, opts);
        const { identity, grants, token, url } = sender(this, name, "queue", args);
        const parts = url.apply((full) => new URL(full));
        this.queue = new cloudtasks.Queue(
            name,
            {
                location: args.location,
                httpTarget: {
                    httpMethod: args.method ?? "POST",
                    uriOverride: {
                        scheme: "HTTPS",
                        host: parts.apply(({ host }) => host),
                        pathOverride: { path: parts.apply(({ pathname }) => pathname) },
                        uriOverrideEnforceMode: "ALWAYS",
                    },
                    ...token,
                },
                ...(args.retry && { retryConfig: { ...args.retry } }),
                ...(args.maxDispatchesPerSecond !== undefined && {
                    rateLimits: { maxDispatchesPerSecond: args.maxDispatchesPerSecond },
                }),
                ...(args.project && { project: args.project }),
                ...(args.name && { name: args.name }),
            },
            { parent: this, dependsOn: bindingsOf(enableApis(this, name, args, ["cloudtasks", "iam"]), grants) },
        );
        const resource = {
            type: GrantResourceType.Queue,
            name: this.queue.name,
            location: this.queue.location,
            project: this.queue.project,
        };
        const enqueuers = grantMembers(this, name, "enqueuer", args.enqueuers, {
            role: "roles/cloudtasks.enqueuer",
            resource,
            project: this.queue.project,
        });
        this.serviceAccountEmail = identity.email;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud tasks create-http-task --queue=${this.queue.name} --location=${this.queue.location} --project=${this.queue.project} --url=${url}`;
        const probes = [policyProbes(name, grants), policyProbes("enqueuer", enqueuers)];
        const spec = smokeSpec(
            name,
            this.queue.project,
            { url, account: identity.email },
            probes,
            args.smokeCheck ?? {},
        );
        this.smokeCheck = { spec };
        if (args.smokeCheck?.enabled !== false && grants.length + enqueuers.length > 0) {
            gate(this, name, spec, bindingsOf([this.queue], grants, enqueuers));
        }
        this.registerOutputs({
            serviceAccountEmail: this.serviceAccountEmail,
            grants: this.grants,
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
}
