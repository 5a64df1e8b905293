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
