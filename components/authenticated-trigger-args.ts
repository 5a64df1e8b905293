import type * as eventarc from "@pulumi/gcp/eventarc";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "./base";
import type { CallerArgs } from "./caller-args";
import type { InsideCheckOptions } from "./checks";
import type { Target } from "./target";
import type { EventArgs } from "./workloads";

/**
 * Changes what the component passes to Google's provider. What the component promises must stay: the trigger's account, its events
 * and its destination.
 */
export interface TriggerTransform {
    /** Gets the arguments of the trigger, and changes them in place or returns others. @default - they stay as they are */
    trigger?: Transform<eventarc.TriggerArgs>;
}

/** Options of {@link AuthenticatedTrigger}, beside those that every component takes. */
export interface AuthenticatedTriggerOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes what the component passes to Google's provider, for what {@link AuthenticatedTriggerArgs} does not offer. It is an
     * option and no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { trigger: (trigger) => { trigger.eventDataContentType = "application/json"; } } }
     */
    transform?: TriggerTransform;
}

/** Arguments of {@link AuthenticatedTrigger}. Give one of `target` and `workflow`. */
export interface AuthenticatedTriggerArgs extends CallerArgs, EventArgs {
    /**
     * The region of the trigger, which is that of the events' source, such as the region of the bucket
     * (https://cloud.google.com/eventarc/docs/understand-locations).
     */
    location: pulumi.Input<string>;
    /** The Cloud Run service that gets the events: an `InvokableService`, or a {@link Target} as plain data. @default - none */
    target?: Target;
    /** The path below the service's URL, such as `/uploaded`. It begins with a slash. @default - the root of the service */
    path?: pulumi.Input<string>;
    /**
     * The full name of the workflow that is executed with each event, `projects/P/locations/L/workflows/W`: the output `workflowId`
     * of an `AuthenticatedWorkflow`. A single workflow has no policy of its own, so the trigger's account gets
     * `roles/workflows.invoker` on the project, which the preview says.
     * @default - none
     */
    workflow?: pulumi.Input<string>;
    /**
     * Whether Pub/Sub's service agent of the project was made on or before 8 April 2021. Then it gets
     * `roles/iam.serviceAccountTokenCreator` on the trigger's account; newer agents have what they need
     * (https://cloud.google.com/eventarc/docs/roles-permissions).
     * @default false
     */
    olderPubsubAgent?: boolean;
    /** The name of the trigger in Google Cloud. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** Labels of the trigger. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** What is checked after each deploy. @default - reads the trigger, and the policies in which the component granted something */
    smokeCheck?: InsideCheckOptions;
}
