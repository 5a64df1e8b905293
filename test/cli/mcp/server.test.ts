import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { cli } from "../../support/command";

interface Result {
    content: { text: string }[];
    isError?: boolean;
}
interface McpClient {
    connect(transport: object): Promise<void>;
    listTools(): Promise<{ tools: { name: string; annotations: Record<string, boolean> }[] }>;
    callTool(call: { name: string; arguments: object }): Promise<Result>;
    close(): Promise<void>;
    getServerVersion(): { name: string };
}
const load = createRequire(__filename);
const { Client } = load("@modelcontextprotocol/sdk/client/index.js") as {
    Client: new (info: object) => McpClient;
};
const { StdioClientTransport } = load("@modelcontextprotocol/sdk/client/stdio.js") as {
    StdioClientTransport: new (options: object) => object;
};

const WORKFLOW = `main:
  steps:
    - reserve:
        call: http.post
        args:
          url: https://orders-abc123-ew.a.run.app/reserve
    - done:
        return: ok
`;

describe("gcp-invoke mcp, with the official client", function () {
    this.timeout(300_000);
    let folder: string;
    let client: McpClient;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "mcp-"));
        writeFileSync(join(folder, "fulfil.yaml"), WORKFLOW);
        writeFileSync(
            join(folder, "Pulumi.yaml"),
            `name: shop\nruntime: yaml\nresources:\n  caller:\n    type: gcp:serviceaccount:Account\n    properties: { accountId: caller }\n`,
        );
        const [command, ...args] = cli;
        client = new Client({ name: "agent", version: "1" });
        const env = { ...process.env, GCP_INVOKE_STATE: join(folder, "state") };
        const transport = new StdioClientTransport({
            command,
            args: [...args, "mcp"],
            cwd: folder,
            env,
            stderr: "ignore",
        });
        await client.connect(transport);
    });
    after(async () => {
        await client.close();
        rmSync(folder, { recursive: true });
    });

    const call = async (name: string, given: object = {}): Promise<{ text: string; isError: boolean }> => {
        const { content, isError = false } = await client.callTool({ name, arguments: given });
        return { text: content.map(({ text }) => text).join("\n"), isError };
    };

    it("lists its tools, of which only those that use the sandbox change something", async () => {
        const { tools } = await client.listTools();
        assert.equal(client.getServerVersion().name, "gcp-invoke");
        assert.deepEqual(tools.map(({ name }) => name).sort(), [
            "audit",
            "decisions",
            "explain",
            "inject",
            "preview",
            "up",
            "verify",
            "who",
        ]);
        const changing = tools.filter(({ annotations }) => annotations["readOnlyHint"] === false);
        assert.deepEqual(changing.map(({ name }) => name).sort(), ["up", "verify"]);
    });

    it("audits a definition, and shows what it lacks without changing it", async () => {
        const audited = await call("audit", { files: ["fulfil.yaml"] });
        assert.deepEqual([audited.isError, /missing-auth/.test(audited.text)], [true, true]);
        const injected = await call("inject", { files: ["fulfil.yaml"] });
        assert.match(injected.text, /OIDC/);
        assert.equal(readFileSync(join(folder, "fulfil.yaml"), "utf8"), WORKFLOW);
    });

    it("deploys to the sandbox, explains there, and refuses to verify what is deployed nowhere", async () => {
        const before = await call("verify");
        assert.deepEqual([before.isError, /deployed to the sandbox; call up first/.test(before.text)], [true, true]);
        assert.match((await call("preview")).text, /caller/);
        const up = await call("up");
        assert.equal(up.isError, false, up.text);
        const resource = "//cloudresourcemanager.googleapis.com/projects/demo";
        const asked = { member: "user:ann@example.com", permission: "run.routes.invoke", resource };
        assert.match((await call("explain", asked)).text, /ann@example\.com/);
        assert.equal((await call("decisions")).isError, false);
    });

    it("reads and runs nothing outside of the folder where it was started, also by a link", async () => {
        const outside = mkdtempSync(join(tmpdir(), "mcp-outside-"));
        try {
            writeFileSync(join(outside, "secret.yaml"), "password: sesame\n");
            writeFileSync(join(outside, "Pulumi.yaml"), "name: sesame\nruntime: yaml\n");
            symlinkSync(outside, join(folder, "link"));
            for (const path of [outside, join("..", basename(outside)), "link", join("link", "secret.yaml")]) {
                for (const [name, given] of [
                    ["audit", { files: ["fulfil.yaml", path] }],
                    ["inject", { files: [path] }],
                    ...["preview", "up", "verify", "who"].map((tool) => [tool, { directory: path }] as const),
                ] as const) {
                    const { text, isError } = await call(name, given);
                    assert.equal(isError, true, `${name} ${path}: ${text}`);
                    assert.match(text, /is outside of .*, where this server was started; start gcp-invoke mcp/);
                    assert.doesNotMatch(text, /sesame/);
                }
            }
        } finally {
            rmSync(join(folder, "link"), { force: true });
            rmSync(outside, { recursive: true });
        }
    });

    it("asks Google Cloud about nothing, which it would do as the person at this machine", async () => {
        mkdirSync(join(folder, "other"));
        writeFileSync(join(folder, "other", "Pulumi.yaml"), "name: other\nruntime: yaml\n");
        for (const name of ["who", "verify"]) {
            const { text, isError } = await call(name, { directory: "other" });
            assert.deepEqual([isError, /deployed to the sandbox; call up first/.test(text)], [true, true], text);
        }
    });

    it("refuses what a tool does not take, and options in the place of values, and goes on", async () => {
        for (const [name, given, said] of [
            ["audit", {}, /files of audit is missing/],
            ["audit", { files: "fulfil.yaml" }, /give a list of texts/],
            ["audit", { files: [7] }, /give a list of texts/],
            ["preview", { stack: "dev" }, /preview takes no stack/],
            ["decisions", { denied: "yes" }, /give true or false/],
            ["inject", { files: ["--write", "fulfil.yaml"] }, /--write/],
        ] as const) {
            const { text, isError } = await call(name, given);
            assert.equal(isError, true, text);
            assert.match(text, said);
        }
        assert.equal(readFileSync(join(folder, "fulfil.yaml"), "utf8"), WORKFLOW);
        await assert.rejects(client.callTool({ name: "destroy", arguments: {} }), /there is no tool destroy/);
        await assert.rejects(client.callTool({ name: "constructor", arguments: {} }), /there is no tool/);
    });
});
