import { failure, mapOf, type RuntimeMap, type RuntimeValue, type toNumber, WorkflowError } from "../values";
import type { Callee, Frame } from "../frame";
import { CLOUD_PLATFORM, define, requestOf, sendRequest, type RequestArguments } from "../library";
import { invoke, givenOrOwnProject } from "./invoke";
import { pollingPolicy, timeoutOf } from "./params";
import { poll } from "./poll";
import { deadlineIn, expectMap } from "./request";
import { findWithType, textAt } from "./watch";

const CLUSTER = { cluster_id: "string", project: "string?", location: "string?" } as const;
const JOB = { ...CLUSTER, job_name: "string", namespace: "string?", query: "map?", timeout: "number?" } as const;
const AWAIT_SECONDS = 1800;

interface Cluster {
    cluster_id: string;
    project?: string | undefined;
    location?: string | undefined;
}

/** The Kubernetes API: https://cloud.google.com/workflows/docs/reference/connectors/gke/Overview */
export const GKE_HELPERS: readonly Callee[] = [
    define(
        "gke.request",
        {
            ...CLUSTER,
            path: "string",
            method: "string?",
            timeout: "number?",
            body: "any?",
            headers: "map?",
            query: "map?",
        },
        ({ path, method = "GET", ...args }, frame) => send("gke.request", method.toUpperCase(), path, args, frame),
        { blocking: true },
    ),
    define(
        "gke.create_job",
        { ...CLUSTER, job: "map", namespace: "string?", query: "map?", timeout: "number?" },
        async ({ job, namespace, ...args }, frame) =>
            bodyOf(await send("gke.create_job", "POST", jobs(namespace), { ...args, body: job }, frame)),
        { blocking: true },
    ),
    define(
        "gke.delete_job",
        JOB,
        async ({ job_name, namespace, ...args }, frame) =>
            bodyOf(await send("gke.delete_job", "DELETE", `${jobs(namespace)}/${job_name}`, args, frame)),
        { blocking: true },
    ),
    define(
        "gke.await_job",
        { ...JOB, polling_policy: "map?" },
        ({ job_name, namespace, timeout, polling_policy: policy = mapOf({}), ...args }, frame) =>
            awaitJob(`${jobs(namespace)}/${job_name}`, args, { timeout, policy }, frame),
        { blocking: true },
    ),
];

const jobs = (namespace = "default"): string => `/apis/batch/v1/namespaces/${namespace}/jobs`;
const bodyOf = (answer: RuntimeMap): RuntimeValue => answer.get("body") ?? null;

/** Waits for one of the conditions that end a job. */
async function awaitJob(
    path: string,
    args: Cluster & { query?: RuntimeMap | undefined },
    { timeout, policy }: { timeout: Parameters<typeof toNumber>[0] | undefined; policy: RuntimeMap },
    frame: Frame,
): Promise<RuntimeValue> {
    const name = "gke.await_job";
    const seconds = timeoutOf(mapOf({ timeout }), AWAIT_SECONDS, name);
    const call = { connector: name, url: path };
    const look = async (): Promise<RuntimeMap> => expectMap(bodyOf(await send(name, "GET", path, args, frame)), call);
    const has = (job: RuntimeMap, type: string): boolean => textAt(findWithType(job, type), "status") === "True";
    const isDone = (job: RuntimeMap): boolean => has(job, "Complete") || has(job, "Failed");
    const waiting = { frame, deadline: deadlineIn(seconds, frame), call };
    const job = await poll(await look(), isDone, pollingPolicy(policy), waiting, look);
    if (has(job, "Failed")) {
        const message = `the Kubernetes job failed: ${textAt(findWithType(job, "Failed"), "message")}`;
        throw new WorkflowError(mapOf({ tags: ["FailedJobError"], message, job }), message);
    }
    return job;
}

/** Sends a request to a cluster's control plane as the workflow's account. */
async function send(
    name: string,
    method: string,
    path: string,
    { cluster_id, project, location, ...args }: Cluster & Omit<RequestArguments, "url">,
    frame: Frame,
): Promise<RuntimeMap> {
    const where = location ?? frame.execution.env["GOOGLE_CLOUD_LOCATION"] ?? "";
    const cluster = await invoke(
        "googleapis.container.v1.projects.locations.clusters.get",
        { name: `projects/${givenOrOwnProject(project, frame)}/locations/${where}/clusters/${cluster_id}` },
        frame,
    );
    const status = textAt(cluster, "status");
    if (status !== "RUNNING") {
        throw failure("ValueError", `${name}: the cluster "${cluster_id}" does not run, its status is "${status}"`);
    }
    const certificate = textAt(cluster, "masterAuth", "clusterCaCertificate");
    const call = requestOf(method, {
        ...args,
        url: `https://${textAt(cluster, "endpoint")}/${path.replace(/^\/+/, "")}`,
        ...(certificate !== "" && { ca_certificate: new Uint8Array(Buffer.from(certificate, "base64")) }),
    });
    return sendRequest({ ...call, auth: { type: "OAuth2", scopes: [CLOUD_PLATFORM] }, connector: name }, frame);
}
