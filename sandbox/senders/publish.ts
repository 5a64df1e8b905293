import { publish, topics } from "../apis";
import type { Cloud } from "../cloud";
import { serviceAgent } from "../iam";
import type { Outcome } from "./delivery";

/**
 * Publishes to a topic as a Google service does: its agent in the project must be allowed to.
 * @param agent such as `gcp-sa-pubsub`
 */
export function publishAs(
    cloud: Cloud,
    project: string,
    agent: string,
    topic: string,
    message: Parameters<typeof publish>[2][number],
): Outcome {
    const { allowed, reason } = cloud.iam.check({
        principal: serviceAgent(cloud, project, agent),
        permission: "pubsub.topics.publish",
        resource: `//pubsub.googleapis.com/${topic}`,
        resourceType: "pubsub.googleapis.com/Topic",
    });
    if (!allowed) {
        return { status: 403, message: reason, body: "" };
    }
    if (!topics.find(cloud, topic)) {
        return { status: 404, message: `${topic} was not found`, body: "" };
    }
    publish(cloud, topic, [message]);
    return { status: 200, message: "", body: "" };
}
