import { strict as assert } from "node:assert";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Sandbox } from "../../sandbox";
import { succeed } from "../support/command";

interface World {
    mapping: string;
    prepare: (sandbox: Sandbox) => Promise<{ member: string; env: Record<string, string> }>;
    missing: (sandbox: Sandbox, word: string) => Promise<string[]>;
}
const { mapping, prepare, missing } = createRequire(__filename)("../../scripts/clients-world.cjs") as World;

describe("Google's auth library for Node", () => {
    let sandbox: Sandbox;
    let env: NodeJS.ProcessEnv;
    before(async () => {
        sandbox = await Sandbox.start({ mapping });
        const { member, env: told } = await prepare(sandbox);
        env = { ...process.env, ...(await sandbox.clientEnvironment({ as: member })), ...told };
    });
    after(() => sandbox.close());

    const run = (...script: string[]): Promise<string> => succeed(process.execPath, script, { cwd: __dirname, env });

    it("gets ID tokens from a key, by an exchange, from a metadata server and by impersonation, and verifies them", async () => {
        assert.match(await run(join(__dirname, "identity.cjs")), /ok node/);
    });

    it("executes a workflow, reads a secret, publishes what is pushed and makes a task that is delivered", async () => {
        assert.match(await run(join(__dirname, "services.cjs"), "rest"), /sent node-rest/);
        assert.deepEqual(await missing(sandbox, "node-rest"), []);
    });

    it("asks for no host that the sandbox does not serve", () => assert.deepEqual(sandbox.refused(), []));
});
