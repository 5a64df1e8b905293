import * as pubsub from "@pulumi/gcp/pubsub";
import * as pulumi from "@pulumi/pulumi";
import type { AuthenticatedPushArgs, AuthenticatedPushOptions } from "./authenticated-push-args";
import { jsonWord, type Kept, regionOf, transformed, watched } from "./base";
import { checkPushTarget, checkSender, grantInfos, messageProbe, type SmokeCheck } from "./checks";
import { type GrantInfo, grantMembers, refsOf } from "./grants";
import { GrantResourceType } from "./grant-resource";
import { deadLetterTopic, grantDeadLetters, type Sender, sender } from "./wiring";
import { defined } from "../common";

/**
 * A Pub/Sub push subscription that sends each message to its target with an ID token of an account of its own.
 * @throws ResourceError if the target takes no ID token or is out of Pub/Sub's reach, or if an argument cannot be used
 * @example new AuthenticatedPush("orders-placed", { target: orders, path: "/placed", publishers: [shop] });
 */
export class AuthenticatedPush extends pulumi.ComponentResource {
    /** The subscription itself. */
    readonly subscription: pubsub.Subscription;
    /** The name of the topic: as you gave it, or the short name of the topic that the component made. */
    readonly topicName: pulumi.Output<string>;
    /** The email address of the account that Pub/Sub calls as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** What that account may do on which resource. */
    readonly grants: GrantInfo[];
    /** A shell command that publishes a message. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedPushArgs, opts?: AuthenticatedPushOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedPush", name, {}, watched(opts));
        checkPushTarget(this, args.target);
        const caller = sender(this, name, { what: "push subscription", apis: ["pubsub", "iam"] }, args);
        const { grants, dependsOn } = caller;
        const shared = defined({ project: args.project, labels: args.labels });
        const deadLetters = deadLetterTopic(this, name, args.deadLetter, shared);
        const topic = topicOf(this, name, args, shared, caller.apis);
        this.topicName = topic.name;
        const settings = { ...subscriptionArgs(args, caller, topic.id, deadLetters), ...shared };
        this.subscription = new pubsub.Subscription(
            name,
            transformed(this, "subscription", settings, opts?.transform?.subscription, KEPT),
            { parent: this, dependsOn },
        );
        const { name: subscription, project } = this.subscription;
        const topicPath = fullName(topic.id, project);
        const publishers = grantMembers(
            this,
            name,
            "publisher",
            args.publishers,
            publishing(topic.name, args, project),
        );
        const moving = grantDeadLetters(this, name, deadLetters, this.subscription);
        this.serviceAccountEmail = caller.account;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud pubsub topics publish ${this.topicName} --project=${project} --message=${jsonWord(args.smokeCheck?.argument)}`;
        this.smokeCheck = checkSender(this, name, caller, args.smokeCheck, {
            place: { location: regionOf(args.target), ...shared },
            project,
            members: [
                ["publisher", publishers],
                ["Pub/Sub", moving],
            ],
            source: { target: pulumi.interpolate`https://pubsub.googleapis.com/v1/${topicPath}`, label: name },
            resource: pulumi.interpolate`https://pubsub.googleapis.com/v1/projects/${project}/subscriptions/${subscription}`,
            sending: messageProbe(this, name, args.smokeCheck, caller, {
                topic: topicPath,
                subscription: pulumi.interpolate`projects/${project}/subscriptions/${subscription}`,
            }),
        });
        this.registerOutputs({
            topicName: this.topicName,
            serviceAccountEmail: this.serviceAccountEmail,
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
}

/** What a transform of a subscription may not change. */
const KEPT: Kept = {
    project: "give project in the arguments",
    topic: "give topic in the arguments",
    "pushConfig.pushEndpoint": "give target and path in the arguments",
    "pushConfig.oidcToken":
        "the token is that of the subscription's own account, for its target; give serviceAccount in the arguments",
    deadLetterPolicy: "give deadLetter in the arguments",
    bigqueryConfig: "the subscription pushes to its target; make another one for BigQuery",
    cloudStorageConfig: "the subscription pushes to its target; make another one for Cloud Storage",
};

/** The topic that exists, or one of the component's own. */
function topicOf(
    component: pulumi.Resource,
    name: string,
    { topic }: AuthenticatedPushArgs,
    shared: pubsub.TopicArgs,
    dependsOn: pulumi.Resource[],
): { name: pulumi.Output<string>; id: pulumi.Output<string> } {
    if (topic === undefined) {
        return new pubsub.Topic(name, shared, { parent: component, dependsOn });
    }
    return { name: pulumi.output(topic), id: pulumi.output(topic) };
}

function subscriptionArgs(
    args: AuthenticatedPushArgs,
    { url, token: { oidcToken } }: Sender,
    topic: pulumi.Output<string>,
    deadLetters: pulumi.Output<string> | undefined,
): pubsub.SubscriptionArgs {
    const maxDeliveryAttempts = args.deadLetter?.maxDeliveryAttempts ?? 5;
    return {
        topic,
        pushConfig: { pushEndpoint: url, ...defined({ oidcToken }) },
        // Without it, Google deletes a subscription that nobody uses for 31 days.
        expirationPolicy: { ttl: "" },
        ...defined({
            ackDeadlineSeconds: args.ackDeadlineSeconds,
            filter: args.filter,
            retryPolicy: args.retry && { ...args.retry },
            deadLetterPolicy: deadLetters && { deadLetterTopic: deadLetters, maxDeliveryAttempts },
        }),
    };
}

/** The role that lets a member publish to this topic, and to no other. */
function publishing(name: pulumi.Output<string>, args: AuthenticatedPushArgs, project: pulumi.Output<string>) {
    const resource = { type: GrantResourceType.Topic, name, ...defined({ project: args.project }) };
    return { role: "roles/pubsub.publisher", resource, project };
}

/** `projects/P/topics/T` of a topic's short or full name. */
function fullName(topic: pulumi.Output<string>, project: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi
        .all([topic, project])
        .apply(([name, own]) => (name.startsWith("projects/") ? name : `projects/${own}/topics/${name}`));
}
