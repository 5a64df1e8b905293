import type { Cloud } from "../../cloud";
import { checkActAs } from "../act-as";
import { checkStoragePublishes } from "./storage-events";
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
    type Json,
} from "../framework";
import { subscriptions, topics } from "../pubsub";

/** A trigger as far as the sandbox looks into it. */
export type Trigger = Json & {
    name: string;
    eventFilters?: { attribute?: string; value?: string; operator?: string }[];
    serviceAccount?: string;
    destination?: {
        cloudRun?: { service?: string; path?: string; region?: string };
        cloudFunction?: string;
        workflow?: string;
        httpEndpoint?: { uri?: string };
        gke?: Json;
    };
    transport?: { pubsub?: { topic?: string; subscription?: string } };
};

const HOST = "eventarc.googleapis.com";
const TYPE = "eventarc.googleapis.com/Trigger";
const PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";
export const triggers = new Resources<Trigger>("eventarc.triggers");
const operations = createOperations("eventarc", "v1", "eventarc.operations.get");

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
    const trigger: Trigger = {
        ...wanted,
        name,
        eventFilters,
        uid: current?.uid ?? uid(),
        createTime: current?.createTime ?? call.time,
        updateTime: call.time,
        ...(type === PUBLISHED && { transport: transport(call, name, wanted, current) }),
    };
    return { ...trigger, etag: etagOf(trigger) };
}

/** Makes or changes the trigger that a function's own stands for. */
export function putTrigger(call: Call, name: string, wanted: Partial<Trigger>): void {
    triggers.put(call.cloud, name, build(call, name, wanted, triggers.find(call.cloud, name)));
    call.cloud.signals.emit({ kind: "trigger", name });
}

/** Takes a trigger away, and what was made for it. */
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

/** Pub/Sub events travel by a topic, made where none is given, and a subscription of the trigger's own. */
function transport(
    call: Call,
    name: string,
    wanted: Partial<Trigger>,
    current: Trigger | undefined,
): NonNullable<Trigger["transport"]> {
    const { cloud } = call;
    const own = transportNames(name);
    const { subscription } = own;
    const given = wanted.transport?.pubsub?.topic ?? current?.transport?.pubsub?.topic;
    const topic = given ?? own.topic;
    if (given !== undefined && given !== own.topic) {
        topics.get(cloud, given);
    }
    if (!topics.find(cloud, topic)) {
        topics.put(cloud, topic, { name: topic, state: "ACTIVE" });
    }
    subscriptions.put(cloud, subscription, {
        name: subscription,
        topic,
        ackDeadlineSeconds: 10,
        labels: { "goog-eventarc": shortName(name).toLowerCase() },
    });
    return { pubsub: { topic, subscription } };
}

/** What is made for a trigger, and goes with it. */
function transportNames(name: string): { topic: string; subscription: string } {
    const { projects: project = "", locations: location = "" } = nameParts(name);
    const id = `eventarc-${location}-${shortName(name)}`;
    return { topic: `projects/${project}/topics/${id}`, subscription: `projects/${project}/subscriptions/${id}-sub` };
}

/** https://cloud.google.com/eventarc/docs/reference/rest */
export const eventarc: ApiDefinition = {
    host: HOST,
    unverified: ["the names of the topic and subscription beneath a trigger"],
    services: {
        "google.cloud.eventarc.v1.Eventarc": crud<Trigger>({
            resources: triggers,
            singular: "Trigger",
            permissions: "eventarc.triggers",
            resourceType: TYPE,
            idField: "triggerId",
            build,
            changed: ({ cloud }, { name }) => cloud.signals.emit({ kind: "trigger", name }),
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
