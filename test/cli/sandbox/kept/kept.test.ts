import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAll, readKept } from "../../../../cli/sandbox/kept";
import { checksOf, collectReports } from "../../../../cli/sandbox/reports";
import { withSandbox } from "../../../../cli/sandbox/session";
import { findStateFolder } from "../../../../cli/sandbox/state-folder";
import { makePrivateFolder, writePrivateFile } from "../../../../common";
import { startControl } from "../../../../sandbox/control";
import { findRunning, type Decision } from "../../../../sandbox/light";
import { cli, command } from "../../../support/command";

const SECRETS = "https://secretmanager.googleapis.com/v1/projects/demo/secrets";

describe("what happened in a sandbox, between commands", function () {
    this.timeout(60_000);
    let root: string;
    before(() => {
        root = mkdtempSync(join(tmpdir(), "kept-"));
    });
    after(() => {
        rmSync(root, { recursive: true });
    });
    const folderOf = (name: string) => findStateFolder(join(root, name), root, {});
    const ask = (folder: ReturnType<typeof folderOf>, calls: number) =>
        withSandbox({ folder }, async ({ sandbox }) => {
            for (let call = 0; call < calls; call++) {
                await sandbox.request("GET", SECRETS);
            }
            const control = await startControl(sandbox);
            const client = await findRunning(folder.path);
            const list = async (): Promise<Decision[]> => Promise.resolve(sandbox.decisions());
            const all = await readAll(folder, "decisions.jsonl", client, list);
            await control.close();
            return all;
        });

    it("is read while none is running, and under the next together with what that has", async () => {
        const folder = folderOf("decisions");
        assert.equal((await ask(folder, 3)).entries.length, 3);
        assert.equal(readKept(folder, "decisions.jsonl").length, 3);
        const { entries, latest } = await ask(folder, 2);
        assert.deepEqual([entries.length, latest], [5, 2]);
        const { entries: left } = await readAll(folder, "decisions.jsonl", undefined, () => Promise.resolve([]));
        assert.deepEqual(left, entries);
        assert.ok(
            left.every(({ tool }) => tool === true),
            "asked by this process, and by no client",
        );
    });

    it("is said to be missing where nothing was kept, and to be damaged by its line", async () => {
        const folder = folderOf("damaged");
        await assert.rejects(
            readAll(folder, "decisions.jsonl", undefined, () => Promise.resolve([])),
            /no sandbox is running/,
        );
        await ask(folder, 1);
        appendFileSync(folder.file("decisions.jsonl"), '{"cut": 1');
        assert.equal(readKept(folder, "decisions.jsonl").length, 1);
        for (const line of ["null", "5", "x", '{"id":"a"}']) {
            appendFileSync(folder.file("decisions.jsonl"), `\n${line}\n`);
            assert.throws(
                () => readKept(folder, "decisions.jsonl"),
                /decisions\.jsonl:2 is damaged; repair or delete the line/,
            );
        }
    });

    it("is shown by the commands, which say from when it is", async () => {
        const folder = folderOf("commands");
        await ask(folder, 2);
        const { time } = readKept(folder, "decisions.jsonl").at(-1) ?? { time: "" };
        const shown = await command(folder.path, ["sandbox", "decisions", "--json"]);
        assert.equal(shown.code, 0, shown.text);
        assert.equal(shown.text.match(/"permission":"secretmanager\.secrets\.list"/g)?.length, 2, shown.text);
        assert.ok(shown.text.includes(`no sandbox is running in ${folder.path}: this was kept until ${time}`));
        const status = await command(folder.path, ["sandbox", "status"]);
        assert.deepEqual(JSON.parse(status.text), { running: false, state: folder.path, decisions: 2, until: time });
    });

    it("is in the files as soon as it happens, so that a sandbox that is killed has kept it", async () => {
        const folder = folderOf("killed");
        const token = `ya29.${"a".repeat(40)}`;
        const handler = `module.exports = (request, response) => {
            console.log("asked for", request.url, "with ${token}");
            response.end();
        };`;
        writeFileSync(join(root, "handler.cjs"), handler);
        const mapping = join(root, "sandbox.yaml");
        writeFileSync(mapping, "hosts:\n  - { host: api.example.com, handler: ./handler.cjs }\n");
        const [file, ...args] = [...cli, "sandbox", "serve", "--json", "--mapping", mapping];
        const server = spawn(file, args, { env: { ...process.env, GCP_INVOKE_STATE: folder.path } });
        const [ready] = (await once(server.stdout, "data")) as [Buffer];
        const { proxy } = JSON.parse(ready.toString()) as { proxy: string };
        for (const url of ["http://api.example.com/one", "http://refused.example/", "http://refused.example/again"]) {
            const asked = get({ port: new URL(proxy).port, path: url, agent: false });
            const [answer] = (await once(asked, "response")) as [IncomingMessage];
            await once(answer.resume(), "end");
        }
        for (let text = ""; !text.includes("asked for");) {
            text += String((await once(server.stderr, "data"))[0]);
        }
        server.kill("SIGKILL");
        await once(server, "exit");
        const logs = await command(folder.path, ["sandbox", "logs"]);
        assert.match(logs.text, /Z api\.example\.com: asked for \/one with \[token\]/);
        assert.ok(!readFileSync(folder.file("logs.jsonl"), "utf8").includes(token));
        const refused = await command(folder.path, ["sandbox", "refused"]);
        assert.match(refused.text, /^refused, .*: refused\.example \(2\)/m);
    });

    it("is the last report of each check, which later runs leave where they check nothing", async () => {
        const folder = folderOf("reports");
        const report = (name: string): object => ({
            ...{ version: 1, name, project: "demo", startedAt: "2026-01-02T03:04:05.000Z", seconds: 1 },
            ...{ verdict: "passed", identity: "nobody", probes: [], untried: [] },
        });
        const write = (stack: string, name: string): void => {
            const place = makePrivateFolder(folder.file("reports", "shop", stack), folder.path);
            writePrivateFile(join(place, `${name}.json`), JSON.stringify(report(name)));
        };
        assert.match((await command(folder.path, ["sandbox", "reports"])).text, /no smoke check has left a report in/);
        write("dev", "orders");
        write("test", "orders");
        const next = collectReports(folder.file("reports", "shop", "dev"));
        assert.deepEqual(next.list(), []);
        write("dev", "stock");
        assert.deepEqual(
            next.list().map(({ name }) => name),
            ["stock"],
        );
        write("dev", "orders");
        assert.equal(next.list().length, 2);
        const later = collectReports(folder.file("reports", "shop", "dev"));
        const gate = (name: string) => ({ type: "pulumi:index:Stash", urn: `urn:pulumi:dev::shop::a$b::${name}` });
        const checks = checksOf([gate("stock-smoke"), gate("stock-since"), { ...gate("orders-smoke"), type: "x" }]);
        assert.deepEqual([...checks], ["stock"]);
        assert.deepEqual(
            later.ofChecks(checks).map(({ name }) => name),
            ["stock"],
        );
        const shown = await command(folder.path, ["sandbox", "reports", "--json"]);
        const names = shown.text
            .trim()
            .split("\n")
            .map((line) => (JSON.parse(line) as { name: string }).name);
        assert.deepEqual(names, ["orders", "stock", "orders"]);
        const one = await command(folder.path, ["sandbox", "reports", "stock"]);
        assert.match(one.text, /^2026-01-02T03:04:05\.000Z\n.*stock/);
        const none = await command(folder.path, ["sandbox", "reports", "other"]);
        assert.match(none.text, /no smoke check "other" has left a report in .*, orders, stock, orders did/);
    });
});
