import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Console, startConsole } from "../../../cli/console";
import { keepAll } from "../../../cli/sandbox/kept";
import { findStateFolder } from "../../../cli/sandbox/state-folder";
import { Sandbox } from "../../../sandbox";
import { startControl } from "../../../sandbox/control";
import { findRunning } from "../../../sandbox/light";

const location = "projects/demo/locations/europe-west1";
export const account = "fulfil@demo.iam.gserviceaccount.com";
export const orders = `//run.googleapis.com/${location}/services/orders`;
/** What a handler and a workflow let out by mistake. */
export const LEAK = `ya29.${"a".repeat(40)}`;

/** A sandbox with a workflow that calls a service, and may not; and its console. */
export interface World {
    sandbox: Sandbox;
    console: Console;
    /** The path of the state folder. */
    state: string;
    /** Executes the workflow to its end. @returns the state */
    execute(): Promise<string>;
    close(): Promise<void>;
}

export async function createWorld(): Promise<World> {
    const root = mkdtempSync(join(tmpdir(), "console-"));
    const folder = findStateFolder(join(root, "state"), root, {});
    const mapping = join(root, "sandbox.yaml");
    writeFileSync(mapping, `services:\n  - image: "*/orders:*"\n    handler: ./orders.js\n`);
    const handler = `module.exports = (request, response) => {
        console.log("reserves with ${LEAK}");
        response.setHeader("content-type", "application/json").end('{"status": "reserved"}');
    };`;
    writeFileSync(join(root, "orders.js"), handler);
    const release = await folder.lock();
    const keeper = keepAll(folder);
    const sandbox = await Sandbox.start({ stateDir: folder.path, mapping, project: "demo" });
    keeper.keep(sandbox);
    const control = await startControl(sandbox);
    const client = await findRunning(folder.path);
    assert.ok(client);
    const console = await startConsole(client, folder);
    const call = async (method: string, url: string, body?: unknown): Promise<Record<string, unknown>> => {
        const answer = await sandbox.request(method, url, { body });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        return answer.body as Record<string, unknown>;
    };
    await call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId: "fulfil" });
    const services = `https://run.googleapis.com/v2/${location}/services`;
    const template = { containers: [{ image: "example/orders:1" }] };
    await call("POST", `${services}?serviceId=orders`, { template });
    const { uri } = await call("GET", `${services}/orders`);
    const sourceContents = `main:
  params: [args]
  steps:
    - reserve:
        call: http.post
        args:
          url: ${String(uri)}/reserve
          auth: {type: OIDC, audience: ${String(uri)}}
          body: {leak: ${LEAK}}
        result: answer
    - done:
        return: \${answer.body.status}
`;
    const workflows = `https://workflows.googleapis.com/v1/${location}/workflows`;
    await call("POST", `${workflows}?workflowId=fulfil`, { serviceAccount: account, sourceContents });
    return {
        sandbox,
        console,
        state: folder.path,
        async execute() {
            const base = "https://workflowexecutions.googleapis.com/v1";
            const { name } = await call("POST", `${base}/${location}/workflows/fulfil/executions`, {});
            for (;;) {
                const { state } = await call("GET", `${base}/${String(name)}`);
                if (state !== "ACTIVE") {
                    return String(state);
                }
                await new Promise(setImmediate);
            }
        },
        async close() {
            await console.close();
            await control.close();
            await sandbox.close();
            keeper.close();
            release();
            rmSync(root, { recursive: true, force: true });
        },
    };
}
