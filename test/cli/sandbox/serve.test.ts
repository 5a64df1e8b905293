import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { readState } from "../../../sandbox/light";
import { nodeArguments } from "../../bench/processes";
import { noneLeft } from "../../support/command";
import { checkout } from "../../support/quickstart";
import { skip } from "../../support/skip";
import { assertPrinted } from "../../support/printed";

describe("a sandbox that is served", () => {
    let state: string;
    beforeEach(() => (state = mkdtempSync(join(tmpdir(), "serve-"))));
    afterEach(() => rmSync(state, { recursive: true, force: true }));

    interface Served {
        ready: { proxy: string; control: string };
        /** Ends it. @returns its exit code and what it printed on standard error */
        end: (signal: NodeJS.Signals) => Promise<{ code: number | null; errors: string }>;
    }

    async function serve(...args: string[]): Promise<Served> {
        const main = [...nodeArguments, join(checkout, "cli", "main.ts"), "sandbox", "serve", "--json", ...args];
        const server = spawn(process.execPath, main, { env: { ...process.env, GCP_INVOKE_STATE: state } });
        let errors = "";
        server.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
        const ended = new Promise<number | null>((resolve) => server.once("close", resolve));
        const line = await new Promise<string>((resolve, reject) => {
            server.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
            server.once("close", () => reject(new Error(errors)));
        });
        assertPrinted("ready", JSON.parse(line));
        return {
            ready: JSON.parse(line) as Served["ready"],
            async end(signal) {
                server.kill(signal);
                return { code: await ended, errors };
            },
        };
    }

    /** The status that a client is answered with at an address, or why it is not. */
    function knock(address: string, url: string, path: string): Promise<number | string | undefined> {
        return new Promise((resolve) => {
            request({ host: address, port: new URL(url).port, path, agent: false }, (response) => {
                response.resume();
                resolve(response.statusCode);
            })
                .on("error", (error: NodeJS.ErrnoException) => resolve(error.code))
                .end();
        });
    }

    /** Loopback's, and yet another address, on Linux. */
    const other = "127.0.0.2";
    const api = "http://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";

    it("can be reached at the loopback address only, and prints no warning", async function () {
        if (process.platform !== "linux") {
            skip(this, "only Linux has more than one address of loopback by itself");
        }
        const { ready, end } = await serve();
        assert.equal(await knock("127.0.0.1", ready.proxy, api), 401);
        assert.equal(await knock(other, ready.proxy, api), "ECONNREFUSED");
        assert.deepEqual(await end("SIGTERM"), { code: 0, errors: "" });
    });

    it("can be reached beyond loopback with --listen-beyond-loopback and a warning; its control API cannot", async function () {
        if (process.platform !== "linux") {
            skip(this, "only Linux has more than one address of loopback by itself");
        }
        const { ready, end } = await serve("--listen-beyond-loopback", "0.0.0.0");
        assert.equal(await knock("127.0.0.1", ready.proxy, api), 401);
        assert.equal(await knock(other, ready.proxy, api), 401);
        assert.equal(await knock("127.0.0.1", ready.control, "/v1/status"), 403);
        assert.equal(await knock(other, ready.control, "/v1/status"), "ECONNREFUSED");
        const { errors } = await end("SIGTERM");
        assert.match(
            errors,
            /^warning: the proxy listens on 0\.0\.0\.0, beyond loopback: whoever reaches port \d+ there/,
        );
    });

    /** The sockets by which a process says that it uses the folder. */
    const locks = (): string[] => readdirSync(state).filter((name) => name.startsWith("lock"));

    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        it(`ends cleanly at ${signal}, and leaves no lock, no access file and no process`, async function () {
            if (process.platform === "win32") {
                skip(this, "Windows has no signals");
            }
            const { end } = await serve();
            assert.ok(locks().length > 0 && existsSync(join(state, "control.json")));
            assert.equal((await end(signal)).code, 0);
            assert.ok(locks().length === 0 && !existsSync(join(state, "control.json")));
            assert.match(readFileSync(join(state, "sandbox.json"), "utf8"), /^\{"format":1/);
            assert.deepEqual(await noneLeft(state), []);
        });
    }

    it("starts although a killed one left unfinished files, and names a state that it cannot read", async () => {
        await (await serve()).end("SIGKILL");
        writeFileSync(join(state, "control.json.0123456789ab.new"), '{"pid": 1, "ur');
        writeFileSync(join(state, "sandbox.json.journal"), '["c","n",1]\n["c","cut');
        assert.equal((await (await serve()).end("SIGTERM")).code, 0);
        assert.deepEqual(readState(join(state, "sandbox.json"))["c"], { n: 1 });
        writeFileSync(join(state, "sandbox.json.journal"), '["c","n\n["c","n",2]\n');
        await assert.rejects(
            serve(),
            /^Error: error: \S+sandbox\.json\.journal:1: the journal .* is damaged; repair or delete/,
        );
        assert.deepEqual(locks(), []);
    });

    it("goes on where nobody reads what it prints any more, and a command that shows something ends", async () => {
        const mapping = join(state, "sandbox.yaml");
        writeFileSync(
            join(state, "handler.cjs"),
            "module.exports = (request, response) => { console.log('x'); response.end(); };",
        );
        writeFileSync(mapping, "hosts:\n  - { host: api.example.com, handler: ./handler.cjs }\n");
        const folder = join(state, "unread");
        const env = { ...process.env, GCP_INVOKE_STATE: folder };
        const args = [...nodeArguments, join(checkout, "cli", "main.ts"), "sandbox"];
        const server = spawn(process.execPath, [...args, "serve", "--json", "--mapping", mapping], { env });
        const line = await new Promise<Buffer>((resolve) => server.stdout.once("data", resolve));
        const { proxy } = JSON.parse(line.toString()) as Served["ready"];
        server.stdout.destroy();
        server.stderr.destroy();
        for (let times = 0; times < 20; times++) {
            assert.equal(await knock("127.0.0.1", proxy, "http://api.example.com/"), 200);
        }
        const follower = spawn(process.execPath, [...args, "logs", "--follow"], { env });
        let errors = "";
        follower.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
        const gone = new Promise<number | null>((resolve) => follower.once("close", resolve));
        await new Promise((resolve) => follower.stdout.once("data", resolve));
        follower.stdout.destroy();
        const asking = setInterval(() => void knock("127.0.0.1", proxy, "http://api.example.com/"), 50);
        assert.equal(await gone, 0);
        clearInterval(asking);
        assert.equal(errors, "");
        const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
        server.kill("SIGTERM");
        assert.equal(await ended, 0);
        assert.ok(!existsSync(join(folder, "control.json")));
    });
});
