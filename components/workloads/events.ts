import * as projects from "@pulumi/gcp/projects";
import * as storage from "@pulumi/gcp/storage";
import type * as pulumi from "@pulumi/pulumi";
import { argumentError, log, returned } from "../base";
import { bindingsOf, type Grant, grantRoles } from "../grants";

/** The events that a trigger delivers (https://cloud.google.com/eventarc/docs/event-types). */
export interface EventArgs {
    /**
     * The type of the event, such as `google.cloud.pubsub.topic.v1.messagePublished` or
     * `google.cloud.storage.object.v1.finalized` (https://cloud.google.com/eventarc/docs/reference/supported-events).
     */
    eventType: string;
    /** The full name of the topic, `projects/P/topics/T`. It is required for messages of Pub/Sub. @default - none */
    topic?: pulumi.Input<string>;
    /** Values that attributes of the event must have, such as `{ bucket: "uploads" }`. @default - every event counts */
    filters?: { [attribute: string]: pulumi.Input<string> };
}

/** The event of a message that was published. */
const MESSAGE = "google.cloud.pubsub.topic.v1.messagePublished";
/** What the events of a bucket's objects begin with. */
const OBJECT = "google.cloud.storage.object.";

/**
 * @param at Where the event is in the arguments, for errors: `trigger.`, or nothing.
 * @throws ResourceError if the type of the event and the topic do not fit together
 */
export function checkEvent(component: pulumi.Resource, at: string, { eventType, topic }: EventArgs): void {
    if (!/^google\.[a-z0-9.]+\.v\d+\.\w+$/.test(eventType)) {
        const reason = `"${eventType}" is no event type; it looks like ${MESSAGE}`;
        throw argumentError(component, `${at}eventType`, reason);
    }
    if ((eventType === MESSAGE) !== (topic !== undefined)) {
        throw argumentError(component, `${at}topic`, `goes with the event type ${MESSAGE}, and with no other`);
    }
}

/**
 * Lets an account receive the events of Google's services, and lets Cloud Storage publish those of objects. Messages of Pub/Sub
 * are delivered without a role (https://cloud.google.com/eventarc/docs/roles-permissions).
 * @param always Whether the account gets its role for messages of Pub/Sub too, as Cloud Functions asks for it.
 */
export function receiveEvents(
    component: pulumi.Resource,
    name: string,
    eventType: string,
    account: { member: pulumi.Output<string>; project: pulumi.Output<string> },
    always = false,
): { grants: Grant[]; dependsOn: pulumi.Resource[] } {
    const own = `${name}-trigger`;
    if (eventType === MESSAGE && !always) {
        return { grants: [], dependsOn: [] };
    }
    const grants = grantRoles(component, `${own}-receiver`, name, [{ role: "roles/eventarc.eventReceiver" }], account);
    void log.info(
        `trigger: roles/eventarc.eventReceiver is granted to ${name}'s trigger on the project, as nothing narrower carries it`,
        component,
    );
    const storing = eventType.startsWith(OBJECT) ? [storagePublisher(component, name, account.project)] : [];
    return { grants, dependsOn: [...bindingsOf(storing, grants)] };
}

/**
 * Lets Cloud Storage's service agent publish its events (https://cloud.google.com/eventarc/docs/all-roles-permissions). The
 * project's policy holds this grant once for the triggers of all stacks, so it stays when one of them is deleted.
 */
function storagePublisher(
    component: pulumi.Resource,
    name: string,
    project: pulumi.Output<string>,
): projects.IAMMember {
    void log.info(
        `trigger: roles/pubsub.publisher is granted to Cloud Storage's agent on the project, as nothing narrower carries it, ` +
            `and stays when ${name} is deleted, as others may need it by then`,
        component,
    );
    const agent = storage.getProjectServiceAccountOutput({ project }, { parent: component });
    const member = agent.emailAddress.apply(
        (email: string | undefined) =>
            `serviceAccount:${returned(email, "the service agent of Cloud Storage", "enable storage.googleapis.com in the project")}`,
    );
    return new projects.IAMMember(
        `${name}-trigger-storage`,
        { project, role: "roles/pubsub.publisher", member },
        { parent: component, retainOnDelete: true },
    );
}
