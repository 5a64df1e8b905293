import type { Cloud } from "../../cloud";
import { crud, invalidArgument, page, policyMethodsByKind, type ApiDefinition } from "../framework";
import { backlogOf } from "./backlog";
import {
    buildSubscription,
    changeDeadline,
    checkPush,
    DELETED_TOPIC,
    publish,
    received,
    storeSubscription,
    subscriptions,
    subscriptionsOf,
    topics,
} from "./resources";
import { checkKeyUse } from "../kms";
import { streamingPull } from "./streaming";

const HOST = "pubsub.googleapis.com";
const TOPIC = "pubsub.googleapis.com/Topic";
const SUBSCRIPTION = "pubsub.googleapis.com/Subscription";

const topicPolicies = {
    host: HOST,
    permissions: "pubsub.topics",
    resourceType: TOPIC,
    mustExist: (cloud: Cloud, name: string) => topics.get(cloud, name),
};
const subscriptionPolicies = {
    host: HOST,
    permissions: "pubsub.subscriptions",
    resourceType: SUBSCRIPTION,
    mustExist: (cloud: Cloud, name: string) => subscriptions.get(cloud, name),
};

/** https://cloud.google.com/pubsub/docs/reference/rest */
export const pubsub: ApiDefinition = {
    host: HOST,
    // https://cloud.google.com/pubsub/docs/reference/service_apis_overview#service_endpoints
    otherHosts: ["*-pubsub.googleapis.com", "pubsub.*.rep.googleapis.com"],
    services: {
        "google.pubsub.v1.Publisher": {
            ...crud({
                resources: topics,
                singular: "Topic",
                permissions: "pubsub.topics",
                resourceType: TOPIC,
                nameField: "topic",
                parentField: "project",
                createdFromRequest: true,
                immutable: ["name"],
                build({ cloud }, name, wanted) {
                    checkKeyUse(cloud, "pubsub", name, wanted.kmsKeyName);
                    return { ...wanted, name, state: "ACTIVE" };
                },
                deleted: ({ cloud }, topic) => detachSubscriptions(cloud, topic),
            }),
            ListTopicSubscriptions: {
                permission: "pubsub.topics.attachSubscription",
                resourceType: TOPIC,
                resource: ({ topic }) => topic,
                handle(request, { cloud }) {
                    topics.get(cloud, request.topic);
                    return page(
                        "subscriptions",
                        subscriptionsOf(cloud, request.topic).map(({ name }) => name),
                        request,
                    );
                },
            },
            Publish: {
                permission: "pubsub.topics.publish",
                resourceType: TOPIC,
                resource: ({ topic }) => topic,
                handle({ topic, messages }, { cloud }) {
                    topics.get(cloud, topic);
                    if (messages.some(({ data, attributes }) => !data && !Object.keys(attributes ?? {}).length)) {
                        throw invalidArgument("Some messages have neither data nor attributes.", "messages");
                    }
                    return { messageIds: publish(cloud, topic, messages) };
                },
            },
        },
        "google.pubsub.v1.Subscriber": {
            ...crud({
                resources: subscriptions,
                singular: "Subscription",
                permissions: "pubsub.subscriptions",
                resourceType: SUBSCRIPTION,
                nameField: "subscription",
                parentField: "project",
                createdFromRequest: true,
                immutable: ["name", "topic", "filter", "enableMessageOrdering"],
                build(call, name, wanted, current) {
                    if (!current) {
                        call.authorize("pubsub.topics.attachSubscription", wanted.topic ?? "", TOPIC);
                    }
                    return buildSubscription(call, name, wanted, current);
                },
                changed: ({ cloud }, { name }) => cloud.signals.emit({ kind: "subscription", name }),
                deleted({ cloud }, name) {
                    backlogOf(cloud).drop(name);
                    cloud.signals.emit({ kind: "subscription", name });
                },
            }),
            ModifyPushConfig: {
                permission: "pubsub.subscriptions.update",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription, pushConfig }, call) {
                    checkPush(call, pushConfig);
                    storeSubscription(call, { ...subscriptions.get(call.cloud, subscription), pushConfig });
                    return {};
                },
            },
            Pull: {
                permission: "pubsub.subscriptions.consume",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription, maxMessages = Infinity }, { cloud }) {
                    const found = subscriptions.get(cloud, subscription);
                    const { ackDeadlineSeconds, pushConfig } = found;
                    if (pushConfig?.pushEndpoint) {
                        throw invalidArgument(
                            "This method is not supported for this subscription type.",
                            "subscription",
                        );
                    }
                    return {
                        receivedMessages: backlogOf(cloud)
                            .lease(subscription, maxMessages, ackDeadlineSeconds, cloud.clock.now())
                            .map((waiting) => received(found, waiting)),
                    };
                },
            },
            StreamingPull: streamingPull,
            Acknowledge: {
                permission: "pubsub.subscriptions.consume",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription, ackIds }, { cloud }) {
                    subscriptions.get(cloud, subscription);
                    backlogOf(cloud).acknowledge(subscription, ackIds);
                    return {};
                },
            },
            ModifyAckDeadline: {
                permission: "pubsub.subscriptions.consume",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription, ackIds, ackDeadlineSeconds = 0 }, { cloud }) {
                    changeDeadline(cloud, subscription, ackIds, ackDeadlineSeconds);
                    return {};
                },
            },
        },
        "google.iam.v1.IAMPolicy": policyMethodsByKind(
            (name) => (name.includes("/subscriptions/") ? subscriptionPolicies : topicPolicies),
            ["/v1/{resource=projects/*/topics/*}", "/v1/{resource=projects/*/subscriptions/*}"],
        ),
    },
};

/** The subscriptions of a deleted topic stay, without a topic. */
function detachSubscriptions(cloud: Cloud, topic: string): void {
    for (const subscription of subscriptionsOf(cloud, topic)) {
        subscriptions.put(cloud, subscription.name, { ...subscription, topic: DELETED_TOPIC });
    }
}
