import assert from "node:assert/strict";
import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetch, ProxyAgent } from "undici";
import { Sandbox } from "../../../sandbox";

describe("the container that answers requests", () => {
    it("is the one with a port, wherever it stands", async () => {
        const folder = mkdtempSync(join(tmpdir(), "serving-"));
        const mapping = join(folder, "sandbox.yaml");
        for (const name of ["main", "beside"]) {
            writeFileSync(join(folder, `${name}.cjs`), `module.exports = (_, response) => response.end("${name}");`);
        }
        writeFileSync(
            mapping,
            `services:\n  - { image: main, handler: ./main.cjs }\n  - { image: beside, handler: ./beside.cjs }\n`,
        );
        const sandbox = await Sandbox.start({ mapping });
        const agent = new ProxyAgent({ uri: sandbox.network.url, requestTls: { ca: sandbox.network.caPem } });
        try {
            const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
            const main = { image: "main", ports: [{ containerPort: 8080 }] };
            for (const [id, containers] of Object.entries({
                last: [{ image: "beside" }, main],
                first: [main, { image: "beside" }],
            })) {
                const body = { template: { containers }, invokerIamDisabled: true };
                const made = await sandbox.request("POST", `${services}?serviceId=${id}`, { body });
                assert.equal(made.status, 200, JSON.stringify(made.body));
                const { uri } = (await sandbox.request("GET", `${services}/${id}`)).body as { uri: string };
                assert.equal(await (await fetch(uri, { dispatcher: agent })).text(), "main", id);
            }
        } finally {
            await agent.close();
            await sandbox.close();
            rmSync(folder, { recursive: true });
        }
    });
});

describe("a handler that has answered", () => {
    it("is loaded again with another mapping, before the next request, and one that nobody called is not loaded", async () => {
        const folder = mkdtempSync(join(tmpdir(), "serving-"));
        const mapping = join(folder, "sandbox.yaml");
        const write = (name: string, word: string): void =>
            writeFileSync(
                join(folder, `${name}.cjs`),
                `console.log("loads ${word}"); module.exports = (_, response) => response.end("${word}");`,
            );
        write("called", "old");
        write("idle", "idle");
        writeFileSync(
            mapping,
            "services:\n  - { image: called, handler: ./called.cjs }\n  - { image: idle, handler: ./idle.cjs }\n",
        );
        await using sandbox = await Sandbox.start({ mapping });
        const agent = new ProxyAgent({ uri: sandbox.network.url, requestTls: { ca: sandbox.network.caPem } });
        const loaded = (): string[] => sandbox.logs().map(({ text }) => text);
        try {
            const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
            for (const image of ["called", "idle"]) {
                const body = { template: { containers: [{ image }] }, invokerIamDisabled: true };
                await sandbox.request("POST", `${services}?serviceId=${image}`, { body });
            }
            const { uri } = (await sandbox.request("GET", `${services}/called`)).body as { uri: string };
            assert.equal(await (await fetch(uri, { dispatcher: agent })).text(), "old");
            write("called", "new");
            const isLoaded = new Promise<void>((resolve) => sandbox.onLog(() => resolve()));
            await sandbox.useMapping(mapping);
            await isLoaded;
            assert.deepEqual(loaded(), ["loads old", "loads new"]);
            assert.equal(await (await fetch(uri, { dispatcher: agent })).text(), "new");
            assert.deepEqual(loaded(), ["loads old", "loads new"], "the thread that waited answers");
        } finally {
            await agent.close();
            rmSync(folder, { recursive: true });
        }
    });
});
