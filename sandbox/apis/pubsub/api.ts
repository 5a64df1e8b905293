import { applyMask, invalidArgument, method, page, policyMethods, type ApiDefinition, type Json } from "../framework";
import { backlogOf, type PubsubMessage } from "./backlog";
import {
    buildSubscription,
    checkAckDeadline,
    checkPush,
    DELETED_TOPIC,
    publish,
    storeSubscription,
    subscriptions,
    subscriptionsOf,
    topics,
    type PushConfig,
    type Subscription,
    type Topic,
} from "./resources";
import { streamingPull } from "./streaming";

const HOST = "pubsub.googleapis.com";
const TOPIC = "pubsub.googleapis.com/Topic";
const SUBSCRIPTION = "pubsub.googleapis.com/Subscription";

type Paged = { pageSize?: number; pageToken?: string };

function projectOf({ name = "" }: Json): string {
    return String(name).split("/").slice(0, 2).join("/");
}

/** https://cloud.google.com/pubsub/docs/reference/rest */
export const pubsub: ApiDefinition = {
    host: HOST,
    services: {
        "google.pubsub.v1.Publisher": {
            CreateTopic: method<Topic>({
                permission: "pubsub.topics.create",
                resourceType: TOPIC,
                resource: projectOf,
                handle: (topic, { cloud }) => topics.create(cloud, topic.name, { ...topic, state: "ACTIVE" }),
            }),
            UpdateTopic: method<{ topic: Topic; updateMask: string }>({
                permission: "pubsub.topics.update",
                resourceType: TOPIC,
                resource: ({ topic }) => topic.name,
                handle: ({ topic, updateMask }, { cloud }) =>
                    topics.put(cloud, topic.name, applyMask(topics.get(cloud, topic.name), topic, updateMask)),
            }),
            GetTopic: method<{ topic: string }>({
                permission: "pubsub.topics.get",
                resourceType: TOPIC,
                resource: ({ topic }) => topic,
                handle: ({ topic }, { cloud }) => topics.get(cloud, topic),
            }),
            ListTopics: method<{ project: string } & Paged>({
                permission: "pubsub.topics.list",
                resource: ({ project }) => project,
                handle: (request, { cloud }) => page("topics", topics.list(cloud, request.project), request),
            }),
            ListTopicSubscriptions: method<{ topic: string } & Paged>({
                permission: "pubsub.topics.attachSubscription",
                resourceType: TOPIC,
                resource: ({ topic }) => topic,
                handle({ topic }, { cloud }) {
                    topics.get(cloud, topic);
                    return { subscriptions: subscriptionsOf(cloud, topic).map(({ name }) => name) };
                },
            }),
            DeleteTopic: method<{ topic: string }>({
                permission: "pubsub.topics.delete",
                resourceType: TOPIC,
                resource: ({ topic }) => topic,
                handle({ topic }, { cloud }) {
                    topics.delete(cloud, topic);
                    cloud.iam.deletePolicy(`//${HOST}/${topic}`);
                    for (const subscription of subscriptionsOf(cloud, topic)) {
                        subscriptions.put(cloud, subscription.name, { ...subscription, topic: DELETED_TOPIC });
                    }
                    return {};
                },
            }),
            Publish: method<{ topic: string; messages?: Partial<PubsubMessage>[] }>({
                permission: "pubsub.topics.publish",
                resourceType: TOPIC,
                resource: ({ topic }) => topic,
                handle({ topic, messages = [] }, { cloud }) {
                    topics.get(cloud, topic);
                    if (messages.some(({ data, attributes }) => !data && !Object.keys(attributes ?? {}).length)) {
                        throw invalidArgument("Some messages have neither data nor attributes.", "messages");
                    }
                    return { messageIds: publish(cloud, topic, messages) };
                },
            }),
        },
        "google.pubsub.v1.Subscriber": {
            CreateSubscription: method<Subscription>({
                permission: "pubsub.subscriptions.create",
                resourceType: SUBSCRIPTION,
                resource: projectOf,
                handle(wanted, call) {
                    call.authorize("pubsub.topics.attachSubscription", wanted.topic, TOPIC);
                    subscriptions.absent(call.cloud, wanted.name);
                    return storeSubscription(call, buildSubscription(call, wanted.name, wanted));
                },
            }),
            GetSubscription: method<{ subscription: string }>({
                permission: "pubsub.subscriptions.get",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle: ({ subscription }, { cloud }) => subscriptions.get(cloud, subscription),
            }),
            ListSubscriptions: method<{ project: string } & Paged>({
                permission: "pubsub.subscriptions.list",
                resource: ({ project }) => project,
                handle: (request, { cloud }) =>
                    page("subscriptions", subscriptions.list(cloud, request.project), request),
            }),
            UpdateSubscription: method<{ subscription: Subscription; updateMask: string }>({
                permission: "pubsub.subscriptions.update",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription.name,
                handle({ subscription, updateMask }, call) {
                    const { name } = subscription;
                    const updated = applyMask(subscriptions.get(call.cloud, name), subscription, updateMask);
                    return storeSubscription(call, buildSubscription(call, name, updated));
                },
            }),
            ModifyPushConfig: method<{ subscription: string; pushConfig: PushConfig }>({
                permission: "pubsub.subscriptions.update",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription, pushConfig }, call) {
                    checkPush(call, pushConfig);
                    storeSubscription(call, { ...subscriptions.get(call.cloud, subscription), pushConfig });
                    return {};
                },
            }),
            DeleteSubscription: method<{ subscription: string }>({
                permission: "pubsub.subscriptions.delete",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription }, { cloud }) {
                    subscriptions.delete(cloud, subscription);
                    cloud.iam.deletePolicy(`//${HOST}/${subscription}`);
                    backlogOf(cloud).drop(subscription);
                    cloud.signals.emit({ kind: "subscription", name: subscription });
                    return {};
                },
            }),
            Pull: method<{ subscription: string; maxMessages: number }>({
                permission: "pubsub.subscriptions.consume",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription, maxMessages }, { cloud }) {
                    const { ackDeadlineSeconds, pushConfig } = subscriptions.get(cloud, subscription);
                    if (pushConfig?.pushEndpoint) {
                        throw invalidArgument(
                            "This method is not supported for this subscription type.",
                            "subscription",
                        );
                    }
                    return {
                        receivedMessages: backlogOf(cloud)
                            .lease(subscription, maxMessages, ackDeadlineSeconds, cloud.clock.now())
                            .map(({ ackId, message, attempts }) => ({ ackId, message, deliveryAttempt: attempts })),
                    };
                },
            }),
            StreamingPull: streamingPull,
            Acknowledge: method<{ subscription: string; ackIds: string[] }>({
                permission: "pubsub.subscriptions.consume",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription, ackIds }, { cloud }) {
                    subscriptions.get(cloud, subscription);
                    backlogOf(cloud).acknowledge(subscription, ackIds);
                    return {};
                },
            }),
            ModifyAckDeadline: method<{ subscription: string; ackIds: string[]; ackDeadlineSeconds?: number }>({
                permission: "pubsub.subscriptions.consume",
                resourceType: SUBSCRIPTION,
                resource: ({ subscription }) => subscription,
                handle({ subscription, ackIds, ackDeadlineSeconds = 0 }, { cloud }) {
                    subscriptions.get(cloud, subscription);
                    checkAckDeadline(ackDeadlineSeconds, 0);
                    backlogOf(cloud).extend(subscription, ackIds, ackDeadlineSeconds, cloud.clock.now());
                    return {};
                },
            }),
        },
        // Grants go through the shared service; which resource it is, its name tells.
        "google.iam.v1.IAMPolicy": iamPolicy(),
    },
};

function iamPolicy(): ReturnType<typeof policyMethods> {
    const topic = policyMethods({
        host: HOST,
        permissions: "pubsub.topics",
        resourceType: TOPIC,
        mustExist: (cloud, name) => topics.get(cloud, name),
        paths: ["/v1/{resource=projects/*/topics/*}", "/v1/{resource=projects/*/subscriptions/*}"],
    });
    const subscription = policyMethods({
        host: HOST,
        permissions: "pubsub.subscriptions",
        resourceType: SUBSCRIPTION,
        mustExist: (cloud, name) => subscriptions.get(cloud, name),
    });
    const either = (name: keyof typeof topic): (typeof topic)[typeof name] => ({
        ...topic[name],
        // Which permission depends on the resource: it is checked here instead of by the framework.
        permission: undefined,
        handle(request, call) {
            const resource = String(request.resource);
            const methods = resource.includes("/subscriptions/") ? subscription : topic;
            const { permission, resourceType } = methods[name];
            if (permission !== undefined) {
                call.authorize(permission, resource, resourceType);
            }
            return methods[name].handle(request, call);
        },
    });
    return {
        GetIamPolicy: either("GetIamPolicy"),
        SetIamPolicy: either("SetIamPolicy"),
        TestIamPermissions: either("TestIamPermissions"),
    };
}
