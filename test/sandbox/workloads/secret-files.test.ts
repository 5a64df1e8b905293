import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetch, ProxyAgent } from "undici";
import { Sandbox } from "../../../sandbox";

const location = "projects/demo/locations/europe-west1";
const account = "reader@demo.iam.gserviceaccount.com";
const value = "the-value-of-the-secret";
const source = `(request, response) => {
    const { readFileSync } = require("node:fs");
    const { KEY_FILE = "", GCP_INVOKE_ROOT = "", OTHER } = process.env;
    const text = KEY_FILE === "" ? "" : readFileSync(KEY_FILE, "utf8");
    response.end(JSON.stringify({ file: KEY_FILE, root: GCP_INVOKE_ROOT, text, other: OTHER }));
}`;

const TASK = `
const { readFileSync } = require("node:fs");
const { KEY_FILE, GCP_INVOKE_ROOT } = process.env;
console.log("it has " + readFileSync(KEY_FILE, "utf8").length + " letters at " + KEY_FILE.slice(GCP_INVOKE_ROOT.length));
console.log("the root is " + GCP_INVOKE_ROOT);
`;

describe("secrets as files of a service", () => {
    let folder: string;
    let sandbox: Sandbox;
    let agent: ProxyAgent;

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "secret-files-"));
        writeFileSync(join(folder, "handler.cjs"), `module.exports = ${source};`);
        writeFileSync(
            join(folder, "program.cjs"),
            `require("node:http").createServer(${source}).listen(Number(process.env.PORT), "127.0.0.1");`,
        );
        const mapping = join(folder, "sandbox.yaml");
        writeFileSync(
            mapping,
            `services:\n  - { image: "*/handler:*", handler: ./handler.cjs }\n  - { image: "*/program:*", command: [node, program.cjs], directory: . }\n`,
        );
        writeFileSync(join(folder, "task.cjs"), TASK);
        writeFileSync(
            mapping,
            "jobs: [{ image: '*/task:*', command: [node, task.cjs] }]\nworkerPools: [{ image: '*/task:*', command: [node, task.cjs] }]\n",
            { flag: "a" },
        );
        sandbox = await Sandbox.start({ mapping });
        agent = new ProxyAgent({ uri: sandbox.network.url, requestTls: { ca: sandbox.network.caPem } });
        await call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId: "reader" });
        for (const secret of ["granted", "kept"]) {
            const url = "https://secretmanager.googleapis.com/v1/projects/demo/secrets";
            await call("POST", `${url}?secretId=${secret}`, { replication: { automatic: {} } });
            await call("POST", `${url}/${secret}:addVersion`, {
                payload: { data: Buffer.from(value).toString("base64") },
            });
        }
        await call("POST", "https://secretmanager.googleapis.com/v1/projects/demo/secrets/granted:setIamPolicy", {
            policy: {
                bindings: [{ role: "roles/secretmanager.secretAccessor", members: [`serviceAccount:${account}`] }],
            },
        });
    });
    after(async () => {
        await agent.close();
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });

    async function call(method: string, url: string, body?: unknown): Promise<Record<string, unknown>> {
        const { status, body: found } = await sandbox.request(method, url, { body });
        assert.equal(status, 200, JSON.stringify(found));
        return found as Record<string, unknown>;
    }

    /** Deploys a service with the secret as the file /secrets/db/password, and asks it. */
    async function ask(id: string, image: string, secret: string) {
        const url = `https://run.googleapis.com/v2/${location}/services`;
        const env = [
            { name: "KEY_FILE", value: "/secrets/db/password" },
            { name: "OTHER", value: "/secrets/dbs/password" },
        ];
        const volumeMounts = [{ name: "files", mountPath: "/secrets/db" }];
        const template = {
            serviceAccount: account,
            containers: [
                { image: `example/${image}:1`, env, volumeMounts, ports: [{ containerPort: 8080 }] },
                { name: "proxy", image: "proxy:1" },
            ],
            volumes: [{ name: "files", secret: { secret, items: [{ path: "password", version: "latest" }] } }],
        };
        await call("POST", `${url}?serviceId=${id}`, { template });
        await call("POST", `${url}/${id}:setIamPolicy`, {
            policy: { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] },
        });
        const { uri } = await call("GET", `${url}/${id}`);
        const answer = await fetch(String(uri), { dispatcher: agent });
        const text = await answer.text();
        return {
            status: answer.status,
            body: JSON.parse(text.startsWith("{") ? text : "{}") as Record<string, string>,
        };
    }

    const printed = (id: string): string =>
        sandbox
            .logs(id)
            .map(({ text }) => text)
            .join("\n");

    for (const kind of ["handler", "program"]) {
        it(`reach a ${kind} in a private folder, which variables name, and which is gone at the end`, async () => {
            const { status, body } = await ask(kind, kind, "granted");
            assert.equal(status, 200, JSON.stringify(body));
            const { file, root, text, other } = body;
            assert.deepEqual(
                [text, other, file],
                [value, "/secrets/dbs/password", join(root ?? "", "/secrets/db/password")],
            );
            assert.equal(statSync(file ?? "").mode & 0o777, 0o600);
            assert.equal(statSync(root ?? "").mode & 0o777, 0o700);
            assert.match(
                printed(kind),
                /the secrets in \/secrets\/db are below the folder that the variable GCP_INVOKE_ROOT names/,
            );
            assert.equal(printed(kind).split("without the sidecar proxy").length, 2, "it is said once");
            assert.ok(!printed(kind).includes(value));
            await call("DELETE", `https://run.googleapis.com/v2/${location}/services/${kind}`);
        });

        it(`do not reach a ${kind} whose account may not read them`, async () => {
            const { status } = await ask(`${kind}-denied`, kind, "kept");
            assert.equal(status, 503);
            assert.match(
                printed(`${kind}-denied`),
                /the secret projects\/demo\/secrets\/kept, version latest, cannot be read as reader@/,
            );
        });
    }

    /** What runs without an address: how it is made, how it is set going, and where its template is. */
    const programs: Record<string, { path: string; made: (template: object) => object; run: string }> = {
        job: {
            path: "jobs?jobId=",
            made: (template) => ({ template: { template: { ...template, maxRetries: 0 } } }),
            run: ":run",
        },
        "worker pool": { path: "workerPools?workerPoolId=", made: (template) => ({ template }), run: "" },
    };

    /** Deploys it with the secret as a file, runs it, and returns what it prints. */
    async function prints(what: string, id: string, secret: string, expected: RegExp): Promise<string> {
        const { path, made, run } = programs[what]!;
        const [collection = ""] = path.split("?");
        const url = `https://run.googleapis.com/v2/${location}`;
        const env = [{ name: "KEY_FILE", value: "/secrets/db/password" }];
        const volumes = [{ name: "files", secret: { secret, items: [{ path: "password", version: "latest" }] } }];
        const volumeMounts = [{ name: "files", mountPath: "/secrets/db" }];
        const containers = [{ image: "example/task:1", env, volumeMounts }];
        await call("POST", `${url}/${path}${id}`, made({ serviceAccount: account, containers, volumes }));
        if (run !== "") {
            await call("POST", `${url}/${collection}/${id}${run}`, {});
        }
        for (;;) {
            const executions = run === "" ? {} : await call("GET", `${url}/${collection}/${id}/executions`);
            const said = `${printed(id)} ${JSON.stringify(executions)}`;
            if (expected.test(said)) {
                await call("DELETE", `${url}/${collection}/${id}`);
                return said;
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    for (const what of Object.keys(programs)) {
        const id = what.replace(" ", "-");
        it(`reach a ${what} in a private folder, which is gone at the end`, async () => {
            const said = await prints(what, id, "granted", /the root is /);
            assert.match(said, /it has 23 letters at \/secrets\/db\/password/);
            assert.ok(!said.includes(value));
            const [, root = ""] = /the root is (\S+)/.exec(said) ?? [];
            while (existsSync(root)) {
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        });

        it(`do not reach a ${what} whose account may not read them`, async () => {
            const said = await prints(what, `${id}-denied`, "kept", /cannot be read as reader@/);
            assert.match(said, /the secret projects\/demo\/secrets\/kept, version latest, cannot be read as reader@/);
            assert.doesNotMatch(said, /the root is/);
        });
    }

    it("are asked for also where nothing is mapped to the image", async () => {
        assert.equal((await ask("page", "page", "granted")).status, 200);
        assert.equal((await ask("page-denied", "page", "kept")).status, 503);
    });

    it("are removed when the sandbox ends", async () => {
        const { body } = await ask("ending", "handler", "granted");
        const { root = "" } = body;
        assert.ok(existsSync(root));
        await sandbox.close();
        assert.ok(!existsSync(root));
    });
});
