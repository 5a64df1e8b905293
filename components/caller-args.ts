import type * as pulumi from "@pulumi/pulumi";
import type { Target } from "./target";

/** What every caller takes: its project, the account that it calls as, and whether it enables the APIs that it needs. */
export interface CallerArgs {
    /** The ID of the project, such as `shop-prod`. @default - the provider's project */
    project?: pulumi.Input<string>;
    /**
     * The email address of a service account that exists already, such as `web@shop-prod.iam.gserviceaccount.com`, for the
     * caller to run as. Default accounts are refused, because everything in the project shares them
     * (https://cloud.google.com/iam/docs/service-account-types#default).
     * @default - the component makes an account for this caller alone
     */
    serviceAccount?: pulumi.Input<string>;
    /**
     * The ID of the account that the component makes: 6 to 30 lower-case letters, digits and hyphens. It cannot be given
     * together with `serviceAccount` (https://cloud.google.com/iam/docs/service-accounts-create).
     * @default - derived from the component's name, and different for each stack. An account keeps its ID when the component gets
     * another name by an alias; if another component takes the former name then, give that one an ID
     */
    accountId?: pulumi.Input<string>;
    /**
     * Whether the component enables the Google APIs that it needs. They stay enabled after the component is deleted,
     * because others may use them by then.
     * @default false
     */
    enableApis?: boolean;
}

/** The arguments of a Google service that calls one target for you: Cloud Scheduler, Cloud Tasks and Pub/Sub. */
export interface SenderArgs extends CallerArgs {
    /**
     * What is called: an invokable, or a {@link Target} as plain data. An external API is refused, because none of these
     * services can send a secret from Secret Manager.
     */
    target: Target;
    /**
     * The path below the target's URL, such as `/daily`. It begins with a slash.
     * @default - the root of the target
     */
    path?: pulumi.Input<string>;
}
