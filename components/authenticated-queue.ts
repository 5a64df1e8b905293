import * as cloudtasks from "@pulumi/gcp/cloudtasks";
import * as pulumi from "@pulumi/pulumi";
import { jsonWord, type Kept, transformed, warnOfUnknown, watched } from "./base";
import type { AuthenticatedQueueArgs, AuthenticatedQueueOptions } from "./authenticated-queue-args";
import { checkSender, grantInfos, type SmokeCheck, taskProbe } from "./checks";
import { type GrantInfo, grantMembers, refsOf } from "./grants";
import { GrantResourceType } from "./grant-resource";
import { type Sender, sender, withOwnHeaders } from "./wiring";
import { defined } from "../common";

/**
 * A Cloud Tasks queue that sends all its tasks to one target, with tokens of an account of its own. The queue holds the URL
 * and the account, so that those who add tasks need to know neither of them.
 * @throws ResourceError if the target is an external API, or if an argument cannot be used
 * @example new AuthenticatedQueue("emails", { location, target: mailer, path: "/send", enqueuers: [web.member] });
 */
export class AuthenticatedQueue extends pulumi.ComponentResource {
    /** The queue itself. */
    readonly queue: cloudtasks.Queue;
    /** The email address of the account that the queue calls as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** What that account may do on which resource. */
    readonly grants: GrantInfo[];
    /** A shell command that adds a task to the queue. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedQueueArgs, opts?: AuthenticatedQueueOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedQueue", name, {}, watched(opts));
        warnOfUnknown(this, { location: args.location });
        const caller = sender(this, name, { what: "queue", apis: ["cloudtasks", "iam"] }, args);
        const { grants, url, dependsOn } = caller;
        const made = transformed(this, "queue", queueArgs(args, caller), opts?.transform?.queue, KEPT);
        const settings = withOwnHeaders(this, "queue", "queue", made);
        this.queue = new cloudtasks.Queue(name, settings, { parent: this, dependsOn });
        const { name: queue, location, project } = this.queue;
        const enqueuers = grantMembers(this, name, "enqueuer", args.enqueuers, enqueuing(this.queue));
        this.serviceAccountEmail = caller.account;
        this.grants = grantInfos(grants);
        const argument: unknown = args.smokeCheck?.argument;
        const body = argument === undefined ? "" : pulumi.interpolate` --body-content=${jsonWord(argument)}`;
        this.invokeCommand = pulumi.interpolate`gcloud tasks create-http-task --queue=${queue} --location=${location} --project=${project} --url=${url}${body}`;
        const resource = pulumi.interpolate`https://cloudtasks.googleapis.com/v2/projects/${project}/locations/${location}/queues/${queue}`;
        this.smokeCheck = checkSender(this, name, caller, args.smokeCheck, {
            place: args,
            project,
            members: [["enqueuer", enqueuers]],
            sending: taskProbe(name, this.queue, args, caller),
            resource,
            source: { target: resource, label: name },
        });
        this.registerOutputs({
            serviceAccountEmail: this.serviceAccountEmail,
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
}

/** What a transform of a queue may not change. */
const KEPT: Kept = {
    name: "give name in the arguments",
    project: "give project in the arguments",
    location: "give location in the arguments",
    "httpTarget.uriOverride": "give target and path in the arguments",
    "httpTarget.oidcToken":
        "the token is that of the queue's own account, for its target; give serviceAccount in the arguments",
    "httpTarget.oauthToken":
        "the token is that of the queue's own account, for its target; give serviceAccount in the arguments",
    appEngineRoutingOverride: "give target in the arguments",
};

function queueArgs(args: AuthenticatedQueueArgs, { url, token }: Sender): cloudtasks.QueueArgs {
    const { maxDispatchesPerSecond, maxConcurrentDispatches } = args;
    const rateLimits = defined({ maxDispatchesPerSecond, maxConcurrentDispatches });
    const target = url.apply((text) => new URL(text));
    return {
        location: args.location,
        httpTarget: {
            httpMethod: args.method ?? "POST",
            uriOverride: {
                scheme: "HTTPS",
                host: target.apply(({ host }) => host),
                pathOverride: { path: target.apply(({ pathname }) => pathname) },
                uriOverrideEnforceMode: "ALWAYS",
            },
            ...token,
        },
        ...defined({
            retryConfig: args.retry && { ...args.retry },
            rateLimits: Object.keys(rateLimits).length === 0 ? undefined : rateLimits,
            project: args.project,
            name: args.name,
        }),
    };
}

/** The role that lets a member add tasks to this queue, and to no other. */
function enqueuing({ name, location, project }: cloudtasks.Queue) {
    return {
        role: "roles/cloudtasks.enqueuer",
        resource: { type: GrantResourceType.Queue, name, location, project },
        project,
    };
}
