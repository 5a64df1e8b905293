import * as projects from "@pulumi/gcp/projects";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as storage from "@pulumi/gcp/storage";
import type { input } from "@pulumi/gcp/types";
import * as pulumi from "@pulumi/pulumi";
import { ownAccountId, grantRoles } from "../grants";
import { argumentError } from "../base";

/** The event that invokes a function (https://cloud.google.com/functions/docs/calling/eventarc). */
export interface FunctionTriggerArgs {
    /** Such as `google.cloud.pubsub.topic.v1.messagePublished` or `google.cloud.storage.object.v1.finalized`. */
    eventType: string;
    /** For messages of Pub/Sub: the topic, `projects/P/topics/T`. */
    topic?: pulumi.Input<string>;
    /** What the event's attributes must be, such as `bucket`. */
    filters?: { [attribute: string]: pulumi.Input<string> };
    /** Whether an event is sent again until the function succeeds. @default false */
    retry?: boolean;
}

/** A trigger as the function has it, and the account that it invokes the function as. */
export interface Trigger {
    eventTrigger: input.cloudfunctionsv2.FunctionEventTrigger;
    account: serviceaccount.Account;
    /** An event is delivered by whoever may receive it. */
    dependsOn: pulumi.Resource[];
}

const MESSAGE = "google.cloud.pubsub.topic.v1.messagePublished";
const OBJECT = "google.cloud.storage.object.";

/** Makes the account that the trigger invokes the function as, which may receive events and nothing else. */
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
            ...(args.project && { project: args.project }),
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
            ...(args.location && { triggerRegion: args.location }),
            serviceAccountEmail: account.email,
            retryPolicy: trigger.retry === true ? "RETRY_POLICY_RETRY" : "RETRY_POLICY_DO_NOT_RETRY",
            ...(trigger.topic && { pubsubTopic: trigger.topic }),
            ...(trigger.filters && {
                eventFilters: Object.entries(trigger.filters).map(([attribute, value]) => ({ attribute, value })),
            }),
        },
    };
}

/**
 * Lets Cloud Storage's own agent publish its events (https://cloud.google.com/eventarc/docs/all-roles-permissions). The
 * policy of the project holds that once, for the functions of all stacks: the grant stays when one of them is gone.
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
    return new projects.IAMMember(
        `${name}-trigger-storage`,
        { project, role: "roles/pubsub.publisher", member: pulumi.interpolate`serviceAccount:${agent.emailAddress}` },
        { parent: component, retainOnDelete: true },
    );
}
