import type * as cloudfunctionsv2 from "@pulumi/gcp/cloudfunctionsv2";
import type * as pulumi from "@pulumi/pulumi";
import type { CallerArgs } from "../caller-args";
import type { ServiceSmokeCheckArgs } from "../checks";
import type { Ingress, Target } from "../target";
import type { ExistingArgs } from "./existing";
import type { Transform } from "../base";
import type { FunctionBuildArgs } from "./function-build";
import type { FunctionTriggerArgs } from "./function-trigger";
import type { VpcArgs } from "./run-service-args";
import type { SecretSource } from "../wiring";

/**
 * Changes what the component passes to Google's provider, for what its arguments do not offer. What the component promises must
 * stay: its accounts, its ingress, its trigger, and the variables of what it invokes.
 */
export interface FunctionTransform {
    /** Gets the arguments of the function, and changes them in place or returns others. @default - they stay as they are */
    function?: Transform<cloudfunctionsv2.FunctionArgs>;
}

/** Options of {@link InvokableFunction}, beside those that every component takes. */
export interface InvokableFunctionOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes the arguments of the function before it is made, for what {@link InvokableFunctionArgs} does not offer. It is an
     * option and no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { function: (made) => { made.description = "makes pictures smaller"; } } }
     */
    transform?: FunctionTransform;
}

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
    /**
     * Secrets for the function. A key is the name of a variable, such as `API_KEY`, or the absolute path of a file, such as
     * `/secrets/db/password`. The function's account gets `roles/secretmanager.secretAccessor` on each of these secrets alone
     * (https://cloud.google.com/functions/docs/configuring/secrets).
     * @default - none
     * @example { API_KEY: { secret: apiKey.secretId }, "/secrets/db/password": { secret: "db-password", version: "3" } }
     */
    secrets?: { [place: string]: SecretSource };
    /** CPU of an instance, such as `1` or `500m`. @default - as Cloud Run functions does, by the memory */
    cpu?: pulumi.Input<string>;
    /** Memory of an instance, such as `512Mi`. @default - as Cloud Run functions does */
    memory?: pulumi.Input<string>;
    /** How many requests an instance answers at once, 1 to 1000. More than one needs a CPU of at least 1. @default 1 */
    concurrency?: pulumi.Input<number>;
    /** How many instances run at least, also while no request comes. @default 0 */
    minInstances?: pulumi.Input<number>;
    /** How long a request may take, in seconds. @default 60 */
    timeoutSeconds?: pulumi.Input<number>;
    /** How many instances run at most. @default - as Cloud Run functions does */
    maxInstances?: pulumi.Input<number>;
    /**
     * The full name of the key of Cloud KMS that encrypts source and image: `projects/P/locations/L/keyRings/R/cryptoKeys/K`
     * (https://cloud.google.com/functions/docs/securing/cmek).
     * @default - a key of Google's
     */
    encryptionKey?: pulumi.Input<string>;
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
