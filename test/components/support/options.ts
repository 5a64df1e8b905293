import * as pulumi from "@pulumi/pulumi";
import { image, location, service } from "./programs";
import {
    AuthenticatedQueue,
    type AuthenticatedQueueArgs,
    AuthenticatedSchedule,
    type AuthenticatedScheduleArgs,
    AuthenticatedTrigger,
    type AuthenticatedTriggerArgs,
    AuthenticatedWorkerPool,
    type AuthenticatedWorkerPoolArgs,
    ExecutionEnvironment,
    Ingress,
    InvokableFunction,
    type InvokableFunctionArgs,
    InvokableJob,
    type InvokableJobArgs,
    InvokableService,
    type InvokableServiceArgs,
    Protocol,
} from "../../../index";

/** The account that all these components run as, so that they make none. */
export const account = "own@demo.iam.gserviceaccount.com";

/** An option that another test covers, because it excludes others or makes no resource. */
type Elsewhere = "regions" | "existing" | "project" | "accountId" | "enableApis" | "smokeCheck" | "serviceAccount";

/** Every option with a value. An option without one does not compile. */
type Every<Args> = Required<Omit<Args, Elsewhere>>;

export const target = () => service("t", { ingress: Ingress.All });
export const vpc = { subnetwork: "default", network: "default" };
const secrets = {
    API_KEY: { secret: "key", version: "1" },
    "/secrets/key/current": { secret: "key", version: "latest" },
    "/secrets/key/first": { secret: "key", version: "1" },
    "/secrets/other/password": { secret: "password", project: "demo", version: "1" },
};

export const ofService = (t = target()): Every<InvokableServiceArgs> => ({
    ...{ image, location, name: "orders", env: { LEVEL: "info" }, secrets, cpu: "6", memory: "16Gi" },
    ...{ command: ["/serve"], args: ["--fast"], port: 9000, protocol: Protocol.Http2 },
    ...{ minInstances: 1, maxInstances: 3, concurrency: 20, timeoutSeconds: 60, sessionAffinity: true },
    ...{ cpuAlwaysAllocated: pulumi.output(true), startupCpuBoost: true, gpu: "nvidia-l4", gpuZonalRedundancy: true },
    executionEnvironment: ExecutionEnvironment.Gen2,
    startupProbe: {
        ...{ path: "/ready", port: 9000, initialDelaySeconds: 1, periodSeconds: 2 },
        ...{ timeoutSeconds: 2, failureThreshold: 5 },
    },
    livenessProbe: { grpcService: "health", port: 9000, periodSeconds: 20 },
    volumes: {
        "/assets": { bucket: "demo-assets", readOnly: true },
        "/uploads": { bucket: "demo-uploads" },
        "/scratch": { memory: "64Mi" },
        "/share": { nfsServer: "10.0.0.2", nfsPath: "/exports", readOnly: true },
        "/cloudsql": { cloudSqlInstances: ["demo:europe-west1:orders"] },
    },
    sidecars: {
        proxy: {
            ...{ image: "proxy:1", startsFirst: true, volumes: ["/scratch"], command: ["/proxy"], args: ["-v"] },
            ...{ env: { UP: "1" }, cpu: "1", memory: "256Mi", startupProbe: { port: 9001 } },
            ...{ livenessProbe: { path: "/live", port: 9001 }, secrets: { PROXY_KEY: { secret: "proxy" } } },
        },
    },
    traffic: [{ percent: 100 }, { revision: "orders-00001-abc", percent: 0, tag: "old" }],
    encryptionKey: "projects/demo/locations/europe-west1/keyRings/r/cryptoKeys/k",
    ...{ annotations: { "example.com/team": "shop" }, labels: { team: "shop" }, deletionProtection: true },
    ...{ invokes: { t }, vpc, ingress: Ingress.All },
    ...{ customAudiences: ["https://orders.example.com"], domain: "https://orders.example.com" },
});

export const ofFunction = (t = target()): Omit<Every<InvokableFunctionArgs>, "trigger" | "build"> => ({
    ...{ source: __dirname, runtime: "nodejs22", entryPoint: "x", location, name: "resize", env: { LEVEL: "info" } },
    ...{ secrets, cpu: "1", memory: "512Mi", concurrency: 4, minInstances: 1, maxInstances: 3, timeoutSeconds: 70 },
    encryptionKey: "projects/demo/locations/europe-west1/keyRings/r/cryptoKeys/k",
    ...{ labels: { team: "shop" }, invokes: { t }, vpc, ingress: Ingress.All },
});

export const ofSchedule = (t = target()): Omit<Every<AuthenticatedScheduleArgs>, "invokers"> => ({
    ...{ location, schedule: "0 6 * * *", timeZone: "Europe/Berlin", method: "PUT", body: "x", headers: { a: "b" } },
    ...{ retries: 3, attemptDeadline: "600s", paused: true, name: "report", description: "x", path: "/daily" },
    retry: { maxDuration: "900s", minBackoff: "6s", maxBackoff: "60s", maxDoublings: 2 },
    target: t,
});

export const ofQueue = (t = target()): Omit<Every<AuthenticatedQueueArgs>, "enqueuers"> => ({
    ...{ location, method: "PUT", name: "emails", path: "/send", target: t },
    retry: { maxAttempts: 3, minBackoff: "1s", maxBackoff: "9s", maxDoublings: 2, maxRetryDuration: "600s" },
    ...{ maxDispatchesPerSecond: 5, maxConcurrentDispatches: 6 },
});

export const ofJob = (t = target()): Omit<Every<InvokableJobArgs>, "overrides"> => ({
    ...{ image, location, name: "report", env: { LEVEL: "info" }, secrets, cpu: "1", memory: "512Mi" },
    ...{ command: ["/report"], args: ["--all"], taskCount: 4, parallelism: 2, maxRetries: 1, timeoutSeconds: 60 },
    volumes: { "/uploads": { bucket: "demo-uploads" }, "/scratch": { memory: "64Mi" } },
    ...{ labels: { team: "shop" }, deletionProtection: true, invokes: { t }, vpc },
});

export const ofWorkerPool = (t = target()): Every<AuthenticatedWorkerPoolArgs> => ({
    ...{ image, location, name: "puller", env: { LEVEL: "info" }, secrets, cpu: "1", memory: "512Mi" },
    ...{ command: ["/pull"], args: ["--all"], instances: 2, labels: { team: "shop" }, deletionProtection: true },
    volumes: { "/uploads": { bucket: "demo-uploads" }, "/scratch": { memory: "64Mi" } },
    ...{ invokes: { t }, vpc },
});

export const ofTrigger = (t = target()): Omit<Every<AuthenticatedTriggerArgs>, "topic" | "workflow"> => ({
    ...{ location, eventType: "google.cloud.storage.object.v1.finalized", filters: { bucket: "demo-uploads" } },
    ...{ target: t, path: "/uploaded", olderPubsubAgent: true, name: "uploaded", labels: { team: "shop" } },
});

/** Each component, made with every option but those that are taken away. */
export const components: Record<
    string,
    { options: () => object; make: (options: object) => unknown; required: string[] }
> = {
    service: {
        options: ofService,
        make: (options) => new InvokableService("c", { ...(options as InvokableServiceArgs), serviceAccount: account }),
        required: ["image", "location", "customAudiences", "invokes.t"],
    },
    function: {
        options: ofFunction,
        make: (options) =>
            new InvokableFunction("c", { ...(options as InvokableFunctionArgs), serviceAccount: account }),
        required: ["source", "location", "runtime", "entryPoint", "invokes.t"],
    },
    job: {
        options: ofJob,
        make: (options) => new InvokableJob("c", { ...(options as InvokableJobArgs), serviceAccount: account }),
        required: ["image", "location", "invokes.t"],
    },
    "worker pool": {
        options: ofWorkerPool,
        make: (options) =>
            new AuthenticatedWorkerPool("c", {
                ...(options as AuthenticatedWorkerPoolArgs),
                serviceAccount: account,
            }),
        required: ["image", "location", "invokes.t", "invokes"],
    },
    trigger: {
        options: ofTrigger,
        make: (options) =>
            new AuthenticatedTrigger("c", {
                ...(options as AuthenticatedTriggerArgs),
                ...{ serviceAccount: account, project: "demo" },
            }),
        required: ["location", "eventType", "target"],
    },
    schedule: {
        options: ofSchedule,
        make: (options) =>
            new AuthenticatedSchedule("c", { ...(options as AuthenticatedScheduleArgs), serviceAccount: account }),
        required: ["location", "schedule", "target"],
    },
    queue: {
        options: ofQueue,
        make: (options) =>
            new AuthenticatedQueue("c", { ...(options as AuthenticatedQueueArgs), serviceAccount: account }),
        required: ["location", "target"],
    },
};
