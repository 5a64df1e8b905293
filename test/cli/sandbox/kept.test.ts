import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAll, readKept } from "../../../cli/sandbox/kept";
import { withSandbox } from "../../../cli/sandbox/session";
import { findStateFolder } from "../../../cli/sandbox/state-folder";
import { startControl } from "../../../sandbox/control";
import { findRunning, type Decision } from "../../../sandbox/light";
import { command } from "../../support/command";

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
});
