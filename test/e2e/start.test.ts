import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findStateFolder } from "../../cli/sandbox/state-folder";
import { withSandbox } from "../../cli/sandbox/session";
import { command, type Ended, noneLeft } from "../support/command";
import { rowOf } from "../support/table";

/** A caller's own environment, which must neither break a start nor be used by it. */
const FOREIGN = {
    GOOGLE_APPLICATION_CREDENTIALS: "/nowhere/key.json",
    GOOGLE_OAUTH_ACCESS_TOKEN: "a-token-of-somebody",
    GOOGLE_CLOUD_PROJECT: "somebody-elses",
    HTTPS_PROXY: "http://127.0.0.1:9",
    https_proxy: "http://127.0.0.1:9",
    ALL_PROXY: "http://127.0.0.1:9",
    CI: "true",
    NO_COLOR: "1",
};

describe("npm start", () => {
    const root = mkdtempSync(join(tmpdir(), "gcp invoke start-"));
    const state = join(root, ".gcp-invoke");
    const printed: string[] = [];
    const start = async (args: string[] = [], env: Record<string, string> = {}): Promise<Ended> => {
        const ended = await command(state, ["start", ...args], { env });
        printed.push(ended.text);
        return ended;
    };
    after(() => rmSync(root, { recursive: true, force: true }));

    it("leaves no process and no open port when it is killed in the middle of an update", async () => {
        const port = await freePort();
        const killed = await command(state, ["start", "--port", String(port)], {
            killWhen: { output: /Updating[\s\S]*Service\s+orders created/, signal: "SIGKILL" },
        });
        assert.equal(killed.code, null, killed.text);
        assert.doesNotMatch(killed.text.slice(killed.text.indexOf("Updating")), /Outputs:/);
        assert.deepEqual(await noneLeft(state), []);
        assert.equal(await isOpen(port), false);
    });

    it("continues from there, whatever the user's environment says, and shows what happens in order", async () => {
        const { code, text } = await start([], FOREIGN);
        assert.equal(code, 0, text);
        const titles = ["Previewing update", "Updating", "Outputs", "Generated in fulfil", "Smoke check", "By hand"];
        const places = [...titles, "What to try next"].map((title) => text.lastIndexOf(`\n${title}`));
        // The first title has no line before it; the preview has outputs of its own.
        assert.deepEqual(
            places.slice(1),
            places.slice(1).toSorted((a, b) => a - b),
            text,
        );
        assert.ok(text.startsWith("Previewing update") && !places.slice(1).includes(-1), text);
        assert.match(text, rowOf("✓", "fulfil → orders, stock, logging"));
        assert.match(text, /✓ anonymous → front .*403/);
        assert.match(text, /✓ anonymous → orders .*403/, "tried from inside");
        const untried = text
            .split("\n")
            .filter((line) => /not tried/.test(line) && !/expired|smoke check of/.test(line));
        assert.deepEqual(untried, []);
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(text, /\u001b/);
        assert.doesNotMatch(text, /somebody/);
        assert.deepEqual(await noneLeft(state), []);
    });

    it("says once that nothing changed, and repeats no check", async () => {
        const { code, text } = await start();
        assert.equal(code, 0, text);
        assert.equal(text.match(/\d+ unchanged/g)?.length, 1, text);
        assert.doesNotMatch(text, /created|updated|deleted|Smoke check:/);
    });

    it("repeats the check with --verify", async () => {
        const { code, text } = await start(["--verify"]);
        assert.equal(code, 0, text);
        assert.match(text, /Smoke check:/);
        assert.match(text, rowOf("✓", "fulfil → orders, stock, logging"));
    });

    it("finds by the check that a grant was taken away behind the component's back, and which one", async () => {
        const grant = await withoutGrant(state);
        const { code, text } = await start(["--verify"]);
        assert.equal(code, 1, text);
        assert.match(text, rowOf("✗", "fulfil → orders, stock, logging"));
        assert.match(text, /403/);
        assert.match(text, new RegExp(`${grant.member} lacks run\\.routes\\.invoke on orders: .*roles/run\\.invoker`));
        await grant.restore();
        const again = await start(["--verify"]);
        assert.equal(again.code, 0, again.text);
    });

    it("says what to do if the port is taken", async () => {
        const server = createServer().listen(0, "127.0.0.1");
        try {
            await new Promise((done) => server.once("listening", done));
            const { port } = server.address() as AddressInfo;
            const { code, text } = await start(["--port", String(port)]);
            assert.equal(code, 1);
            assert.match(text, new RegExp(`error: port ${port} on 127\\.0\\.0\\.1 is taken .*another port`));
        } finally {
            server.close();
        }
    });

    it("names an unknown option, and ends with 2", async () => {
        const { code, text } = await start(["--nonsense"]);
        assert.equal(code, 2);
        assert.match(text, /unknown option '--nonsense'/);
    });

    it("ends cleanly at Ctrl-C, and refuses a second process while it runs", async () => {
        const seconds: Promise<Ended>[] = [];
        const output = {
            test: (text: string) => {
                if (seconds.length === 0 && /Previewing/.test(text)) {
                    seconds.push(start());
                }
                return false;
            },
        } as RegExp;
        const first = await command(state, ["start"], { killWhen: { output, signal: "SIGINT" } });
        assert.equal(first.code, 0, first.text);
        const [refused] = await Promise.all(seconds);
        assert.equal(refused?.code, 1, refused?.text);
        assert.match(refused.text, /is in use by process \d+; wait for it, stop it/);
        const stopped = await command(state, ["start"], {
            killWhen: { output: /Previewing/, signal: "SIGINT" },
        });
        assert.equal(stopped.code, 130, stopped.text);
        assert.deepEqual(await noneLeft(state), []);
    });

    it("leaves no token in what it prints and keeps", () => {
        const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
        const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));
        assert.ok(files.some(({ name }) => name === "decisions.jsonl") && printed.length > 3);
        for (const [at, text] of [...texts, ...printed].entries()) {
            const where = files[at]?.name ?? "the output";
            assert.doesNotMatch(text, /eyJ(hbGci|0eXAi|raWQi)|ya29\./, where);
        }
    });
});

/** Takes orders' binding away, as somebody would in the console. */
async function withoutGrant(state: string): Promise<{ member: string; restore: () => Promise<unknown> }> {
    const folder = findStateFolder(state, state, {});
    const policyUrl = async (): Promise<string> => {
        const stack = JSON.parse(readFileSync(folder.file("stacks", "gcp-invoke-quickstart.dev.json"), "utf8")) as {
            deployment: { resources: { urn: string; id?: string }[] };
        };
        const orders = stack.deployment.resources.find(
            ({ urn }) => urn.endsWith("Service::orders") && urn.includes("gcp:"),
        );
        return Promise.resolve(`https://run.googleapis.com/v2/${orders?.id ?? ""}`);
    };
    const url = await policyUrl();
    type Policy = { bindings: { role: string; members: string[] }[] };
    const change = (edit: (policy: Policy) => Policy) =>
        withSandbox({ folder }, async ({ sandbox }) => {
            const { body } = await sandbox.request("GET", `${url}:getIamPolicy`);
            const policy = body as Policy;
            const answer = await sandbox.request("POST", `${url}:setIamPolicy`, { body: { policy: edit(policy) } });
            assert.equal(answer.status, 200);
            return policy;
        });
    const before = await change((policy) => ({ ...policy, bindings: [] }));
    const member = before.bindings[0]?.members[0]?.replace("serviceAccount:", "") ?? "nobody";
    return { member, restore: () => change((now) => ({ ...now, bindings: before.bindings })) };
}

async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    return port;
}

function isOpen(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1", () => {
            socket.destroy();
            resolve(true);
        }).on("error", () => resolve(false));
    });
}
