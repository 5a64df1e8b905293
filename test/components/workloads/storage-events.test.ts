import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { InvokableFunction } from "../../../index";
import { openStack } from "../../../engine";
import { arrived, record } from "../../support/recorder";
import { startSandboxed, type Sandboxed } from "../../support/sandboxed";
import { location } from "../support/programs";

const finalized = "google.cloud.storage.object.v1.finalized";
const storage = "https://storage.googleapis.com";
const source = path.join(__dirname, "../../sandbox/workloads/fixtures");

/** A function that is told of what is stored in the inbox. */
function told(name: string): void {
    new InvokableFunction(name, {
        ...{ source, runtime: "nodejs22", entryPoint: "x", location },
        trigger: { eventType: finalized, filters: { bucket: "inbox" } },
    });
}

describe("functions that objects invoke, in the sandbox", () => {
    let folder: string;
    let cloud: Sandboxed;
    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "storage-events-"));
        cloud = await startSandboxed({ propagationMilliseconds: 0 });
        record(cloud.sandbox);
        await cloud.admin("POST", `${storage}/storage/v1/b?project=demo`, { name: "inbox" });
    });
    after(async () => {
        await cloud.close();
        rmSync(folder, { recursive: true, force: true });
    });

    const up = async (...names: string[]) => {
        const stack = await openStack({
            program: () => {
                names.forEach(told);
                return Promise.resolve();
            },
            config: { "gcp:project": "demo", "gcp-invoke:smoke": "off" },
            stateDirectory: folder,
            request: (method, url, body, headers) =>
                cloud.sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });
        const { result, diagnostics } = await stack.up();
        assert.equal(result, "succeeded", diagnostics.map(({ message }) => message).join("\n"));
    };
    const store = async (): Promise<void> => {
        arrived.length = 0;
        await cloud.admin("POST", `${storage}/upload/storage/v1/b/inbox/o?uploadType=media&name=a`, "x");
        while (arrived.length === 0) {
            await new Promise((resolve) => setTimeout(resolve, 2));
        }
    };
    const publishers = (): string[] =>
        cloud.sandbox.cloud.iam
            .getPolicy("//cloudresourcemanager.googleapis.com/projects/demo")
            .bindings?.filter(({ role }) => role === "roles/pubsub.publisher")
            .flatMap(({ members }) => members) ?? [];

    it("are made with all that they need, two of them with one grant, and get a CloudEvent", async () => {
        await up("resize", "count");
        assert.equal(publishers().length, 1);
        assert.match(publishers()[0] ?? "", /^serviceAccount:service-\d+@gs-project-accounts\.iam\./);
        await store();
        assert.equal(arrived[0]?.headers["ce-type"], finalized);
        assert.equal(arrived[0].headers["ce-subject"], "objects/a");
    });

    it("leave the grant to each other: deleting one takes nothing from the other", async () => {
        await up("count");
        assert.equal(publishers().length, 1);
        await store();
        // A third one needs no other grant.
        await up("count", "third");
        assert.equal(publishers().length, 1);
    });
});
