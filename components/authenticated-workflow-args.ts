import type * as workflows from "@pulumi/gcp/workflows";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "./base";
import type { CallerArgs } from "./caller-args";
import type { WorkflowSmokeCheckArgs } from "./checks";
import type { Target } from "./target";
import type { PrivateServiceArgs } from "./wiring";

/** Which of an execution's calls Workflows logs (https://cloud.google.com/workflows/docs/log-workflow#call-logging). */
export enum CallLogLevel {
    /** All calls of subworkflows and library functions, with their results. */
    All = "LOG_ALL_CALLS",
    /** Only calls that fail. */
    ErrorsOnly = "LOG_ERRORS_ONLY",
    /** No calls. */
    None = "LOG_NONE",
}

/**
 * Changes what the component passes to Google's provider. What the component promises must stay: the workflow's account, its source
 * with the `auth` sections, and the variables of its targets.
 */
export interface WorkflowTransform {
    /** Gets the arguments of the workflow, and changes them in place or returns others. @default - they stay as they are */
    workflow?: Transform<workflows.WorkflowArgs>;
}

/** Options of {@link AuthenticatedWorkflow}, beside those that every component takes. */
export interface AuthenticatedWorkflowOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes what the component passes to Google's provider, for what {@link AuthenticatedWorkflowArgs} does not offer. It is an option and
     * no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { workflow: (workflow) => { workflow.cryptoKeyName = key.id; } } }
     */
    transform?: WorkflowTransform;
}

/** Arguments of {@link AuthenticatedWorkflow}. */
export interface AuthenticatedWorkflowArgs extends CallerArgs {
    /** The region of the workflow, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /**
     * The definition in YAML or JSON, written without `auth`: a `FileAsset`, a `StringAsset`, or what `workflow()` of this
     * package returns.
     */
    source: pulumi.Input<pulumi.asset.Asset>;
    /**
     * What the workflow calls, by name. The source reads the URL of `orders` by `sys.get_env("ORDERS_URL")`, and that of
     * `stock-api` by `sys.get_env("STOCK_API_URL")`. The workflow's account gets the grant that it needs on each of them.
     * @default - the workflow calls nothing that needs a credential
     */
    targets?: { [name: string]: Target };
    /**
     * The services of Service Directory by which the workflow reaches targets in a network of yours, by the keys of `targets`. The
     * component writes `private_service_name` into their calls, and lets the service agent of Workflows resolve the service
     * (`roles/servicedirectory.viewer`) and access its network (`roles/servicedirectory.pscAuthorizedService` on the network's
     * project). The target's own front door decides as ever who gets in
     * (https://docs.cloud.google.com/workflows/docs/invoke-private-endpoint-vpc).
     * @default - all targets are reached by the hosts of their URLs
     * @example { privateServices: { orders: { name: directoryService.name } } }
     */
    privateServices?: { [target: string]: PrivateServiceArgs };
    /** The name of the workflow in Google Cloud. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** A text about the workflow, for people. @default - none */
    description?: pulumi.Input<string>;
    /**
     * Variables that the source reads by `sys.get_env`, beside those of the targets. A workflow takes 20 at most
     * (https://cloud.google.com/workflows/quotas).
     * @default - none
     */
    env?: { [name: string]: pulumi.Input<string> };
    /** Which calls Workflows logs. @default - as Workflows does if nothing is set */
    callLogLevel?: pulumi.Input<CallLogLevel>;
    /** Labels of the workflow. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether Google's provider refuses to delete the workflow. @default false */
    deletionProtection?: pulumi.Input<boolean>;
    /**
     * Who may execute the workflow, as IAM members, such as `serviceAccount:web@shop-prod.iam.gserviceaccount.com`. A single
     * workflow has no policy of its own, so each member gets `roles/workflows.invoker` on the project, which holds for all
     * its workflows. The preview warns of that. `allUsers` and `allAuthenticatedUsers` are refused.
     * @default - nobody
     */
    invokers?: pulumi.Input<string>[];
    /** What is checked after each deploy. @default - reads the policies in which the component granted something */
    smokeCheck?: WorkflowSmokeCheckArgs;
}
