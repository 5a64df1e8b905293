import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Decision } from "../../sandbox";
import { openStack, type Stack } from "../../engine";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";
import { columns, rows, TOPIC } from "./cells-table";
import { location } from "./support";

describe("each caller and each target", () => {
    let cloud: Sandboxed;
    let stack: Stack;
    let state: string;

    const open = (program: () => Record<string, unknown>, name = "cells") =>
        openStack({
            program: () => Promise.resolve(program()),
            ...{ stack: name, config: { "gcp:project": "demo", "gcp-invoke:smoke": "off" }, stateDirectory: state },
            request: (method, url, body, headers) =>
                cloud.sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });

    before(async function () {
        // Every caller is deployed for every target, in one stack.
        this.timeout(400_000);
        cloud = await startSandboxed({ mapping: path.join(__dirname, "cells.yaml") });
        state = mkdtempSync(path.join(tmpdir(), "cells-"));
        const place = `projects/demo/locations/${location}/functions`;
        await cloud.admin("POST", `https://cloudfunctions.googleapis.com/v1/${place}`, {
            ...{ name: `${place}/legacy`, runtime: "nodejs22", entryPoint: "x", httpsTrigger: {} },
            ...{ sourceArchiveUrl: "gs://sources/x.zip", serviceAccountEmail: await cloud.account("legacy-run") },
        });
        const secrets = "https://secretmanager.googleapis.com/v1/projects/demo/secrets";
        await cloud.admin("POST", `${secrets}?secretId=rates-key`, { replication: { automatic: {} } });
        await cloud.admin("POST", `${secrets}/rates-key:addVersion`, { payload: { data: "a2V5" } });
        await cloud.account("visitor");
        await cloud.admin("PUT", `https://pubsub.googleapis.com/v1/${TOPIC}`, {});
        stack = await open(() => {
            const targets = Object.entries(columns).map(([key, { make }]) => [key, make()] as const);
            return Object.fromEntries(
                Object.entries(rows).flatMap(([from, { make, refused = {} }]) =>
                    targets
                        .filter(([key]) => refused[key] === undefined)
                        .map(([key, target]) => [`${from} ${key}`, make(`${from}-${key}`, key, target)]),
                ),
            );
        });
        const up = await stack.up();
        assert.equal(up.result, "succeeded", up.diagnostics.map(({ message }) => message).join("\n"));
    });
    after(async () => {
        await cloud.close();
        rmSync(state, { recursive: true, force: true });
    });

    /** What is decided about an account and a permission, the next time. */
    function nextDecision(email: string, wanted: string): Promise<Decision> {
        return new Promise((resolve, reject) => {
            const giveUp = setTimeout(() => reject(new Error(`nobody came as ${email}`)), 100_000);
            const stop = cloud.sandbox.cloud.decisions.onDecision((decision) => {
                if (decision.principal !== `serviceAccount:${email}` || decision.permission !== wanted) {
                    return;
                }
                clearTimeout(giveUp);
                stop();
                resolve(decision);
            });
        });
    }

    for (const [from, { call, make, refused = {} }] of Object.entries(rows)) {
        for (const [to, { role, permission, audience, make: target }] of Object.entries(columns)) {
            const why = refused[to];
            if (why !== undefined) {
                it(`${from} → ${to}: is refused before anything is made`, async () => {
                    const wrong = await open(() => ({ made: make("wrong", to, target()) }), `wrong-${from}-${to}`);
                    const { result, diagnostics } = await wrong.preview();
                    assert.equal(result, "failed");
                    assert.match(diagnostics.map(({ message }) => message).join("\n"), why);
                });
                continue;
            }
            it(`${from} → ${to}: arrives as its own account and is let in, and without the grant refused`, async () => {
                const [id, email] = stack.outputs[`${from} ${to}`] as unknown as [string, string];
                const allowed = nextDecision(email, permission);
                await call(cloud, id, to);
                const decision = await allowed;
                assert.equal(decision.allowed, true, decision.reason);
                assert.match(decision.reason, new RegExp(`^${role} is granted to serviceAccount:${email} on `));
                if (audience) {
                    assert.match(String(decision.claims?.["aud"]), audience);
                }

                await cloud.revoke(policyOf(decision), role, `serviceAccount:${email}`);
                const denied = nextDecision(email, permission);
                await call(cloud, id, to);
                const { missing, ...then } = await denied;
                assert.equal(then.allowed, false);
                assert.equal(missing?.role, role, then.reason);
                assert.equal(missing.member, `serviceAccount:${email}`);
            });
        }
    }
});

/** The REST URL of the resource whose policy allowed it. */
function policyOf({ resource, permission }: Decision): string {
    if (permission.startsWith("logging")) {
        return "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
    }
    const version = permission.startsWith("run") ? "v2" : "v1";
    return resource
        .replace(/^\/\//, "https://")
        .replace(".com/", `.com/${version}/`)
        .replace(/\/versions\/.*/, "");
}
