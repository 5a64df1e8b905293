import * as projects from "@pulumi/gcp/projects";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as storage from "@pulumi/gcp/storage";
import type { input } from "@pulumi/gcp/types";
import * as pulumi from "@pulumi/pulumi";
import { ownAccountId, grantRoles } from "../grants";
import { returned, argumentError } from "../base";
import { defined } from "../../common";

/** The event that invokes a function (https://cloud.google.com/functions/docs/calling/eventarc). */
export interface FunctionTriggerArgs {
    /**
     * The type of the event, such as `google.cloud.pubsub.topic.v1.messagePublished` or
     * `google.cloud.storage.object.v1.finalized` (https://cloud.google.com/eventarc/docs/reference/supported-events).
     */
    eventType: string;
    /** The full name of the topic, `projects/P/topics/T`. It is required for messages of Pub/Sub. @default - none */
    topic?: pulumi.Input<string>;
    /** Values that attributes of the event must have, such as `{ bucket: "uploads" }`. @default - every event counts */
    filters?: { [attribute: string]: pulumi.Input<string> };
    /** Whether an event is sent again until the function succeeds, for 24 hours at most. @default false */
    retry?: boolean;
}

/** The trigger in the function's own arguments, and the account that it invokes the function as. */
export interface Trigger {
    eventTrigger: input.cloudfunctionsv2.FunctionEventTrigger;
    account: serviceaccount.Account;
    /** What must be there before the trigger is made. */
    dependsOn: pulumi.Resource[];
}

/** The event of a message that was published. */
const MESSAGE = "google.cloud.pubsub.topic.v1.messagePublished";
/** What the events of a bucket's objects begin with. */
const OBJECT = "google.cloud.storage.object.";

/**
 * Makes the account that the trigger invokes the function as. It may receive events and nothing else.
 * @throws ResourceError if the type of the event and the topic do not fit together
 */
export function functionTrigger(
    component: pulumi.Resource,
    name: string,
    args: { location?: pulumi.Input<string>; project?: pulumi.Input<string> },
    trigger: FunctionTriggerArgs,
): Trigger {
    if (!/^google\.[a-z0-9.]+\.v\d+\.\w+$/.test(trigger.eventType)) {
        throw argumentError(
            component,
            "trigger.eventType",
            `"${trigger.eventType}" is no event type; it looks like ${MESSAGE}`,
        );
    }
    if ((trigger.eventType === MESSAGE) !== (trigger.topic !== undefined)) {
        throw argumentError(component, "trigger.topic", `goes with the event type ${MESSAGE}, and with no other`);
    }
    const account = new serviceaccount.Account(
        `${name}-trigger`,
        {
            accountId: ownAccountId(component, `${name}-trigger`),
            displayName: `${name} (trigger)`.slice(0, 100),
            ...defined({ project: args.project }),
        },
        { parent: component },
    );
    const receiver = grantRoles(
        component,
        `${name}-trigger-receiver`,
        name,
        [{ role: "roles/eventarc.eventReceiver" }],
        account,
    );
    void pulumi.log.info(
        `trigger: roles/eventarc.eventReceiver is granted to ${name}'s trigger on the project, as nothing narrower carries it`,
        component,
    );
    return {
        account,
        dependsOn: [
            ...receiver.map(({ binding }) => binding),
            ...(trigger.eventType.startsWith(OBJECT) ? [storagePublisher(component, name, account.project)] : []),
        ],
        eventTrigger: {
            eventType: trigger.eventType,
            ...defined({ triggerRegion: args.location, pubsubTopic: trigger.topic }),
            serviceAccountEmail: account.email,
            retryPolicy: trigger.retry === true ? "RETRY_POLICY_RETRY" : "RETRY_POLICY_DO_NOT_RETRY",
            ...(trigger.filters && {
                eventFilters: Object.entries(trigger.filters).map(([attribute, value]) => ({ attribute, value })),
            }),
        },
    };
}

/**
 * Lets Cloud Storage's service agent publish its events (https://cloud.google.com/eventarc/docs/all-roles-permissions). The
 * project's policy holds this grant once for the functions of all stacks, so it stays when one of them is deleted.
 */
function storagePublisher(
    component: pulumi.Resource,
    name: string,
    project: pulumi.Output<string>,
): projects.IAMMember {
    void pulumi.log.info(
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
