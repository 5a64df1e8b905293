import type { Cloud } from "../../cloud";
import { checkActAs } from "../act-as";
import { checkReceives, checkStoragePublishes } from "./event-permissions";
import {
    createOperations,
    locationMethods,
    crud,
    etagOf,
    invalidArgument,
    nameParts,
    policyMethods,
    Resources,
    shortName,
    uid,
    type ApiDefinition,
    type Call,
    type Stored,
} from "../framework";
import { subscriptions, topics } from "../pubsub";

export type Trigger = Stored<"google.cloud.eventarc.v1.Trigger">;

const HOST = "eventarc.googleapis.com";
const TYPE = "eventarc.googleapis.com/Trigger";
const PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";
export const triggers = new Resources<Trigger>("eventarc.triggers", "google.cloud.eventarc.v1.Trigger");
const operations = createOperations("eventarc", "v1", "eventarc.operations.get");

/** https://cloud.google.com/eventarc/docs/reference/rest */
export const eventarc: ApiDefinition = {
    host: HOST,
    unverified: ["the names of the topic and subscription beneath a trigger"],
    services: {
        "google.cloud.eventarc.v1.Eventarc": crud({
            resources: triggers,
            singular: "Trigger",
            permissions: "eventarc.triggers",
            resourceType: TYPE,
            idField: "triggerId",
            build,
            changed: ({ cloud }, trigger) => announce(cloud, trigger),
            deleted: ({ cloud }, name) => forgetTransport(cloud, name),
            operations: {
                operations,
                type: "google.cloud.eventarc.v1.Trigger",
                metadata: "google.cloud.eventarc.v1.OperationMetadata",
            },
        }),
        "google.iam.v1.IAMPolicy": policyMethods({
            host: HOST,
            permissions: "eventarc.triggers",
            resourceType: TYPE,
            mustExist: (cloud, name) => triggers.get(cloud, name),
            paths: ["/v1/{resource=projects/*/locations/*/triggers/*}"],
        }),
        "google.cloud.location.Locations": locationMethods("v1"),
        "google.longrunning.Operations": operations.service,
    },
};

function build(call: Call, name: string, wanted: Partial<Trigger>, current: Trigger | undefined): Trigger {
    const { eventFilters = [], destination = {}, serviceAccount } = wanted;
    const type = eventFilters.find(({ attribute }) => attribute === "type")?.value;
    if (type === undefined) {
        throw invalidArgument('event_filters must have one with the attribute "type"', "trigger.event_filters");
    }
    const { cloudRun, workflow, cloudFunction } = destination;
    if (!cloudRun && workflow === undefined && cloudFunction === undefined) {
        throw invalidArgument(
            "the sandbox delivers to destination.cloud_run, workflow and cloud_function",
            "trigger.destination",
        );
    }
    if (serviceAccount !== undefined) {
        checkActAs(call, serviceAccount);
    }
    if (!current) {
        checkStoragePublishes(call, name, type);
    }
    if (type !== PUBLISHED && serviceAccount !== undefined) {
        checkReceives(call, name, serviceAccount);
    }
    const trigger: Trigger = {
        ...wanted,
        name,
        eventFilters,
        uid: current?.uid ?? uid(),
        createTime: current?.createTime ?? call.time,
        updateTime: call.time,
        ...(type === PUBLISHED && { transport: transportOf(call, name, wanted, current) }),
    };
    return { ...trigger, etag: etagOf(trigger) };
}

/** Makes or changes the trigger of Eventarc that a function's event trigger stands for. */
export function putTrigger(call: Call, name: string, wanted: Partial<Trigger>): void {
    const trigger = build(call, name, wanted, triggers.find(call.cloud, name));
    announce(call.cloud, triggers.put(call.cloud, name, trigger));
}

/** Deletes a trigger and what was made for it. */
export function removeTrigger(cloud: Cloud, name: string): void {
    triggers.delete(cloud, name);
    forgetTransport(cloud, name);
}

function forgetTransport(cloud: Cloud, name: string): void {
    const { topic, subscription } = transportNames(name);
    cloud.store.delete(subscriptions.collection, subscription);
    cloud.store.delete(topics.collection, topic);
    cloud.signals.emit({ kind: "trigger", name });
}

/** The topic and the subscription that carry Pub/Sub events to a trigger. The client can choose the topic. */
function transportOf(
    call: Call,
    name: string,
    wanted: Partial<Trigger>,
    current: Trigger | undefined,
): NonNullable<Trigger["transport"]> {
    const { topic, subscription } = transportNames(name);
    const given = wanted.transport?.pubsub?.topic ?? current?.transport?.pubsub?.topic;
    if (given !== undefined && given !== topic) {
        topics.get(call.cloud, given);
    }
    return { pubsub: { topic: given ?? topic, subscription } };
}

/** Makes the topic and the subscription of a trigger if they are missing, and signals that the trigger has changed. */
function announce(cloud: Cloud, { name, transport }: Trigger): void {
    const { topic = "", subscription = "" } = transport?.pubsub ?? {};
    if (subscription === transportNames(name).subscription) {
        if (!topics.find(cloud, topic)) {
            topics.put(cloud, topic, { name: topic, state: "ACTIVE" });
        }
        subscriptions.put(cloud, subscription, {
            name: subscription,
            topic,
            ackDeadlineSeconds: 10,
            labels: { "goog-eventarc": shortName(name).toLowerCase() },
        });
    }
    cloud.signals.emit({ kind: "trigger", name });
}

/** The names of the topic and the subscription that are made for a trigger and deleted with it. */
function transportNames(name: string): { topic: string; subscription: string } {
    const { projects: project = "", locations: location = "" } = nameParts(name);
    const id = `eventarc-${location}-${shortName(name)}`;
    return { topic: `projects/${project}/topics/${id}`, subscription: `projects/${project}/subscriptions/${id}-sub` };
}
