import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Sandbox } from "../../sandbox";

interface Prepared {
    member: string;
    env: Record<string, string>;
}
const { prepare } = createRequire(__filename)("../../scripts/clients-languages.cjs") as {
    prepare: (sandbox: Sandbox) => Promise<Prepared>;
};

describe("Google's auth library for Node", () => {
    it("gets ID tokens from a key, a metadata server and by impersonation, and verifies them", async () => {
        await using sandbox = await Sandbox.start();
        const accounts = `https://iam.googleapis.com/v1/projects/${sandbox.project}/serviceAccounts`;
        await sandbox.request("POST", accounts, { body: { accountId: "caller" } });
        const { member, env } = await prepare(sandbox);
        const variables = await sandbox.clientEnvironment({ as: member });
        const child = spawn(process.execPath, [join(__dirname, "identity.cjs")], {
            env: { ...process.env, ...variables, ...env },
        });
        let text = "";
        for (const stream of [child.stdout, child.stderr])
            stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
        const code = await new Promise((resolve) => child.on("close", resolve));
        assert.equal(code, 0, text);
        assert.match(text, /ok node/);
        assert.deepEqual(sandbox.refused(), []);
    });
});
