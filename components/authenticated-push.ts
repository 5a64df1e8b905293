import * as pubsub from "@pulumi/gcp/pubsub";
import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "./errors";
import { gate } from "./gate";
import { type GrantInfo, grantRoles } from "./grant";
import { checkedMember } from "./members";
import { sender } from "./sender";
import { grantInfos, policyProbes, type SmokeCheck, type SmokeCheckOptions, smokeSpec } from "./smoke-check";
import { GrantResourceType, Ingress, type Target, TargetKind } from "./target";

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
    /** How long the target may take to answer, in seconds, 10 to 600. @default 10 */
    ackDeadlineSeconds?: pulumi.Input<number>;
    /** Only messages whose attributes match (https://cloud.google.com/pubsub/docs/subscription-message-filter). */
    filter?: pulumi.Input<string>;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    labels?: { [name: string]: pulumi.Input<string> };
    /** An account to call as that exists, by its email address. @default - one of its own */
    serviceAccount?: pulumi.Input<string>;
    /** The name of its own account, 6 to 30 characters. @default - made from the component's name */
    accountId?: pulumi.Input<string>;
    /** @default - reads the policies of what was granted */
    smokeCheck?: SmokeCheckOptions;
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
        if (oidcToken === undefined) throw argumentError(this, "target", "takes no ID token; give an invokable");
        const shared = { ...(args.project && { project: args.project }), ...(args.labels && { labels: args.labels }) };
        const topic = args.topic === undefined ? new pubsub.Topic(name, shared, { parent: this }) : undefined;
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
                ...shared,
            },
            { parent: this, dependsOn: grants.map(({ binding }) => binding) },
        );
        const resource = {
            type: GrantResourceType.Topic,
            name: this.topicName,
            ...(args.project && { project: args.project }),
        };
        const publishers = (args.publishers ?? []).flatMap((member, index) =>
            grantRoles(
                this,
                `${name}-publisher${index === 0 ? "" : `-${index + 1}`}`,
                name,
                [{ role: "roles/pubsub.publisher", resource }],
                { member: checkedMember(this, `publishers[${index}]`, member), project: this.subscription.project },
            ),
        );
        this.serviceAccountEmail = identity.email;
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud pubsub topics publish ${this.topicName} --project=${this.subscription.project} --message='{}'`;
        const probes = [policyProbes(name, grants), policyProbes("publisher", publishers)];
        const fingerprint = { url, account: identity.email };
        const spec = smokeSpec(name, this.subscription.project, fingerprint, probes, args.smokeCheck ?? {});
        this.smokeCheck = { spec };
        const bindings = [...grants, ...publishers].map(({ binding }) => binding);
        if (args.smokeCheck?.enabled !== false) gate(this, name, spec, [this.subscription, ...bindings]);
        this.registerOutputs({
            topicName: this.topicName,
            serviceAccountEmail: this.serviceAccountEmail,
            grants: this.grants,
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
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
