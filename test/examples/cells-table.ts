import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    AuthenticatedTrigger,
    AuthenticatedWorkerPool,
    AuthenticatedWorkflow,
    ExternalApi,
    googleApi,
    Ingress,
    InvokableAgent,
    InvokableBackend,
    InvokableFunction,
    InvokableGateway,
    InvokableJob,
    InvokableMcpServer,
    InvokableService,
    type Target,
} from "../../index";
import type { Sandboxed } from "../support/sandboxed";
import { folder, location } from "./support";

const iapClientId = "1-a.apps.googleusercontent.com";
const off = { smokeCheck: { enabled: false } };
const source = path.join(folder, "workflow-to-everything/function");
const subnetwork = "default";
const entry = { entries: [{ logName: "projects/demo/logs/cells", textPayload: "called" }] };
const scopes = ["https://www.googleapis.com/auth/logging.write"];
const logging = "/v2/entries:write";

/** Each column of the table: the role that lets a caller in, what asks for it, and for whom the ID token is. */
export const columns: Record<string, { role: string; permission: string; audience?: RegExp; make: () => Target }> = {
    run: {
        role: "roles/run.invoker",
        permission: "run.routes.invoke",
        audience: /^https:\/\/run-[^/]+\.run\.app$/,
        make: () => new InvokableService("run", { image: "x/run:1", location }),
    },
    mcp: {
        role: "roles/run.invoker",
        permission: "run.routes.invoke",
        audience: /^https:\/\/mcp-[^/]+\.run\.app$/,
        make: () => new InvokableMcpServer("mcp", { image: "x/mcp:1", location }),
    },
    agent: {
        role: "roles/run.invoker",
        permission: "run.routes.invoke",
        audience: /^https:\/\/agent-[^/]+\.run\.app$/,
        make: () => new InvokableAgent("agent", { image: "x/agent:1", location, publicCard: false }),
    },
    second: {
        role: "roles/run.invoker",
        permission: "run.routes.invoke",
        audience: /^https:\/\/price-[^/]+\.run\.app$/,
        make: () =>
            new InvokableFunction("second", {
                ...{ name: "price", source, runtime: "nodejs22", entryPoint: "price", location, ...off },
            }),
    },
    first: {
        role: "roles/cloudfunctions.invoker",
        permission: "cloudfunctions.functions.invoke",
        audience: /^https:\/\/[^/]+\.cloudfunctions\.net\/legacy$/,
        make: () => InvokableFunction.fromExisting("first", { name: "legacy", location, generation: 1 }),
    },
    iap: {
        role: "roles/iap.httpsResourceAccessor",
        permission: "iap.webServiceVersions.accessViaIAP",
        audience: new RegExp(`^${iapClientId}$`),
        make: () => new InvokableBackend("iap", { image: "x/iap:1", location, iapClientId, ...off }),
    },
    // GKE, Compute Engine and on-premises: an application behind a load balancer's backend service.
    backend: {
        role: "roles/iap.httpsResourceAccessor",
        permission: "iap.webServiceVersions.accessViaIAP",
        audience: new RegExp(`^${iapClientId}$`),
        make: () =>
            new InvokableBackend("backend", {
                ...{ url: "https://erp.example.com", existing: { backendService: "erp" }, iapClientId },
                ...{ programmaticAccess: true, ...off },
            }),
    },
    api: {
        role: "roles/logging.logWriter",
        permission: "logging.logEntries.create",
        make: () => googleApi("logging.googleapis.com", { grants: [{ role: "roles/logging.logWriter" }], scopes }),
    },
    job: {
        role: "roles/run.invoker",
        permission: "run.jobs.run",
        make: () => new InvokableJob("job", { image: "x/job:1", location }),
    },
    // Its own callers are unlike all others: they sign their tokens as an account that the gateway trusts.
    gateway: {
        role: "roles/iam.serviceAccountTokenCreator",
        permission: "iam.serviceAccounts.signJwt",
        make: () => new InvokableGateway("gateway", { location, backends: { behind: behind() }, ...off }),
    },
    external: {
        role: "roles/secretmanager.secretAccessor",
        permission: "secretmanager.versions.access",
        make: () => new ExternalApi("external", { url: "https://rates.example.com", secret: "rates-key" }),
    },
};

/** What the triggers wait for. */
export const TOPIC = "projects/demo/topics/cells";
const noBackend = (kind: string): RegExp => new RegExp(`is of the kind "${kind}", and a gateway calls those of`);
const behind = () => new InvokableService("behind", { image: "x/run:1", location, ingress: Ingress.All, ...off });
const signs = (caller: string): RegExp =>
    new RegExp(`takes tokens that its signer signs, and a ${caller} sends tokens`);

interface Row {
    /** The cells that are refused, and how the message begins. */
    refused?: Record<string, RegExp>;
    /** Makes a caller of the target; the id of what sets it going, and its account. */
    make: (name: string, key: string, target: Target) => [id: pulumi.Input<string>, email: pulumi.Output<string>];
    /** Sets it going. */
    call: (cloud: Sandboxed, id: string, key: string) => Promise<unknown>;
}

/** Asks a workload to call, as somebody who may invoke it. */
async function asked(cloud: Sandboxed, url: string, key: string, audience = url): Promise<void> {
    // A secret is read when a revision starts.
    if (key === "external") {
        await redeploy(cloud, url);
    }
    const email = "visitor@demo.iam.gserviceaccount.com";
    const { uniqueId } = (await cloud.admin(
        "GET",
        `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`,
    )) as { uniqueId: string };
    const token = cloud.sandbox.cloud.tokens.mintIdToken({ email, uniqueId }, audience, {
        includeEmail: true,
    });
    await cloud.http.request({ url: `${url}/${key}`, headers: { authorization: `Bearer ${token}` } });
}

/** Makes another revision of the service at a URL, be it a function's. */
async function redeploy(cloud: Sandboxed, url: string): Promise<void> {
    const services = `https://run.googleapis.com/v2/projects/demo/locations/${location}/services`;
    const { services: all } = (await cloud.admin("GET", services)) as { services: { uri: string; name: string }[] };
    const { name = "" } = all.find(({ uri }) => uri === url) ?? {};
    revisions += 1;
    await cloud.admin("PATCH", `https://run.googleapis.com/v2/${name}?updateMask=template.labels`, {
        template: { labels: { revision: String(revisions) } },
    });
}
let revisions = 0;
const workload = { ...off, ingress: Ingress.All, vpc: { subnetwork }, location };
const visitor = "serviceAccount:visitor@demo.iam.gserviceaccount.com";

export const rows: Record<string, Row> = {
    workflow: {
        refused: { gateway: signs("workflow") },
        make: (name, key, target) => {
            const url =
                key === "api"
                    ? `https://logging.googleapis.com${logging}`
                    : `\${sys.get_env("${key.toUpperCase()}_URL")${key === "job" ? ' + ":run"' : ""}}`;
            const args = key === "api" ? `\n          body: ${JSON.stringify(entry)}` : "";
            const text = `main:\n  steps:\n    - call:\n        call: http.${key === "api" || key === "job" ? "post" : "get"}\n        args:\n          url: ${url}${args}\n`;
            const asset = new pulumi.asset.StringAsset(text);
            const flow = new AuthenticatedWorkflow(name, {
                location,
                source: asset,
                targets: { [key]: target },
                ...off,
            });
            return [flow.workflowId, flow.serviceAccountEmail];
        },
        call: (cloud, id) => cloud.admin("POST", `https://workflowexecutions.googleapis.com/v1/${id}/executions`, {}),
    },
    schedule: {
        refused: { external: /target: a schedule cannot carry a secret/, gateway: signs("schedule") },
        make: (name, key, target) => {
            const google = key === "api" && { path: logging, body: JSON.stringify(entry) };
            const job = new AuthenticatedSchedule(name, { location, schedule: "0 6 * * *", target, ...google, ...off });
            return [job.job.id, job.serviceAccountEmail];
        },
        call: (cloud, id) => cloud.admin("POST", `https://cloudscheduler.googleapis.com/v1/${id}:run`, {}),
    },
    queue: {
        refused: { external: /target: a queue cannot carry a secret/, gateway: signs("queue") },
        make: (name, key, target) => {
            const google = key === "api" && { path: logging };
            const queue = new AuthenticatedQueue(name, {
                location,
                target,
                retry: { maxAttempts: 1 },
                ...google,
                ...off,
            });
            return [queue.queue.id, queue.serviceAccountEmail];
        },
        call: (cloud, id, key) =>
            cloud.admin("POST", `https://cloudtasks.googleapis.com/v2/${id}/tasks`, {
                task: {
                    httpRequest: {
                        url: "https://example.com/",
                        // The API of Cloud Run refuses fields that it does not know before it asks who may run a job.
                        body: Buffer.from(JSON.stringify(key === "job" ? {} : entry)).toString("base64"),
                    },
                },
            }),
    },
    push: {
        refused: {
            api: /target: a push subscription sends ID tokens/,
            job: /target: a push subscription sends ID tokens/,
            external: /target: a push subscription cannot carry a secret/,
            gateway: signs("push subscription"),
        },
        make: (name, _key, target) => {
            const push = new AuthenticatedPush(name, { target, ...off });
            return [pulumi.interpolate`projects/demo/topics/${push.topicName}`, push.serviceAccountEmail];
        },
        call: (cloud, id) =>
            cloud.admin("POST", `https://pubsub.googleapis.com/v1/${id}:publish`, { messages: [{ data: "e30=" }] }),
    },
    trigger: {
        refused: Object.fromEntries(
            ["first", "iap", "backend", "api", "job", "gateway", "external"].map((key) => [
                key,
                /target: is of the kind "[a-z-]+", and Eventarc delivers to Cloud Run services and workflows/,
            ]),
        ),
        make: (name, _key, target) => {
            const eventType = "google.cloud.pubsub.topic.v1.messagePublished";
            const made = new AuthenticatedTrigger(name, { location, eventType, topic: TOPIC, target, ...off });
            return [TOPIC, made.serviceAccountEmail];
        },
        call: (cloud, id) =>
            cloud.admin("POST", `https://pubsub.googleapis.com/v1/${id}:publish`, { messages: [{ data: "e30=" }] }),
    },
    // Everybody gets past this one, and what is behind it lets in its account.
    gateway: {
        refused: {
            ...Object.fromEntries(
                ["run", "mcp", "agent", "second", "iap"].map((key) => [
                    key,
                    new RegExp(`backends\\.${key}: has internal ingress, and API Gateway calls from outside`),
                ]),
            ),
            ...{ api: noBackend("google-api"), job: noBackend("job"), external: noBackend("external") },
            gateway: noBackend("api-gateway"),
        },
        make: (name, key, target) => {
            const args = { location, backends: { [key]: target }, idTokens: true, audience: "cells", ...off };
            const made = new InvokableGateway(name, args);
            return [made.url, made.serviceAccountEmail ?? pulumi.output("")];
        },
        call: (cloud, id, key) => asked(cloud, id, key, "cells"),
    },
    service: {
        make: (name, key, target) => {
            const made = new InvokableService(name, { image: "x/caller:1", ...workload, invokes: { [key]: target } });
            made.grantInvoke(`visitor-${name}`, visitor);
            return [made.url, made.serviceAccountEmail];
        },
        call: asked,
    },
    workerPool: {
        make: (name, key, target) => {
            const { ingress: _, ...placed } = workload;
            const pool = new AuthenticatedWorkerPool(name, {
                ...{ image: "x/caller:1", ...placed, args: [key], instances: 0, invokes: { [key]: target } },
            });
            return [pool.workerPool.id, pool.serviceAccountEmail];
        },
        // Its code calls once when an instance starts, and a new revision starts another one.
        call: (cloud, id) => {
            revisions += 1;
            const mask = "template.labels,scaling.manualInstanceCount";
            return cloud.admin("PATCH", `https://run.googleapis.com/v2/${id}?updateMask=${mask}`, {
                template: { labels: { revision: String(revisions) } },
                scaling: { manualInstanceCount: 1 },
            });
        },
    },
    function: {
        make: (name, key, target) => {
            const made = new InvokableFunction(name, {
                ...{ name: `caller-${key}`, source, runtime: "nodejs22", entryPoint: "caller", ...workload },
                invokes: { [key]: target },
            });
            made.grantInvoke(`visitor-${name}`, visitor);
            return [made.url, made.serviceAccountEmail];
        },
        call: asked,
    },
};
