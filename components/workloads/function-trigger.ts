import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import type { input } from "@pulumi/gcp/types";
import type * as pulumi from "@pulumi/pulumi";
import { keepsId, ownAccountId } from "../grants";
import { checkEvent, type EventArgs, receiveEvents } from "./events";
import { defined } from "../../common";

/** The event that invokes a function (https://cloud.google.com/functions/docs/calling/eventarc). */
export interface FunctionTriggerArgs extends EventArgs {
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
    checkEvent(component, "trigger.", trigger);
    const account = new serviceaccount.Account(
        `${name}-trigger`,
        {
            accountId: ownAccountId(component, `${name}-trigger`),
            displayName: `${name} (trigger)`.slice(0, 100),
            ...defined({ project: args.project }),
        },
        { parent: component, ...keepsId("accountId") },
    );
    const { dependsOn } = receiveEvents(component, name, trigger.eventType, account, true);
    return {
        account,
        dependsOn,
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
