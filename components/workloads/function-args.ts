import type * as pulumi from "@pulumi/pulumi";
import type { CallerArgs } from "../caller-args";
import type { ServiceSmokeCheckArgs } from "../checks";
import type { Ingress, Target } from "../target";
import type { ExistingArgs } from "./existing";
import type { FunctionBuildArgs } from "./function-build";
import type { FunctionTriggerArgs } from "./function-trigger";
import type { VpcArgs } from "./run-service-args";

/** Arguments of {@link InvokableFunction}. */
export interface InvokableFunctionArgs extends CallerArgs {
    /** The folder of the source, such as `./resize`. It is required unless the function exists already. */
    source?: string;
    /** The runtime, such as `nodejs22` or `python312`. It is required unless the function exists already. */
    runtime?: pulumi.Input<string>;
    /** The name of the function in the source. It is required unless the function exists already. */
    entryPoint?: pulumi.Input<string>;
    /** The region, such as `europe-west1`. It is required unless the function exists already. */
    location?: pulumi.Input<string>;
    /**
     * A function that exists already, which the component then uses as it is. This is the only way to use a function of the
     * 1st generation.
     * @default - the component makes a function of the 2nd generation
     */
    existing?: ExistingFunctionArgs;
    /** The event that invokes the function. Nobody can then call it directly. @default - it is called by HTTP */
    trigger?: FunctionTriggerArgs;
    /** The name of the function in Google Cloud. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** Environment variables of the function, beside those of `invokes`. @default - none */
    env?: { [name: string]: pulumi.Input<string> };
    /**
     * Who can reach the function over the network. IAM decides in any case who may invoke it.
     * @default - `internal`; `all` for an existing function
     */
    ingress?: Ingress;
    /** How the function is built. @default - by an account of its own, into a repository of its own */
    build?: FunctionBuildArgs;
    /** Memory of an instance, such as `512Mi`. @default - as Cloud Run functions does */
    memory?: pulumi.Input<string>;
    /** How long a request may take, in seconds. @default 60 */
    timeoutSeconds?: pulumi.Input<number>;
    /** How many instances run at most. @default - as Cloud Run functions does */
    maxInstances?: pulumi.Input<number>;
    /** Labels of the function and of what its build needs. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** What the function calls, by name, as `invokes` of {@link RunServiceArgs}. @default - nothing */
    invokes?: { [name: string]: Target };
    /** The network that all its requests leave by. It is required to reach a service with internal ingress. @default - none */
    vpc?: VpcArgs;
    /** What is checked after each deploy. @default - only that calls without a token and with a broken token are denied */
    smokeCheck?: ServiceSmokeCheckArgs;
}

/** A function that exists already. */
export interface ExistingFunctionArgs extends ExistingArgs {
    /** The generation of the function, 1 or 2. @default 2 */
    generation?: number;
}
