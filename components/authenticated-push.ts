import * as pubsub from "@pulumi/gcp/pubsub";
import * as pulumi from "@pulumi/pulumi";
import {
    enableApis,
    bindingsOf,
    type Grant,
    type GrantInfo,
    grantRoles,
    refsOf,
    grantMembers,
    serviceAgent,
} from "./grants";
import { argumentError } from "./base";
import { publishing, type PushSmokeCheckArgs, checkSender, grantInfos, type SmokeCheck } from "./checks";
import { sender } from "./wiring";
import { GrantResourceType, Ingress, type Target, TargetKind } from "./target";

/** The pauses between tries (https://cloud.google.com/pubsub/docs/handling-failures). */
export interface PushRetryArgs {
    /** The shortest, such as `10s`. @default "10s" */
    minimumBackoff?: pulumi.Input<string>;
    /** The longest, up to `600s`. @default "600s" */
    maximumBackoff?: pulumi.Input<string>;
}

/** Where messages go that cannot be delivered (https://cloud.google.com/pubsub/docs/dead-letter-topics). */
export interface DeadLetterArgs {
    /** A topic that exists: `projects/P/topics/T`. @default - one of its own, with a subscription that keeps them */
    topic?: pulumi.Input<string>;
    /** 5 to 100. @default 5 */
    maxDeliveryAttempts?: pulumi.Input<number>;
}

/** Arguments of {@link AuthenticatedPush}. */
export interface AuthenticatedPushArgs {
    /** What every message is sent to: an invokable. */
    target: Target;
    /** @default - the target's root */
    path?: pulumi.Input<string>;
    /** A topic that exists, by its short name. @default - one of its own */
    topic?: pulumi.Input<string>;
    /** Who may publish to the topic. @default - nobody */
    publishers?: pulumi.Input<string>[];
    /** How what failed is sent again. @default - at once */
    retry?: PushRetryArgs;
    /** Where messages go that the target refused too often. @default - nowhere: they are sent until they expire */
    deadLetter?: DeadLetterArgs;
    /** How long the target may take to answer, in seconds, 10 to 600. @default 10 */
    ackDeadlineSeconds?: pulumi.Input<number>;
    /** Only messages whose attributes match (https://cloud.google.com/pubsub/docs/subscription-message-filter). */
    filter?: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** Whether the APIs that it needs are enabled in the project, and stay so when it is gone. @default false */
    enableApis?: boolean;
    labels?: { [name: string]: pulumi.Input<string> };
    /** An account to call as that exists, by its email address. @default - one of its own */
    serviceAccount?: pulumi.Input<string>;
    /** The name of its own account, 6 to 30 characters. @default - made from the component's name */
    accountId?: pulumi.Input<string>;
    /** @default - reads the policies of what was granted */
    smokeCheck?: PushSmokeCheckArgs;
}

/**
 * A Pub/Sub push subscription that sends each message to its target with an ID token of an account of its own.
 * @example new AuthenticatedPush("orders-placed", { target: orders, path: "/placed", publishers: [shop] });
 */
export class AuthenticatedPush extends pulumi.ComponentResource {
    readonly subscription: pubsub.Subscription;
    /** The topic's name, short or full. */
    readonly topicName: pulumi.Output<string>;
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** What it may do on what. */
    readonly grants: GrantInfo[];
    /** A line to paste that publishes a message. */
    readonly invokeCommand: pulumi.Output<string>;
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedPushArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedPush", name, {}, opts);
        checkTarget(this, args.target);
        const { identity, grants, token, url } = sender(this, name, "push subscription", args);
        const { oidcToken } = token;
        if (oidcToken === undefined) {
            throw argumentError(this, "target", "takes no ID token; give an invokable");
        }
        const shared = { ...(args.project && { project: args.project }), ...(args.labels && { labels: args.labels }) };
        const apis = enableApis(this, name, args, ["pubsub", "iam"]);
        const deadLetterTopic = this.deadLetterTopic(name, args, shared);
        const topic =
            args.topic === undefined ? new pubsub.Topic(name, shared, { parent: this, dependsOn: apis }) : undefined;
        this.topicName = topic?.name ?? pulumi.output(args.topic ?? "");
        this.subscription = new pubsub.Subscription(
            name,
            {
                topic: topic?.id ?? this.topicName,
                pushConfig: { pushEndpoint: url, oidcToken },
                // Without it, a subscription that rests for 31 days is deleted.
                expirationPolicy: { ttl: "" },
                ...(args.ackDeadlineSeconds !== undefined && { ackDeadlineSeconds: args.ackDeadlineSeconds }),
                ...(args.filter !== undefined && { filter: args.filter }),
                ...(args.retry && { retryPolicy: { ...args.retry } }),
                ...(deadLetterTopic && {
                    deadLetterPolicy: {
                        deadLetterTopic,
                        maxDeliveryAttempts: args.deadLetter?.maxDeliveryAttempts ?? 5,
                    },
                }),
                ...shared,
            },
            { parent: this, dependsOn: bindingsOf(apis, grants) },
        );
        const resource = {
            type: GrantResourceType.Topic,
            name: this.topicName,
            ...(args.project && { project: args.project }),
        };
        const publishers = grantMembers(this, name, "publisher", args.publishers, {
            role: "roles/pubsub.publisher",
            resource,
            project: this.subscription.project,
        });
        const agent = this.deadLetters(name, args, deadLetterTopic);
        this.serviceAccountEmail = identity.email;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud pubsub topics publish ${this.topicName} --project=${this.subscription.project} --message='{}'`;
        const check = args.smokeCheck ?? {};
        const { name: subscription, project } = this.subscription;
        const sent = publishing(this, name, check, args.target, {
            topic: pulumi
                .all([topic?.id ?? this.topicName, project])
                .apply(([id, own]) => (id.startsWith("projects/") ? id : `projects/${own}/topics/${id}`)),
            subscription: pulumi.interpolate`projects/${project}/subscriptions/${subscription}`,
            grants,
        });
        this.smokeCheck = checkSender(
            this,
            name,
            {
                ...{ resource: this.subscription, project, target: args.target, ...sent },
                fingerprint: { url, account: identity.email },
                grants: [
                    [name, grants],
                    ["publisher", publishers],
                    ["Pub/Sub", agent],
                ],
            },
            check,
        );
        this.registerOutputs({
            topicName: this.topicName,
            serviceAccountEmail: this.serviceAccountEmail,
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }

    /** A topic of its own, and a subscription without which it would keep nothing. */
    private deadLetterTopic(
        name: string,
        { deadLetter }: AuthenticatedPushArgs,
        shared: pubsub.TopicArgs,
    ): pulumi.Output<string> | undefined {
        if (deadLetter === undefined) {
            return undefined;
        }
        if (deadLetter.topic !== undefined) {
            return pulumi.output(deadLetter.topic);
        }
        const topic = new pubsub.Topic(`${name}-dead-letters`, shared, { parent: this });
        new pubsub.Subscription(
            `${name}-dead-letters`,
            { topic: topic.id, expirationPolicy: { ttl: "" }, ...shared },
            { parent: this },
        );
        return topic.id;
    }

    /** Pub/Sub itself moves a message: it takes it from the one and puts it into the other. */
    private deadLetters(name: string, args: AuthenticatedPushArgs, topic: pulumi.Output<string> | undefined): Grant[] {
        if (topic === undefined) {
            return [];
        }
        const { project } = this.subscription;
        const grantee = { member: serviceAgent(this, name, "pubsub", project), project };
        const topicProject = topic.apply((full) => full.split("/")[1] ?? "");
        const topicName = topic.apply((full) => full.split("/")[3] ?? "");
        const roles = [
            {
                role: "roles/pubsub.publisher",
                resource: { type: GrantResourceType.Topic, name: topicName, project: topicProject },
            },
            {
                role: "roles/pubsub.subscriber",
                resource: { type: GrantResourceType.Subscription, name: this.subscription.name, project },
            },
        ];
        return grantRoles(this, `${name}-dead-letters`, "dead letters", roles, grantee);
    }
}

function checkTarget(component: pulumi.Resource, target: Target): void {
    if (target.kind === TargetKind.GoogleApi) {
        throw argumentError(
            component,
            "target",
            "a push subscription sends ID tokens, and a Google API takes access tokens; " +
                "let it call an AuthenticatedWorkflow or an InvokableService that does",
        );
    }
    // https://cloud.google.com/functions/1stgendocs/networking/network-settings
    if (target.kind === TargetKind.Function && (target.ingress ?? Ingress.All) !== Ingress.All) {
        throw argumentError(
            component,
            "target",
            "is a function of the 1st generation with internal ingress, which Pub/Sub does not reach; " +
                "open its ingress (IAM still decides who gets in), or move it to the 2nd generation",
        );
    }
}
