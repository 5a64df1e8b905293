import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "./base";
import type { CallerArgs } from "./caller-args";
import type { CallersCheckOptions } from "./checks";
import type { Target } from "./target";
import type { ProgramSettings, Volume, VpcArgs } from "./workloads";

/**
 * Changes what the component passes to Google's provider. What the component promises must stay: the worker pool's account, and the
 * variables of what it invokes.
 */
export interface WorkerPoolTransform {
    /** Gets the arguments of the worker pool, and changes them in place or returns others. @default - they stay as they are */
    workerPool?: Transform<cloudrunv2.WorkerPoolArgs>;
}

/** Options of {@link AuthenticatedWorkerPool}, beside those that every component takes. */
export interface AuthenticatedWorkerPoolOptions extends pulumi.ComponentResourceOptions {
    /**
     * Changes what the component passes to Google's provider, for what {@link AuthenticatedWorkerPoolArgs} does not offer. It is an
     * option and no argument because only programs in TypeScript have it: other languages use Pulumi's own `transforms`.
     * @default - nothing is changed
     * @example { transform: { workerPool: (pool) => { pool.description = "pulls orders"; } } }
     */
    transform?: WorkerPoolTransform;
}

/** The smoke check of a worker pool. Nobody can call one, so that it asks who may read its secrets, and what it may call. */
export interface WorkerPoolSmokeCheckArgs extends CallersCheckOptions {
    /**
     * The paths that the check requests of what the worker pool invokes, such as `{ stock: "/healthz" }`, by the names of `invokes`.
     * The requests are made as the worker pool's own account, by a workflow that runs as it and returns their statuses. A check
     * that tries again requests them again.
     * @default - the check looks for the worker pool's grants in the policies, and makes no request
     */
    calls?: { [target: string]: string };
}

/** Arguments of {@link AuthenticatedWorkerPool}. */
export interface AuthenticatedWorkerPoolArgs extends CallerArgs, ProgramSettings {
    /** The container image, such as `europe-docker.pkg.dev/acme/shop/puller:1`. */
    image: pulumi.Input<string>;
    /** The region, such as `europe-west1`. */
    location: pulumi.Input<string>;
    /** What the worker pool calls, by name, as `invokes` of {@link RunServiceArgs}. */
    invokes: { [name: string]: Target };
    /** The name of the worker pool in Google Cloud. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /**
     * How many instances run (https://cloud.google.com/run/docs/configuring/workerpools/manual-scaling).
     * @default 1
     */
    instances?: pulumi.Input<number>;
    /** Folders of the container by their absolute paths, as `volumes` of {@link RunServiceArgs}. @default - none */
    volumes?: { [path: string]: Volume };
    /** Labels of the worker pool. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether Google's provider refuses to delete the worker pool. @default false */
    deletionProtection?: pulumi.Input<boolean>;
    /** The network that all its requests leave by. It is required to reach a service with internal ingress. @default - none */
    vpc?: VpcArgs;
    /** What is checked after each deploy. @default - the grants of the worker pool's account are looked up in the policies */
    smokeCheck?: WorkerPoolSmokeCheckArgs;
}
