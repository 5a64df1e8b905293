import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createStore } from "../../sandbox/store";

const root = resolve(__dirname, "../..");
/** How much older than the kill a change must be to be there for certain: the promise, and the timer's own lateness. */
const PROMISE_MILLISECONDS = 100;
const SLACK_MILLISECONDS = 400;
const WRITING_MILLISECONDS = 800;
/** `KILL_ROUNDS=20` for a night. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 4);

/** Writes without end, and says when each value was put. */
const writer = `
const { createStore } = require("./sandbox/store");
const store = createStore({ file: process.argv[1] });
let n = 0;
setInterval(() => { for (let i = 0; i < 20; i += 1) store.put("c", "n" + (n % 500), { n: ++n, text: "x".repeat(200) }); process.stdout.write(n + " " + Date.now() + "\\n"); }, 1);
`;

describe("a state whose process is killed", () => {
    it("opens, and lacks nothing older than the promise, time after time", async function () {
        this.timeout(15_000 * ROUNDS);
        const folder = mkdtempSync(join(tmpdir(), "kill-"));
        const file = join(folder, "state.json");
        for (let round = 0; round < ROUNDS; round += 1) {
            const child = spawn(
                process.execPath,
                ["--no-experimental-strip-types", "--require=ts-node/register", "-e", writer, file],
                { cwd: root },
            );
            let text = "";
            let began = 0;
            await new Promise<void>((done) => {
                child.stdout.on("data", (chunk: Buffer) => {
                    text += chunk.toString();
                    began ||= Date.now();
                    if (Date.now() - began > WRITING_MILLISECONDS + round * 37) done();
                });
            });
            const killed = Date.now();
            const gone = new Promise((done) => child.once("close", done));
            child.kill("SIGKILL");
            await gone;
            const kept = createStore({ file });
            const newest = Math.max(0, ...kept.list("c").map(([, value]) => (value as { n: number }).n));
            kept.close();
            const owed = text
                .trim()
                .split("\n")
                .map((line) => line.split(" ").map(Number))
                .filter(([, at = 0]) => at < killed - PROMISE_MILLISECONDS - SLACK_MILLISECONDS)
                .map(([n = 0]) => n);
            assert.ok(owed.length > 0, "nothing was owed: the writer was too short");
            assert.ok(newest >= Math.max(0, ...owed), `round ${round}: ${newest} is kept, ${owed.at(-1)} was owed`);
        }
        rmSync(folder, { recursive: true });
    });
});
