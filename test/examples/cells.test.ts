import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    AuthenticatedWorkflow,
    InvokableBackend,
    InvokableFunction,
    InvokableService,
    type Target,
} from "../../index";
import { openStack, type Stack } from "../../sandbox/engine";
import type { Decision } from "../../sandbox";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";
import { folder, location } from "./support";

const iapClientId = "1-a.apps.googleusercontent.com";
const off = { smokeCheck: { enabled: false } };

/** Every invokable, and every caller of each. */
function everything(): Promise<Record<string, unknown>> {
    const source = path.join(folder, "workflow-to-everything/function");
    const targets: Record<string, Target> = {
        run: new InvokableService("run", { image: "x/run:1", location }),
        second: new InvokableFunction("second", {
            name: "price",
            source,
            runtime: "nodejs22",
            entryPoint: "price",
            location,
            ...off,
        }),
        first: InvokableFunction.fromExisting("first", { name: "legacy", location, generation: 1 }),
        iap: new InvokableBackend("iap", { image: "x/iap:1", location, iapClientId }),
    };
    const outputs: Record<string, unknown> = {};
    for (const [key, target] of Object.entries(targets)) {
        const url = `\${sys.get_env("${key.toUpperCase()}_URL")}`;
        const text = `main:\n  steps:\n    - call:\n        call: http.get\n        args:\n          url: ${url}\n`;
        const flow = new AuthenticatedWorkflow(`flow-${key}`, {
            location,
            source: new pulumi.asset.StringAsset(text),
            targets: { [key]: target },
            ...off,
        });
        const schedule = "0 6 * * *";
        const job = new AuthenticatedSchedule(`job-${key}`, { location, schedule, target, ...off });
        const queue = new AuthenticatedQueue(`queue-${key}`, { location, target, retry: { maxAttempts: 1 }, ...off });
        const push = new AuthenticatedPush(`push-${key}`, { target, ...off });
        outputs[`workflow ${key}`] = [flow.workflowId, flow.serviceAccountEmail];
        outputs[`schedule ${key}`] = [job.job.id, job.serviceAccountEmail];
        outputs[`queue ${key}`] = [queue.queue.id, queue.serviceAccountEmail];
        outputs[`push ${key}`] = [pulumi.interpolate`projects/demo/topics/${push.topicName}`, push.serviceAccountEmail];
    }
    return Promise.resolve(outputs);
}

const resources = ["run", "second", "first", "iap"];
const roles: Record<string, string> = {
    run: "roles/run.invoker",
    second: "roles/run.invoker",
    first: "roles/cloudfunctions.invoker",
    iap: "roles/iap.httpsResourceAccessor",
};

/** How each caller is made to call. */
const trigger: Record<string, (cloud: Sandboxed, id: string) => Promise<unknown>> = {
    workflow: (cloud, id) => cloud.admin("POST", `https://workflowexecutions.googleapis.com/v1/${id}/executions`, {}),
    schedule: (cloud, id) => cloud.admin("POST", `https://cloudscheduler.googleapis.com/v1/${id}:run`, {}),
    queue: (cloud, id) =>
        cloud.admin("POST", `https://cloudtasks.googleapis.com/v2/${id}/tasks`, {
            task: { httpRequest: { url: "https://example.com/" } },
        }),
    push: (cloud, id) =>
        cloud.admin("POST", `https://pubsub.googleapis.com/v1/${id}:publish`, { messages: [{ data: "e30=" }] }),
};

describe("each caller and each invokable", function () {
    this.timeout(60_000);
    let cloud: Sandboxed;
    let stack: Stack;
    let state: string;
    before(async () => {
        cloud = await startSandboxed({ mapping: path.join(folder, "workflow-to-everything/sandbox.yaml") });
        state = mkdtempSync(path.join(tmpdir(), "cells-"));
        const { sandbox } = cloud;
        const place = `projects/demo/locations/${location}/functions`;
        await cloud.admin("POST", `https://cloudfunctions.googleapis.com/v1/${place}`, {
            name: `${place}/legacy`,
            runtime: "nodejs22",
            entryPoint: "x",
            httpsTrigger: {},
            sourceArchiveUrl: "gs://sources/x.zip",
            serviceAccountEmail: await cloud.account("legacy-run"),
        });
        stack = await openStack({
            program: everything,
            config: { "gcp:project": "demo", "gcp-invoke:smoke": "off" },
            stateDirectory: state,
            request: (method, url, body, headers) =>
                sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });
        const up = await stack.up();
        assert.equal(up.result, "succeeded", up.diagnostics.map(({ message }) => message).join("\n"));
    });
    after(async () => {
        await cloud.close();
        rmSync(state, { recursive: true, force: true });
    });

    /** What was decided at a front door about an account, the next time. */
    function nextDecision(email: string): Promise<Decision> {
        return new Promise((resolve, reject) => {
            const giveUp = setTimeout(() => reject(new Error(`nobody came as ${email}`)), 15_000);
            const stop = cloud.sandbox.cloud.decisions.onDecision((decision) => {
                if (decision.claims?.["email"] !== email) return;
                clearTimeout(giveUp);
                stop();
                resolve(decision);
            });
        });
    }

    for (const from of Object.keys(trigger)) {
        for (const to of resources) {
            it(`${from} → ${to}: an ID token of its own account is let in, and without the grant refused`, async () => {
                const [id, email] = stack.outputs[`${from} ${to}`] as unknown as [string, string];
                const allowed = nextDecision(email);
                await trigger[from]!(cloud, id);
                const decision = await allowed;
                assert.equal(decision.allowed, true, decision.reason);
                if (to === "iap") assert.equal(decision.claims?.["aud"], iapClientId);
                else assert.match(String(decision.claims?.["aud"]), /^https:\/\/[^/]+(\/legacy)?$/);

                const grant = stack.resources.find(
                    ({ outputs }) => outputs["member"] === `serviceAccount:${email}` && outputs["role"] === roles[to],
                );
                assert.ok(grant);
                const resource = decision.resource.replace(/^\/\//, "https://").replace(".com/", ".com/v1/");
                const policy = resource.replace("run.googleapis.com/v1", "run.googleapis.com/v2");
                await cloud.revoke(policy, roles[to]!, `serviceAccount:${email}`);
                const denied = nextDecision(email);
                await trigger[from]!(cloud, id);
                const refused = await denied;
                assert.equal(refused.allowed, false);
                assert.equal(refused.missing?.role, roles[to], refused.reason);
            });
        }
    }
});
