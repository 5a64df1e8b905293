import type * as pulumi from "@pulumi/pulumi";
import type { CallerArgs } from "../caller-args";
import type { ContainerSettings, Protocol, Sidecar, Volume } from "./container-args";
import type { Target } from "../target";
import type { TrafficShare } from "./traffic";

/** The environment that containers run in (https://cloud.google.com/run/docs/about-execution-environments). */
export enum ExecutionEnvironment {
    /** The first generation: it starts fast. */
    Gen1 = "gen1",
    /** The second generation: the container has all that Linux offers. */
    Gen2 = "gen2",
}

/** What a Cloud Run service takes, with or without Identity-Aware Proxy in front of it. */
export interface RunServiceArgs extends CallerArgs, ContainerSettings {
    /**
     * The container image, such as `europe-docker.pkg.dev/acme/shop/orders:1`. It is required unless the service exists
     * already.
     */
    image?: pulumi.Input<string>;
    /** The region, such as `europe-west1`. It is required unless the service exists already. */
    location?: pulumi.Input<string>;
    /** The name of the service in Google Cloud. @default - the component's name and seven random characters */
    name?: pulumi.Input<string>;
    /** The port on which the container listens. It finds it in the variable `PORT`. @default 8080 */
    port?: pulumi.Input<number>;
    /** The protocol in which requests reach the container. @default - HTTP/1.1 */
    protocol?: Protocol;
    /** How many instances run at least, also while no request comes. @default 0 */
    minInstances?: pulumi.Input<number>;
    /** How many instances of a revision run at most. @default - as Cloud Run does */
    maxInstances?: pulumi.Input<number>;
    /** How many requests an instance answers at once, 1 to 1000. @default 80 */
    concurrency?: pulumi.Input<number>;
    /** How long a request may take, in seconds, up to 3600. @default 300 */
    timeoutSeconds?: pulumi.Input<number>;
    /** Whether requests of one client go to the same instance as far as possible. @default false */
    sessionAffinity?: pulumi.Input<boolean>;
    /**
     * Whether an instance has its CPU also between requests, which is billed by the time that the instance runs
     * (https://cloud.google.com/run/docs/configuring/billing-settings).
     * @default - false; true with a GPU
     */
    cpuAlwaysAllocated?: pulumi.Input<boolean>;
    /** Whether an instance has more CPU while it starts. @default - as Cloud Run does */
    startupCpuBoost?: pulumi.Input<boolean>;
    /** The type of the instance's GPU, such as `nvidia-l4` (https://cloud.google.com/run/docs/configuring/services/gpu). @default - none */
    gpu?: pulumi.Input<string>;
    /** Whether GPUs are reserved in several zones, so that the service outlives the loss of one. @default false */
    gpuZonalRedundancy?: pulumi.Input<boolean>;
    /** The environment that the containers run in. @default - as Cloud Run chooses; `gen2` with a bucket or NFS */
    executionEnvironment?: ExecutionEnvironment;
    /**
     * Folders of the container by their absolute paths, which hold files of others or are in memory.
     * @default - none
     * @example { "/assets": { bucket: assets.name, readOnly: true }, "/scratch": { memory: "256Mi" } }
     */
    volumes?: { [path: string]: Volume };
    /** Containers beside the one that answers requests, by their names. @default - none */
    sidecars?: { [name: string]: Sidecar };
    /**
     * Which revisions get how much of the traffic.
     * @default - the newest one gets it all
     * @example [{ percent: 90, revision: "orders-00007-abc" }, { percent: 10, tag: "next" }]
     */
    traffic?: TrafficShare[];
    /**
     * The full name of the key of Cloud KMS that encrypts the image: `projects/P/locations/L/keyRings/R/cryptoKeys/K`. The service agent
     * of Cloud Run needs `roles/cloudkms.cryptoKeyEncrypterDecrypter` on it (https://cloud.google.com/run/docs/securing/using-cmek).
     * @default - a key of Google's
     */
    encryptionKey?: pulumi.Input<string>;
    /** Annotations of the service. @default - none */
    annotations?: { [name: string]: pulumi.Input<string> };
    /** Labels of the service. @default - none */
    labels?: { [name: string]: pulumi.Input<string> };
    /** Whether Google's provider refuses to delete the service. @default false */
    deletionProtection?: pulumi.Input<boolean>;
    /**
     * What the service calls, by name. The URL of `stock` arrives in the environment as `STOCK_URL`, its audience as
     * `STOCK_AUDIENCE` if that is not the URL, and the secret of an external API as `STOCK_SECRET`. The service's account
     * gets the grant that it needs on each of them. The code gets its ID tokens from the metadata server
     * (https://cloud.google.com/run/docs/authenticating/service-to-service).
     * @default - nothing
     */
    invokes?: { [name: string]: Target };
    /** The network that all its requests leave by. It is required to reach a service with internal ingress. @default - none */
    vpc?: VpcArgs;
}

/** Direct VPC egress for all requests (https://cloud.google.com/run/docs/configuring/vpc-direct-vpc). */
export interface VpcArgs {
    /** The network. @default - the network of the subnetwork */
    network?: pulumi.Input<string>;
    /** The subnetwork that requests leave by. */
    subnetwork: pulumi.Input<string>;
}
