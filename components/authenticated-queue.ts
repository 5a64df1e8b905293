import * as cloudtasks from "@pulumi/gcp/cloudtasks";
import * as pulumi from "@pulumi/pulumi";
import type { GrantRef, Probe } from "../smoke";
import { enableApis, bindingsOf, type Grant, type GrantInfo, refsOf, grantMembers } from "./grants";
import { sender } from "./wiring";
import { checkSender, grantInfos, type SmokeCheck, type SmokeCheckOptions } from "./checks";
import { GrantResourceType, type Target } from "./target";

/** The smoke check of a queue. Without an argument no task is added. */
export interface QueueSmokeCheckArgs extends SmokeCheckOptions {
    /**
     * The body of a task that is added and must be taken (`null` and `{}` count); retries add another one.
     * @default - no task is added
     */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
}

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
    smokeCheck?: QueueSmokeCheckArgs;
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
        const check = args.smokeCheck ?? {};
        this.smokeCheck = checkSender(
            this,
            name,
            {
                resource: this.queue,
                project: this.queue.project,
                target: args.target,
                fingerprint: { url, account: identity.email },
                grants: [
                    [name, grants],
                    ["enqueuer", enqueuers],
                ],
                sending: check.argument === undefined ? undefined : this.task(name, url, args, check, grants),
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
    private task(
        name: string,
        url: pulumi.Output<string>,
        args: AuthenticatedQueueArgs,
        check: QueueSmokeCheckArgs,
        grants: Grant[],
    ): pulumi.Output<Probe[]> {
        const { name: queue, location, project } = this.queue;
        const full = pulumi.interpolate`projects/${project}/locations/${location}/queues/${queue}`;
        return pulumi
            .all([full, url, args.method ?? "POST", pulumi.output(check.argument as unknown), refsOf(grants)])
            .apply(([id, to, method, body, refs]: [string, string, string, unknown, GrantRef[]]): Probe[] => [
                {
                    ...{ kind: "task", name: `${name} → target`, queue: id, url: to, method },
                    // Cloud Tasks refuses a body with any other method.
                    ...(["POST", "PUT", "PATCH"].includes(method) && { body }),
                    grants: refs,
                },
            ]);
    }
}
