import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { skip } from "../../support/skip";
import { zip } from "../../support/zip";

const installed = join(__dirname, "../../../node_modules");
const location = "projects/demo/locations/europe-west1";
const event = {
    "ce-id": "7",
    "ce-source": "//pubsub.googleapis.com/projects/demo/topics/orders",
    "ce-specversion": "1.0",
    "ce-type": "google.cloud.pubsub.topic.v1.messagePublished",
    "content-type": "application/json",
};

/** Sources as users write them, and what an answer says. */
const SOURCES: Record<string, { files: Record<string, string>; event?: true; expected: RegExp }> = {
    exported: {
        files: {
            "package.json": '{ "main": "lib/index.js" }',
            "lib/index.js":
                "exports.hello = (request, response) => response.send(`exported ${request.path} ${request.query.a} ${process.env.K_SERVICE}`);",
        },
        expected: /^exported \/x 1 exported$/,
    },
    registered: {
        files: {
            "index.js": `const functions = require("@google-cloud/functions-framework");
                functions.http("hello", (request, response) => response.json({ registered: request.body }));`,
        },
        expected: /^\{"registered":\{"order":7\}\}$/,
    },
    esm: {
        files: {
            "package.json": '{ "type": "module", "main": "index.mjs" }',
            "index.mjs": `import { http } from "@google-cloud/functions-framework";
                http("hello", (request, response) => { response.send("as a module"); });`,
        },
        expected: /^as a module$/,
    },
    event: {
        files: {
            "index.js": `const functions = require("@google-cloud/functions-framework");
                functions.cloudEvent("hello", ({ id, type, data }) => console.log("event", id, type, JSON.stringify(data)));`,
        },
        event: true,
        expected: /^event 7 google\.cloud\.pubsub\.topic\.v1\.messagePublished \{"message":\{"data":"aGk="\}\}$/,
    },
    throws: {
        files: { "index.js": 'exports.hello = () => { throw new Error("thrown in a function"); };' },
        expected: /thrown in a function/,
    },
};

for (const [version, name] of [
    ["3", "functions-framework-3"],
    ["4", "functions-framework-4"],
    ["5", "@google-cloud/functions-framework"],
] as const) {
    describe(`the source of a function, run by Google's Functions Framework ${version}`, function () {
        let folder: string;
        let sandbox: Sandbox;
        const cwd = process.cwd();
        const write = process.stderr.write.bind(process.stderr);

        before(async function () {
            const framework = join(installed, name);
            if (!existsSync(join(framework, "package.json"))) {
                skip(this, `${name} is not installed: run npm install`);
            }
            folder = mkdtempSync(join(tmpdir(), "framework-"));
            mkdirSync(join(folder, "node_modules/@google-cloud"), { recursive: true });
            symlinkSync(framework, join(folder, "node_modules/@google-cloud/functions-framework"), "junction");
            process.chdir(folder);
            process.stderr.write = () => true;
            sandbox = await Sandbox.start();
            await call("POST", "https://storage.googleapis.com/storage/v1/b?project=demo", { name: "sources" });
            await call("PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/orders", {});
            for (const [id, { files, event: isEvent }] of Object.entries(SOURCES)) {
                const upload = `https://storage.googleapis.com/upload/storage/v1/b/sources/o?uploadType=media&name=${id}.zip`;
                const headers = { "content-type": "application/zip" };
                const { status } = await sandbox.request("POST", upload, { body: zip(files), headers });
                assert.equal(status, 200);
                const storageSource = { bucket: "sources", object: `${id}.zip` };
                const buildConfig = { runtime: "nodejs22", entryPoint: "hello", source: { storageSource } };
                const eventType = event["ce-type"];
                await call("POST", `https://cloudfunctions.googleapis.com/v2/${location}/functions?functionId=${id}`, {
                    buildConfig,
                    ...(isEvent && { eventTrigger: { eventType, pubsubTopic: "projects/demo/topics/orders" } }),
                });
                const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
                await call("POST", `https://run.googleapis.com/v2/${location}/services/${id}:setIamPolicy`, { policy });
            }
        });
        after(async () => {
            process.chdir(cwd);
            process.stderr.write = write;
            if (folder) {
                await sandbox.close();
                rmSync(folder, { recursive: true });
            }
        });

        async function call(method: string, url: string, body?: unknown): Promise<void> {
            const answer = await sandbox.request(method, url, { body });
            assert.equal(answer.status, 200, JSON.stringify(answer.body));
        }
        function post(
            id: string,
            body: unknown,
            headers: Record<string, string>,
        ): Promise<{ status: number; text: string }> {
            const { port } = sandbox.network;
            const path = `http://europe-west1-demo.cloudfunctions.net/${id}/x?a=1`;
            return new Promise((resolve, reject) => {
                const options = { port, host: "127.0.0.1", path, method: "POST", headers, agent: false };
                request(options, (incoming) => {
                    let text = "";
                    incoming.on("data", (part: Buffer) => (text += part.toString()));
                    incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
                })
                    .on("error", reject)
                    .end(JSON.stringify(body));
            });
        }

        for (const id of ["exported", "registered", "esm"]) {
            it(`answers where it is ${id === "esm" ? "an ES module" : id}`, async () => {
                const { status, text } = await post(id, { order: 7 }, { "content-type": "application/json" });
                assert.equal(status, 200, text);
                assert.match(text, SOURCES[id]!.expected);
            });
        }

        it("gets CloudEvents", async () => {
            const { status } = await post("event", { message: { data: "aGk=" } }, event);
            assert.ok(status === 200 || status === 204, `${status}`);
            assert.ok(sandbox.logs("event").some(({ text }) => SOURCES.event!.expected.test(text)));
        });

        it("answers 500 where it throws, and says so in its log", async () => {
            assert.equal((await post("throws", {}, {})).status, 500);
            assert.ok(sandbox.logs("throws").some(({ text }) => SOURCES.throws!.expected.test(text)));
        });
    });
}
