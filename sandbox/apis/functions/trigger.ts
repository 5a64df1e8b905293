import { putTrigger, removeTrigger } from "../eventarc";
import { invalidArgument, nameParts, numericId, shortName, type Call, type Message } from "../framework";

/** What invokes a function of the second generation. https://cloud.google.com/functions/docs/calling/eventarc */
export type EventTrigger = Message<"google.cloud.functions.v2.EventTrigger">;

const PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";

/**
 * Makes the trigger of Eventarc that delivers to a function, or deletes it if the function has no event trigger any more.
 * @param account the account of the function, and of the trigger if that names none
 * @throws ApiError INVALID_ARGUMENT, NOT_FOUND if there is no such topic, PERMISSION_DENIED as a trigger's account
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
