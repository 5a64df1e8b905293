import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cli } from "../../support/command";

interface Answer {
    id: number | string | null;
    result?: { isError: boolean; content: { text: string }[] };
    error?: { code: number };
}

const call = (id: unknown, name: string, given: object = {}) => ({
    ...{ jsonrpc: "2.0", id, method: "tools/call" },
    params: { name, arguments: given },
});
const audit = (id: unknown) => call(id, "audit", { files: ["fulfil.yaml"] });
const cancel = (requestId: unknown) => ({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId } });

describe("a call of a tool of gcp-invoke mcp that is cancelled", function () {
    this.timeout(120_000);
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "mcp-cancelled-"));
        writeFileSync(join(folder, "fulfil.yaml"), "- done: {return: 1}\n");
        const account = "type: gcp:serviceaccount:Account\n    properties: { accountId: caller }\n";
        writeFileSync(join(folder, "Pulumi.yaml"), `name: shop\nruntime: yaml\nresources:\n  caller:\n    ${account}`);
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    /** All that the server answers to messages. */
    async function answers(...messages: object[]): Promise<Map<unknown, Answer>> {
        const [node, ...args] = [...cli, "mcp"];
        const env = { ...process.env, GCP_INVOKE_STATE: join(folder, "state") };
        const child = spawn(node, args, { cwd: folder, env, stdio: ["pipe", "pipe", "inherit"] });
        let text = "";
        child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
        child.stdin.end(messages.map((each) => `${JSON.stringify(each)}\n`).join(""));
        assert.deepEqual(await once(child, "close"), [0, null]);
        const lines = text.trim().split("\n");
        const all = lines.map((line) => JSON.parse(line) as Answer);
        assert.equal(new Set(all.map(({ id }) => id)).size, all.length, text);
        return new Map(all.map((each) => [each.id, each]));
    }

    it("gets no answer, whether it runs or waits, and others get theirs", async () => {
        const got = await answers(call(1, "up"), call("two", "up"), audit(3), cancel(1), cancel("two"));
        assert.deepEqual([...got.keys()], [3]);
        assert.equal(got.get(3)?.result?.isError, false);
    });

    it("does not run if it waits, and does if it is not cancelled", async () => {
        const verify = call(9, "verify");
        const cancelled = await answers(audit(1), call(2, "up"), cancel(2), verify);
        assert.match(cancelled.get(9)?.result?.content[0]?.text ?? "", /call up first/);
        const uncancelled = await answers(audit(1), call(2, "up"), cancel("2"), cancel(3), verify);
        assert.deepEqual([...uncancelled.keys()].sort(), [1, 2, 9]);
        assert.equal(uncancelled.get(2)?.result?.isError, false);
        assert.doesNotMatch(uncancelled.get(9)?.result?.content[0]?.text ?? "", /call up first/);
    });

    it("keeps its id until it has ended, so that a second request with this id is refused", async () => {
        const [node, ...args] = [...cli, "mcp"];
        const child = spawn(node, args, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
        let text = "";
        child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
        child.stdin.end([audit(1), audit(1)].map((each) => `${JSON.stringify(each)}\n`).join(""));
        await once(child, "close");
        const got = text.trim().split("\n");
        const codes = got.map((line) => (JSON.parse(line) as Answer).error?.code);
        assert.deepEqual(codes.sort(), [-32600, undefined]);
    });
});
