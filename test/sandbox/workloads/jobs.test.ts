import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { owner, testCloud } from "../support/cloud";

const parent = "projects/demo/locations/europe-west1";
const run = "https://run.googleapis.com/v2";
const account = "nightly@demo.iam.gserviceaccount.com";

/** Prints what a task sees. The second of three fails at first, and one that is told to never ends. */
const TASK = `
const { CLOUD_RUN_TASK_INDEX: index, CLOUD_RUN_TASK_ATTEMPT: attempt, GCE_METADATA_HOST } = process.env;
(async () => {
    const url = "http://" + GCE_METADATA_HOST + "/computeMetadata/v1/instance/service-accounts/default/identity?audience=here&format=full";
    const token = await (await fetch(url, { headers: { "metadata-flavor": "Google" } })).text();
    const seen = Object.entries(process.env).filter(([name]) => /^(CLOUD_RUN_|K_|GREETING|GOOGLE_CLOUD_PROJECT$|OUTSIDE)/.test(name));
    const { email } = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
    console.log(JSON.stringify({ index, attempt, args: process.argv.slice(2), env: Object.fromEntries(seen), email }));
    if (process.argv.includes("forever")) setInterval(() => undefined, 1000);
    else if (process.argv.includes("fail") || (index === "1" && attempt === "0")) process.exit(3);
})();
`;

interface Seen {
    index: string;
    attempt: string;
    args: string[];
    env: Record<string, string>;
    email: string;
}

describe("a job of Cloud Run that sandbox.yaml maps", () => {
    let folder: string;
    let sandbox: Sandbox;
    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "jobs-"));
        writeFileSync(join(folder, "task.js"), TASK);
        const command = JSON.stringify([process.execPath, "task.js", "--own"]);
        writeFileSync(join(folder, "sandbox.yaml"), `jobs:\n  - image: "*/nightly:*"\n    command: ${command}\n`);
        process.env["OUTSIDE"] = "of this machine";
        sandbox = await Sandbox.start({ project: "demo", mapping: join(folder, "sandbox.yaml") });
        await call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId: "nightly" });
    });
    afterEach(async () => {
        delete process.env["OUTSIDE"];
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });

    async function call(method: string, url: string, body?: unknown): Promise<Record<string, unknown>> {
        const answer = await sandbox.request(method, url, { body });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        return answer.body as Record<string, unknown>;
    }
    const make = (image: string, task: object = {}) =>
        call("POST", `${run}/${parent}/jobs?jobId=nightly`, {
            template: {
                taskCount: 3,
                template: {
                    serviceAccount: account,
                    maxRetries: 1,
                    containers: [{ image, args: ["a"], env: [{ name: "GREETING", value: "hello" }] }],
                    ...task,
                },
            },
        });
    /** Runs the job to its end. */
    async function execute(body: object = {}): Promise<Record<string, unknown>> {
        let operation = await call("POST", `${run}/${parent}/jobs/nightly:run`, body);
        while (operation["done"] !== true) {
            // Calls in process leave no room for anything else.
            await new Promise((resolve) => setTimeout(resolve, 5));
            operation = await call("GET", `${run}/${String(operation["name"])}`);
        }
        return operation["response"] as Record<string, unknown>;
    }
    const printed = (): Seen[] =>
        sandbox
            .logs("nightly")
            .filter(({ stream }) => stream === "stdout")
            .map(({ text }) => JSON.parse(text) as Seen);
    const counts = ({
        succeededCount = 0,
        failedCount = 0,
        retriedCount = 0,
        runningCount = 0,
    }: Record<string, unknown>) => ({
        succeededCount,
        failedCount,
        retriedCount,
        runningCount,
    });
    const state = ({ conditions }: Record<string, unknown>) =>
        (conditions as { state: string; message?: string }[]).map(({ state: one, message }) => [one, message]).flat();

    it("runs its tasks with their variables and the identity of the job, and tries one again that failed", async () => {
        await make("example/nightly:1");
        const execution = await execute();
        assert.deepEqual(counts(execution), { succeededCount: 3, failedCount: 0, retriedCount: 1, runningCount: 0 });
        assert.deepEqual(state(execution), ["CONDITION_SUCCEEDED", undefined]);
        const seen = printed().sort((a, b) => a.index.localeCompare(b.index) || a.attempt.localeCompare(b.attempt));
        assert.deepEqual(
            seen.map(({ index, attempt }) => `${index}.${attempt}`),
            ["0.0", "1.0", "1.1", "2.0"],
        );
        for (const { index, attempt, args, env, email } of seen) {
            assert.deepEqual(args, ["--own", "a"]);
            assert.deepEqual(env, {
                ...{ CLOUD_RUN_JOB: "nightly", CLOUD_RUN_EXECUTION: String(execution["name"]).split("/").at(-1) },
                ...{ CLOUD_RUN_TASK_INDEX: index, CLOUD_RUN_TASK_ATTEMPT: attempt, CLOUD_RUN_TASK_COUNT: "3" },
                ...{ GREETING: "hello", GOOGLE_CLOUD_PROJECT: "demo" },
            });
            assert.equal(email, account);
        }
        const job = await call("GET", `${run}/${parent}/jobs/nightly`);
        assert.equal(
            (job["latestCreatedExecution"] as { completionStatus: string }).completionStatus,
            "EXECUTION_SUCCEEDED",
        );
    });

    it("has failed where a task failed more often than it may, and says which", async () => {
        await make("example/nightly:1", { maxRetries: 0 });
        const overrides = { containerOverrides: [{ args: ["fail"] }], taskCount: 2 };
        const execution = await execute({ overrides });
        assert.deepEqual(counts(execution), { succeededCount: 0, failedCount: 2, retriedCount: 0, runningCount: 0 });
        assert.deepEqual(state(execution), ["CONDITION_FAILED", "2 of 2 tasks failed"]);
        assert.deepEqual(
            printed().map(({ args }) => args),
            [
                ["--own", "fail"],
                ["--own", "fail"],
            ],
        );
        const said = sandbox.logs("nightly").map(({ text }) => text);
        assert.ok(said.includes("task 0 of nightly ended with exit code 3"), said.join("\n"));
    });

    it("ends a task at its timeout", async () => {
        await make("example/nightly:1", { maxRetries: 0, timeout: "1s" });
        const execution = await execute({ overrides: { containerOverrides: [{ args: ["forever"] }], taskCount: 1 } });
        assert.deepEqual(state(execution), ["CONDITION_FAILED", "1 of 1 tasks failed"]);
        assert.match(
            sandbox
                .logs("nightly")
                .map(({ text }) => text)
                .join("\n"),
            /ran longer than its timeout of 1 s/,
        );
    });

    it("says that nothing was run where no entry is for its image", async () => {
        await make("example/other:1");
        const execution = await execute();
        assert.equal(state(execution)[0], "CONDITION_FAILED");
        assert.match(String(state(execution)[1]), /nothing in sandbox\.yaml is mapped to the job's image/);
        assert.deepEqual(printed(), []);
    });

    it("ends with the sandbox", async () => {
        await make("example/nightly:1", { maxRetries: 0 });
        const overrides = { containerOverrides: [{ args: ["forever"] }], taskCount: 1 };
        await call("POST", `${run}/${parent}/jobs/nightly:run`, { overrides });
        while (printed().length === 0) {
            await new Promise((resolve) => setTimeout(resolve, 10));
        }
        // The next line in `afterEach` closes it, and a process that stayed would keep the test run alive.
    });

    it("is known as failed where the sandbox ended in the middle", async () => {
        const stateDir = join(folder, "state");
        mkdirSync(stateDir);
        const first = testCloud(join(stateDir, "sandbox.json"));
        // Somebody runs it, and is gone before it has ended.
        first.signals.on((signal) => {
            if (signal.kind === "job-execution") {
                signal.taken = true;
            }
        });
        await first.account("nightly");
        const template = { serviceAccount: account, containers: [{ image: "example/nightly:1" }] };
        await first.call(owner, "POST", `${run}/${parent}/jobs?jobId=nightly`, { template: { template } });
        const { name, done } = await first.call(owner, "POST", `${run}/${parent}/jobs/nightly:run`, {});
        assert.equal(done, undefined);
        first.close();
        const second = await Sandbox.start({ project: "demo", stateDir });
        try {
            const { body } = await second.request("GET", `${run}/${String(name)}`);
            assert.match(JSON.stringify(body), /"done":true.*the sandbox ended while the execution was running/);
        } finally {
            await second.close();
        }
    });
});
