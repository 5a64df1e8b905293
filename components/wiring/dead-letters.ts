import * as pubsub from "@pulumi/gcp/pubsub";
import * as pulumi from "@pulumi/pulumi";
import { type Grant, grantRoles, serviceAgent } from "../grants";
import { GrantResourceType } from "../grant-resource";

/** Where messages go that could not be delivered (https://cloud.google.com/pubsub/docs/dead-letter-topics). */
export interface DeadLetterArgs {
    /**
     * The full name of a topic that exists already: `projects/P/topics/T`.
     * @default - the component makes a topic, and a subscription that keeps its messages
     */
    topic?: pulumi.Input<string>;
    /** After how many tries to deliver it a message is given up, 5 to 100. @default 5 */
    maxDeliveryAttempts?: pulumi.Input<number>;
}

/** The full name of the dead letter topic; undefined if the user wants none. */
export function deadLetterTopic(
    component: pulumi.Resource,
    name: string,
    deadLetter: DeadLetterArgs | undefined,
    shared: pubsub.TopicArgs,
): pulumi.Output<string> | undefined {
    if (deadLetter === undefined) {
        return undefined;
    }
    if (deadLetter.topic !== undefined) {
        return pulumi.output(deadLetter.topic);
    }
    const options = { parent: component };
    const topic = new pubsub.Topic(`${name}-dead-letters`, shared, options);
    // A topic without a subscription keeps no message.
    const keeping = { topic: topic.id, expirationPolicy: { ttl: "" }, ...shared };
    new pubsub.Subscription(`${name}-dead-letters`, keeping, options);
    return topic.id;
}

/**
 * Lets Pub/Sub itself move messages: its service agent takes them from the subscription and publishes them to the topic.
 * https://cloud.google.com/pubsub/docs/dead-letter-topics#grant_forwarding_permissions
 */
export function grantDeadLetters(
    component: pulumi.Resource,
    name: string,
    topic: pulumi.Output<string> | undefined,
    subscription: pubsub.Subscription,
): Grant[] {
    if (topic === undefined) {
        return [];
    }
    const { project } = subscription;
    const agent = { member: serviceAgent(component, name, "pubsub", project), project };
    const publishing = {
        type: GrantResourceType.Topic,
        name: topic.apply((full) => full.split("/")[3] ?? ""),
        project: topic.apply((full) => full.split("/")[1] ?? ""),
    };
    const taking = { type: GrantResourceType.Subscription, name: subscription.name, project };
    const roles = [
        { role: "roles/pubsub.publisher", resource: publishing },
        { role: "roles/pubsub.subscriber", resource: taking },
    ];
    return grantRoles(component, `${name}-dead-letters`, "dead letters", roles, agent);
}
