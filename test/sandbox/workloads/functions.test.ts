import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { unzip } from "../../../sandbox/workloads/zip";
import { zip } from "../../support/zip";

const location = "projects/demo/locations/europe-west1";
const email = "runtime@demo.iam.gserviceaccount.com";

describe("what answers for functions, and secrets in the environment", () => {
    let folder: string;
    let sandbox: Sandbox;
    let written: string[];
    const write = process.stderr.write.bind(process.stderr);
    const cwd = process.cwd();

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "functions-"));
        writeFileSync(
            join(folder, "answer.cjs"),
            "module.exports = (request, response, { env }) => response.end(JSON.stringify({ path: request.url, env }));",
        );
        writeFileSync(
            join(folder, "sandbox.yaml"),
            `functions:\n  - { function: mapped, handler: ./answer.cjs }\nservices:\n  - { image: "*", handler: ./answer.cjs }\n`,
        );
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
        const accounts = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
        await call("POST", accounts, { accountId: "runtime" });
        await call("POST", "https://storage.googleapis.com/storage/v1/b?project=demo", { name: "sources" });
    });
    after(async () => {
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });
    beforeEach(() => {
        written = [];
        process.stderr.write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    });
    afterEach(() => {
        process.stderr.write = write;
        process.chdir(cwd);
    });

    async function call(method: string, url: string, body?: unknown): Promise<Record<string, unknown>> {
        const answer = await sandbox.request(method, url, { body });
        if (answer.status !== 200) {
            throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    }
    async function upload(object: string, bytes: Buffer): Promise<void> {
        const url = `https://storage.googleapis.com/upload/storage/v1/b/sources/o?uploadType=media&name=${object}`;
        const answer = await sandbox.request("POST", url, {
            body: bytes,
            headers: { "content-type": "application/zip" },
        });
        assert.equal(answer.status, 200);
    }
    async function deploy(id: string, object = "none.zip", runtime = "nodejs22"): Promise<string> {
        await call("POST", `https://cloudfunctions.googleapis.com/v2/${location}/functions?functionId=${id}`, {
            buildConfig: { runtime, entryPoint: "hello", source: { storageSource: { bucket: "sources", object } } },
            serviceConfig: { serviceAccountEmail: email },
        });
        const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
        await call("POST", `https://run.googleapis.com/v2/${location}/services/${id}:setIamPolicy`, { policy });
        return `https://europe-west1-demo.cloudfunctions.net/${id}`;
    }
    function get(url: string): Promise<{ status: number; text: string }> {
        const { port } = sandbox.network;
        return new Promise((resolve, reject) => {
            request({ port, host: "127.0.0.1", path: url.replace("https:", "http:"), agent: false }, (incoming) => {
                let text = "";
                incoming.on("data", (part: Buffer) => (text += part.toString()));
                incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
            })
                .on("error", reject)
                .end();
        });
    }

    it("is the handler that the mapping names for the function, at its own address", async () => {
        const { status, text } = await get(`${await deploy("mapped")}/a?b=c`);
        assert.equal(status, 200);
        const { path, env } = JSON.parse(text) as { path: string; env: Record<string, string> };
        assert.equal(path, "/a?b=c");
        assert.equal(env.FUNCTION_TARGET, "hello");
        assert.equal(env.K_SERVICE, "mapped");
    });

    it("says what to install where the framework is missing, and what to do for other languages", async () => {
        await upload("hello.zip", zip({ "index.js": "" }));
        const url = await deploy("homeless", "hello.zip");
        const python = await deploy("snake", "hello.zip", "python312");
        process.chdir(tmpdir());
        assert.equal((await get(url)).status, 503);
        assert.match(written.join(""), /npm install --save-dev @google-cloud\/functions-framework/);
        assert.equal((await get(python)).status, 503);
        assert.match(written.join(""), /not python312; name a command for the function in sandbox\.yaml/);
    });

    it("unpacks an archive, and refuses one that is none or reaches outside of itself", () => {
        const files = unzip(zip({ "a/b.txt": "text", "a/": "" }));
        assert.deepEqual(
            [...files].map(([path, bytes]) => [path, bytes.toString()]),
            [["a/b.txt", "text"]],
        );
        assert.throws(() => unzip(Buffer.from("no archive at all")), /no ZIP file/);
        for (const path of ["../evil", "a/../../evil", "/evil", "C:\\evil", "..\\evil"]) {
            assert.throws(() => unzip(zip({ [path]: "x" })), /outside of it/, path);
        }
    });

    it("reads secrets of the environment as the service's account, if that may", async () => {
        const secrets = "https://secretmanager.googleapis.com/v1/projects/demo/secrets";
        await call("POST", `${secrets}?secretId=key`, { replication: { automatic: {} } });
        const data = Buffer.from("open sesame").toString("base64");
        await call("POST", `${secrets}/key:addVersion`, { payload: { data } });
        const services = `https://run.googleapis.com/v2/${location}/services`;
        const env = [{ name: "KEY", valueSource: { secretKeyRef: { secret: "key", version: "latest" } } }];
        await call("POST", `${services}?serviceId=reader`, {
            template: { serviceAccount: email, containers: [{ image: "reader", env }] },
        });
        const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
        await call("POST", `${services}/reader:setIamPolicy`, { policy });
        const url = String((await call("GET", `${services}/reader`)).uri);
        assert.equal((await get(url)).status, 503);
        assert.match(written.join(""), /grant roles\/secretmanager\.secretAccessor on it to serviceAccount:runtime@/);
        await call("POST", `${secrets}/key:setIamPolicy`, {
            policy: {
                bindings: [{ role: "roles/secretmanager.secretAccessor", members: [`serviceAccount:${email}`] }],
            },
        });
        const { env: seen } = JSON.parse((await get(url)).text) as { env: Record<string, string> };
        assert.equal(seen.KEY, "open sesame");
    });
});
