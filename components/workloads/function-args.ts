import type * as pulumi from "@pulumi/pulumi";
import type { ServiceSmokeCheckArgs } from "../checks";
import type { Ingress, Target } from "../target";
import type { ExistingArgs } from "./existing";
import type { FunctionBuildArgs } from "./function-build";
import type { FunctionTriggerArgs } from "./function-trigger";
import type { VpcArgs } from "./run-service";

/** Arguments of {@link InvokableFunction}. */
export interface InvokableFunctionArgs {
    /** The folder of the source, such as `./resize`. Needed unless the function exists. */
    source?: string;
    /** Such as `nodejs22` or `python312`. Needed unless the function exists. */
    runtime?: pulumi.Input<string>;
    /** The function in the source. Needed unless the function exists. */
    entryPoint?: pulumi.Input<string>;
    /** The region, such as `europe-west1`. Needed unless the function exists. */
    location?: pulumi.Input<string>;
    /** A function that others made, instead of one of its own; of the 1st generation only such. */
    existing?: ExistingFunctionArgs;
    /** The event that invokes it; then nobody calls it directly. @default - it is called by HTTP */
    trigger?: FunctionTriggerArgs;
    /** @default - the provider's project */
    project?: pulumi.Input<string>;
    /** The function's name. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** Environment variables. */
    env?: { [name: string]: pulumi.Input<string> };
    /** Who reaches it over the network. @default - internal; of an existing one, all */
    ingress?: Ingress;
    /** An account to run as that exists, by its email address. @default - one of its own */
    serviceAccount?: pulumi.Input<string>;
    /** The name of its own account, 6 to 30 characters. @default - made from the component's name */
    accountId?: pulumi.Input<string>;
    /** @default - an account and a repository of its own */
    build?: FunctionBuildArgs;
    /** Memory of an instance, such as `512Mi`. @default - Cloud Run functions' */
    memory?: pulumi.Input<string>;
    /** How long a request may take, in seconds. @default 60 */
    timeoutSeconds?: pulumi.Input<number>;
    /** @default - Cloud Run functions' */
    maxInstances?: pulumi.Input<number>;
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether the APIs that it needs are enabled in the project, and stay so when it is gone. @default false */
    enableApis?: boolean;
    /** What the function calls, by name, as {@link InvokableServiceArgs}' `invokes`. */
    invokes?: { [name: string]: Target };
    /** The network that its requests leave by: needed to reach services with internal ingress. */
    vpc?: VpcArgs;
    /** @default - refused calls only */
    smokeCheck?: ServiceSmokeCheckArgs;
}

/** A function that others made. */
export interface ExistingFunctionArgs extends ExistingArgs {
    /** 1 or 2. @default 2 */
    generation?: number;
}
