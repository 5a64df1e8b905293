import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";

const parent = "projects/demo/locations/europe-west1";
const pools = `https://run.googleapis.com/v2/${parent}/workerPools`;
const account = "puller@demo.iam.gserviceaccount.com";

/** Prints what an instance sees, and waits; `fail` makes it end at once. */
const WORKER = `
const { GCE_METADATA_HOST } = process.env;
(async () => {
    const url = "http://" + GCE_METADATA_HOST + "/computeMetadata/v1/instance/service-accounts/default/identity?audience=here&format=full";
    const token = await (await fetch(url, { headers: { "metadata-flavor": "Google" } })).text();
    const seen = Object.entries(process.env).filter(([name]) => /^(CLOUD_RUN_|K_|PORT$|GREETING|GOOGLE_CLOUD_PROJECT$|OUTSIDE|KEY$)/.test(name));
    const { email, aud } = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
    console.log(JSON.stringify({ pid: process.pid, args: process.argv.slice(2), env: Object.fromEntries(seen), email, aud }));
    if (process.argv.includes("fail")) process.exit(3);
    setInterval(() => undefined, 1000);
})();
`;

interface Seen {
    pid: number;
    args: string[];
    env: Record<string, string>;
    email: string;
    aud: string;
}

describe("a worker pool of Cloud Run that sandbox.yaml maps", () => {
    let folder: string;
    let sandbox: Sandbox;
    const start = (): Promise<Sandbox> =>
        Sandbox.start({
            project: "demo",
            mapping: join(folder, "sandbox.yaml"),
            stateDir: join(folder, "state"),
        });
    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "pools-"));
        writeFileSync(join(folder, "worker.js"), WORKER);
        const command = JSON.stringify([process.execPath, "worker.js", "--own"]);
        writeFileSync(join(folder, "sandbox.yaml"), `workerPools:\n  - image: "*/puller:*"\n    command: ${command}\n`);
        process.env["OUTSIDE"] = "of this machine";
        sandbox = await start();
        await call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId: "puller" });
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
    const templateOf = (container: object = {}) => ({
        serviceAccount: account,
        containers: [
            { image: "example/puller:1", args: ["a"], env: [{ name: "GREETING", value: "hello" }], ...container },
        ],
    });
    const make = (container: object = {}, more: object = {}) =>
        call("POST", `${pools}?workerPoolId=puller`, { template: templateOf(container), ...more });
    const change = (container: object = {}, more: object = {}) =>
        call("PATCH", `${pools}/puller`, { template: templateOf(container), ...more });
    const revision = async (): Promise<string> =>
        String((await call("GET", `${pools}/puller`))["latestReadyRevision"]).replace(/^.*\//, "");

    const lines = (stream: string): string[] =>
        sandbox
            .logs("puller")
            .filter((line) => line.stream === stream)
            .map(({ text }) => text);
    const seen = (): Seen[] => lines("stdout").map((text) => JSON.parse(text) as Seen);
    const runs = ({ pid }: { pid: number }): boolean => {
        try {
            return process.kill(pid, 0);
        } catch {
            return false;
        }
    };
    const running = (): Seen[] => seen().filter(runs);
    async function until(what: string, holds: () => boolean): Promise<void> {
        for (const deadline = Date.now() + 60_000; !holds();) {
            assert.ok(Date.now() < deadline, `${what}: ${JSON.stringify(sandbox.logs("puller"))}`);
            await new Promise((resolve) => setTimeout(resolve, 10));
        }
    }

    it("runs with its variables and its identity, and without those of a service", async () => {
        await make();
        await until("it runs", () => running().length === 1);
        const [{ pid: _, ...worker } = {}] = seen() as Partial<Seen>[];
        assert.deepEqual(worker, {
            ...{ args: ["--own", "a"], email: account, aud: "here" },
            env: {
                ...{ CLOUD_RUN_WORKER_POOL: "puller", CLOUD_RUN_WORKER_POOL_REVISION: await revision() },
                ...{ GREETING: "hello", GOOGLE_CLOUD_PROJECT: "demo" },
            },
        });
    });

    it("has as many instances as it is scaled to, and keeps those that it has", async () => {
        await make();
        await until("one runs", () => running().length === 1);
        const [first] = running();
        const before = await revision();
        await change({}, { scaling: { manualInstanceCount: 3 } });
        await until("three run", () => running().length === 3);
        assert.ok(first && runs(first));
        assert.equal(await revision(), before);
        await change({}, { scaling: { manualInstanceCount: 0 } });
        await until("none runs", () => running().length === 0);
    });

    it("runs its newest revision, and no older one", async () => {
        await make();
        await until("the first runs", () => running().length === 1);
        await change({ args: ["b"] });
        await until("the second runs", () => running().some(({ args }) => args.includes("b")));
        await until("the first ended", () => running().length === 1);
        const { revisions } = (await call("GET", `${pools}/puller/revisions`)) as { revisions: { name: string }[] };
        assert.equal(revisions.length, 2);
        const refused = await sandbox.request("DELETE", `${pools}/puller/revisions/${await revision()}`, {});
        assert.equal(refused.status, 400, JSON.stringify(refused.body));
    });

    it("is started again when it ends, which the log says", async () => {
        await make({ args: ["fail"] });
        await until("it ran twice", () => seen().length >= 2);
        assert.match(lines("stderr").join("\n"), /an instance of \S+puller ended: exit code 3; it is started again/);
    });

    it("ends when it is deleted, and when the sandbox ends", async () => {
        await make();
        await until("it runs", () => running().length === 1);
        await call("DELETE", `${pools}/puller`);
        await until("it ended", () => running().length === 0);
        await make();
        await until("another runs", () => running().length === 1);
        const [last] = running();
        await sandbox.close();
        assert.ok(last && !runs(last));
        sandbox = await start();
        await until("it runs again", () => running().length === 1);
    });

    it("does not start without the grant on its secret, and starts with it", async () => {
        const secrets = "https://secretmanager.googleapis.com/v1/projects/demo/secrets";
        await call("POST", `${secrets}?secretId=key`, { replication: { automatic: {} } });
        await call("POST", `${secrets}/key:addVersion`, { payload: { data: "eA==" } });
        await make({ env: [{ name: "KEY", valueSource: { secretKeyRef: { secret: "key", version: "latest" } } }] });
        await until("it is refused", () => /cannot be read as puller@/.test(lines("stderr").join("\n")));
        assert.deepEqual(seen(), []);
        const bindings = [{ role: "roles/secretmanager.secretAccessor", members: [`serviceAccount:${account}`] }];
        await call("POST", `${secrets}/key:setIamPolicy`, { policy: { bindings } });
        await until("it runs", () => running().length === 1);
        assert.equal(seen()[0]?.env["KEY"], "x");
    });

    it("says so if nothing is mapped to its image, or not all that it asks for runs", async () => {
        await make({ image: "example/other:1" });
        await until("it says so", () => /the worker pool's image example\/other:1/.test(lines("stderr").join("\n")));
        await change({}, { scaling: { manualInstanceCount: 9 } });
        await until("it says so", () => /runs 8 of the 9 instances/.test(lines("stderr").join("\n")));
    });

    it("is called by nobody: it has no address, and no permission to be called", async () => {
        const made = (await make())["response"] as Record<string, unknown>;
        assert.deepEqual(
            Object.keys(made).filter((key) => /ur[il]/i.test(key)),
            [],
        );
        const asked = { permissions: ["run.workerpools.get", "run.workerpools.update"] };
        assert.deepEqual(await call("POST", `${pools}/puller:testIamPermissions`, asked), asked);
        const wrong = await sandbox.request("POST", `${pools}/puller:setIamPolicy`, {
            body: { policy: { bindings: [{ role: "roles/run.invoker", members: [`serviceAccount:${account}`] }] } },
        });
        assert.equal(wrong.status, 400, JSON.stringify(wrong.body));
        await call("POST", `${pools}/puller:setIamPolicy`, {
            policy: { bindings: [{ role: "roles/run.viewer", members: [`serviceAccount:${account}`] }] },
        });
    });
});
