import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { Sandbox } from "../../sandbox";

const run = promisify(execFile);
const root = join(__dirname, "../..");
/** `MOMENTS=500` for a night. */
const MOMENTS = Number(process.env.MOMENTS ?? 25);
/** Of a deployment, in thousandths. */
const WHOLE = 1000;

describe("a sandbox that is closed", () => {
    it(`during a deployment, at ${MOMENTS} moments, settles it each time and lets its process end`, async function () {
        this.timeout(300_000);
        const moments = fc.sample(fc.nat(WHOLE), { numRuns: MOMENTS, seed: 21 });
        const { stdout } = await run(
            process.execPath,
            [
                ...["--no-experimental-strip-types", "--conditions=pulumi-gcp-invoke-source"],
                ...[`--require=${join(root, "scripts/register.cjs")}`, join(__dirname, "closing-process.ts")],
                ...moments.map(String),
            ],
            { timeout: 290_000 },
        );
        const outcomes = stdout.trim().split("\n");
        assert.equal(outcomes.length, MOMENTS);
        const unexpected = outcomes.filter(
            (one) => !/^(failed|succeeded|rejected: .*the sandbox (is|was) closed)/.test(one),
        );
        assert.deepEqual(unexpected, []);
        const interrupted = outcomes.filter((one) => one === "failed").length;
        assert.ok(interrupted > MOMENTS / 10, `only ${interrupted} deployments were under way`);
    });

    it("is closed once, however often it is told to, and refuses what comes after", async () => {
        const sandbox = await Sandbox.start();
        await Promise.all([sandbox.close(), sandbox.close(), sandbox[Symbol.asyncDispose]()]);
        await assert.rejects(
            sandbox.up(() => Promise.resolve()),
            /the sandbox is closed; start another one/,
        );
        await assert.rejects(
            sandbox.request("GET", "https://run.googleapis.com/v2/projects/demo/locations/-/services"),
            /closed/,
        );
    });

    it("ends a deployment whose own signal says so, and goes on itself", async () => {
        await using sandbox = await Sandbox.start();
        const cancel = new AbortController();
        const up = sandbox.up(() => new Promise<void>(() => cancel.abort()), { signal: cancel.signal });
        assert.equal((await up).result, "failed");
        assert.equal((await sandbox.up(() => Promise.resolve())).result, "succeeded");
    });

    it("settles calls that wait for a time of its clock that does not come", async () => {
        const sandbox = await Sandbox.start();
        sandbox.cloud.apis.serve({
            host: "slow.googleapis.com",
            routes: [
                {
                    verb: "GET",
                    path: "/wait",
                    permission: undefined,
                    handle: async (_request, { cloud }) => {
                        await cloud.clock.sleep(3_600_000);
                        return {};
                    },
                },
            ],
        });
        const waiting = assert.rejects(
            sandbox.request("GET", "https://slow.googleapis.com/wait"),
            /the sandbox was closed/,
        );
        await sandbox.close();
        await waiting;
    });
});
