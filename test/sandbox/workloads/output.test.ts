import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";

const HANDLER = `
console.log("loaded");
module.exports = (request, response, { env, log }) => {
    console.log("at once for %s", env.K_SERVICE);
    if (request.url === "/die") {
        process.stdout.write("the last words");
        process.stderr.write("and complaints");
        process.exit(1);
    }
    request.resume().on("end", () => console.error("at the end of the request"));
    setTimeout(() => {
        process.stdout.write("later, in two ");
        process.stdout.write("pieces\\n");
        log("by the context");
        response.on("finish", () => console.info("after the answer"));
        response.end("answered");
    }, 5);
};
`;

describe("what a handler prints", () => {
    let folder: string;
    let sandbox: Sandbox;
    const write = process.stderr.write.bind(process.stderr);
    let written: string[];

    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "output-"));
        writeFileSync(join(folder, "handler.cjs"), HANDLER);
        writeFileSync(
            join(folder, "sandbox.yaml"),
            'services:\n  - { image: "*", handler: ./handler.cjs }\nhosts:\n  - { host: api.example.com, handler: ./handler.cjs }\n',
        );
        written = [];
        process.stderr.write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
        for (const id of ["one", "two"]) {
            const body = { template: { containers: [{ image: "a/b:1" }] } };
            await sandbox.request("POST", `${services}?serviceId=${id}`, { body });
            const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
            await sandbox.request("POST", `${services}/${id}:setIamPolicy`, { body: { policy } });
        }
    });
    afterEach(async () => {
        await sandbox.close();
        process.stderr.write = write;
        rmSync(folder, { recursive: true });
    });

    async function ask(url: string): Promise<void> {
        const { port } = sandbox.network;
        await new Promise<void>((resolve, reject) => {
            request({ port, host: "127.0.0.1", path: url, method: "POST", agent: false }, (answer) =>
                answer.resume().on("end", resolve),
            )
                .on("error", reject)
                .end("a body");
        });
    }
    async function uriOf(id: string): Promise<string> {
        const { body } = await sandbox.request("GET", `${services}/${id}`);
        return (body as { uri: string }).uri.replace("https:", "http:");
    }
    const textsOf = (service: string): string[] => sandbox.logs(service).map(({ stream, text }) => `${stream} ${text}`);

    it("is in the log of its service, whatever it prints with and whenever", async () => {
        await ask(await uriOf("one"));
        assert.deepEqual(textsOf("one").sort(), [
            "stderr at the end of the request",
            "stdout after the answer",
            "stdout at once for one",
            "stdout by the context",
            "stdout later, in two pieces",
            "stdout loaded",
        ]);
    });

    it("is nobody else's, though two answer at the same time from one module", async () => {
        const [one, two] = await Promise.all([uriOf("one"), uriOf("two")]);
        await Promise.all([ask(one), ask(two), ask(one)]);
        assert.equal(textsOf("one").filter((line) => line === "stdout at once for one").length, 2);
        assert.equal(textsOf("two").filter((line) => line === "stdout at once for two").length, 1);
        assert.equal(textsOf("two").length, 6);
    });

    it("is shown on standard error with its name, each line once, and what is not a handler's as it is", async () => {
        await ask(await uriOf("one"));
        process.stderr.write("the test's own\n");
        assert.equal(written.filter((line) => line === "one: later, in two pieces\n").length, 1);
        assert.ok(written.includes("the test's own\n"));
        assert.ok(!sandbox.logs().some(({ text }) => text === "the test's own"));
    });

    it("is in the log of its host where it answers for an external API", async () => {
        await ask("http://api.example.com/");
        assert.ok(textsOf("api.example.com").includes("stdout loaded"));
        assert.ok(textsOf("api.example.com").includes("stdout by the context"));
    });

    it("is kept also where it has no end of a line, as the last words of what ends", async () => {
        const { body } = await sandbox.request("GET", `${services}/one`);
        await ask(`${(body as { uri: string }).uri.replace("https:", "http:")}/die`);
        const lines = (): string[] => sandbox.logs("one").map(({ stream, text }) => `${stream}: ${text}`);
        while (!lines().some((line) => line.includes("exit code 1"))) {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        assert.ok(lines().includes("stdout: the last words"), lines().join("\n"));
        assert.ok(lines().includes("stderr: and complaints"), lines().join("\n"));
    });
});
