import type * as pulumi from "@pulumi/pulumi";
import type { SecretSource } from "../wiring";

/** The protocol in which Cloud Run talks to a container (https://cloud.google.com/run/docs/configuring/http2). */
export enum Protocol {
    /** HTTP/1.1. A request in HTTP/2 is translated. */
    Http1 = "http1",
    /** HTTP/2 without TLS from end to end, which gRPC with streams needs. */
    Http2 = "h2c",
}

/**
 * How Cloud Run asks a container whether it is well: by HTTP with `path`, by gRPC with `grpcService`, and otherwise by opening a
 * TCP connection (https://cloud.google.com/run/docs/configuring/healthchecks).
 * @example { path: "/healthz", periodSeconds: 5 }
 */
export interface HealthCheck {
    /** The path of an HTTP request, such as `/healthz`. A status from 200 to 399 is well. @default - no HTTP request */
    path?: pulumi.Input<string>;
    /** The service that a check by gRPC asks about; an empty text asks about the whole server. @default - no check by gRPC */
    grpcService?: pulumi.Input<string>;
    /** The port that is asked. @default - the port of the container */
    port?: pulumi.Input<number>;
    /** How long after its start the container is first asked, in seconds. @default 0 */
    initialDelaySeconds?: pulumi.Input<number>;
    /** How long it is from one check to the next, in seconds. @default 10 */
    periodSeconds?: pulumi.Input<number>;
    /** How long an answer may take, in seconds. @default 1 */
    timeoutSeconds?: pulumi.Input<number>;
    /** After how many failures in a row the container is ended. @default 3 */
    failureThreshold?: pulumi.Input<number>;
}

/** What every container takes, of a service and of a job. */
export interface ProgramSettings {
    /** Environment variables of the container. @default - none but those of what it invokes */
    env?: { [name: string]: pulumi.Input<string> };
    /**
     * Secrets for the container. A key is the name of a variable, such as `API_KEY`, or the absolute path of a file, such as
     * `/secrets/db/password`. The account that it runs as gets `roles/secretmanager.secretAccessor` on each of these secrets alone, and
     * it starts only after that. Files of different secrets are in different folders
     * (https://cloud.google.com/run/docs/configuring/services/secrets).
     * @default - none
     * @example { API_KEY: { secret: apiKey.secretId }, "/secrets/db/password": { secret: "db-password", version: "3" } }
     */
    secrets?: { [place: string]: SecretSource };
    /** The program that the container starts. @default - the entry point of the image */
    command?: pulumi.Input<string>[];
    /** The arguments of the program. @default - those of the image */
    args?: pulumi.Input<string>[];
    /** CPU of an instance, such as `1` or `500m`. @default - as Cloud Run does */
    cpu?: pulumi.Input<string>;
    /** Memory of an instance, such as `512Mi`. @default - as Cloud Run does */
    memory?: pulumi.Input<string>;
}

/** What every container of a service takes. */
export interface ContainerSettings extends ProgramSettings {
    /** How it is found out that the container has started. @default - its port is open */
    startupProbe?: HealthCheck;
    /** How it is found out that the container still works; if it does not, it is started again. @default - it is not asked */
    livenessProbe?: HealthCheck;
}

/**
 * A container beside the one that answers requests (https://cloud.google.com/run/docs/deploying#sidecars).
 * @example { image: "otel/opentelemetry-collector:0.118.0", startsFirst: true }
 */
export interface Sidecar extends ContainerSettings {
    /** The image of the container. */
    image: pulumi.Input<string>;
    /** Whether the container that answers requests waits until this one has started. @default false */
    startsFirst?: boolean;
    /** The paths of those of the service's `volumes` that this container has too. @default - none */
    volumes?: string[];
}

/**
 * A folder of a container. Give one of `bucket`, `memory`, `nfsServer` and `cloudSqlInstances`.
 * @example { bucket: assets.name, readOnly: true }
 */
export interface Volume {
    /**
     * A bucket of Cloud Storage, whose objects are the files. The service's account gets `roles/storage.objectUser` on this bucket,
     * or `roles/storage.objectViewer` if it is read only (https://cloud.google.com/run/docs/configuring/services/cloud-storage-volume-mounts).
     * @default - none
     */
    bucket?: pulumi.Input<string>;
    /** Whether the container may only read. It is for a bucket and for NFS. @default false */
    readOnly?: boolean;
    /** A folder in the memory of the instance, of this size, such as `256Mi`. @default - none */
    memory?: pulumi.Input<string>;
    /** The name or the IP address of an NFS server in the service's network. @default - none */
    nfsServer?: pulumi.Input<string>;
    /** The folder of the NFS server. @default "/" */
    nfsPath?: pulumi.Input<string>;
    /**
     * The connection names of Cloud SQL instances, such as `shop-prod:europe-west1:orders`, whose sockets are in the folder
     * `/cloudsql`. The service's account gets `roles/cloudsql.client` on its project, because an instance has no policy of its own.
     * @default - none
     */
    cloudSqlInstances?: pulumi.Input<string>[];
}
