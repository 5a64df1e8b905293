import { putTrigger, removeTrigger } from "../eventarc";
import { invalidArgument, nameParts, numericId, shortName, type Call, type Json } from "../framework";

/** What invokes a function of the second generation. https://cloud.google.com/functions/docs/calling/eventarc */
export type EventTrigger = Json & {
    /** Made by Google: the trigger of Eventarc. */
    trigger?: string;
    triggerRegion?: string;
    eventType?: string;
    eventFilters?: { attribute?: string; value?: string; operator?: string }[];
    pubsubTopic?: string;
    serviceAccountEmail?: string;
    /** Google's default is not to. */
    retryPolicy?: string;
};

const PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";

/**
 * Makes the trigger of Eventarc behind a function, which delivers to it; takes away the one that it no longer has.
 * @param account what the function runs as: the trigger's account too where it names none
 * @throws ApiError INVALID_ARGUMENT, NOT_FOUND where there is no such topic, PERMISSION_DENIED as a trigger's account
 */
export function deployTrigger(
    call: Call,
    name: string,
    account: string,
    wanted: EventTrigger | undefined,
    current: EventTrigger | undefined,
): EventTrigger | undefined {
    if (!wanted) {
        if (current?.trigger) {
            removeTrigger(call.cloud, current.trigger);
        }
        return undefined;
    }
    const { eventType, eventFilters = [], pubsubTopic, serviceAccountEmail = account } = wanted;
    if (!eventType) {
        throw invalidArgument("Event type field cannot be empty.", "function.event_trigger.event_type");
    }
    if (eventType === PUBLISHED && !pubsubTopic) {
        throw invalidArgument("Pub/Sub topic field cannot be empty.", "function.event_trigger.pubsub_topic");
    }
    const { projects: project = "", locations: region = "" } = nameParts(name);
    const triggerRegion = wanted.triggerRegion ?? region;
    const own = `projects/${project}/locations/${triggerRegion}/triggers/${shortName(name).toLowerCase()}`;
    const trigger = current?.trigger ?? `${own}-${numericId(6)}`;
    putTrigger(call, trigger, {
        eventFilters: [{ attribute: "type", value: eventType }, ...eventFilters],
        serviceAccount: serviceAccountEmail,
        destination: { cloudFunction: name },
        ...(pubsubTopic && { transport: { pubsub: { topic: pubsubTopic } } }),
        labels: { "goog-managed-by": "cloudfunctions" },
    });
    return { retryPolicy: "RETRY_POLICY_DO_NOT_RETRY", ...wanted, trigger, triggerRegion, serviceAccountEmail };
}
