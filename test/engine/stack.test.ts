import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { acquireLock } from "../../engine/processes/lock";
import { Sandbox } from "../../sandbox";

import { Bench, programDirectory } from "./helper";

describe("a stack of a sandbox, from code", () => {
    let sandbox: Sandbox;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
    });
    after(async () => {
        await sandbox.close();
    });

    it("is deployed from a directory, deployed again, and destroyed", async () => {
        const stack = await sandbox.up(programDirectory("chain"), { stack: "directory" });
        assert.deepEqual(stack.diagnostics, []);
        assert.equal(stack.result, "succeeded");
        assert.deepEqual(stack.changes, { create: 7 });
        assert.match(String(stack.outputs["uri"]), /^https:\/\/.*\.run\.app$/);
        assert.equal(stack.outputs["hush"], "hush");
        assert.equal(stack.resources.filter(({ type }) => type.startsWith("gcp:")).length, 4);
        await stack.up();
        assert.deepEqual(stack.changes, { same: 7 });
        await stack.destroy();
        assert.deepEqual([stack.result, stack.resources], ["succeeded", []]);
    });

    it("is deployed from functions, several at the same time, in the project of the sandbox", async () => {
        const make = (name: string) => () =>
            Promise.resolve({ id: new gcp.pubsub.Topic(name, { name }).id, stack: pulumi.getStack() });
        const stacks = await Promise.all(["one", "two", "three"].map((stack) => sandbox.up(make(stack), { stack })));
        assert.deepEqual(
            stacks.map(({ outputs }) => outputs),
            ["one", "two", "three"].map((stack) => ({ id: `projects/demo/topics/${stack}`, stack })),
        );
    });

    it("is deployed by its owner in another project, with the account that Google creates there", async () => {
        const service = (more: { serviceAccount?: string }) => () => {
            const provider = new gcp.Provider("other", { project: "other" });
            const template = { containers: [{ image: "i" }], ...more };
            const { name, project } = new gcp.cloudrunv2.Service(
                "s",
                { name: "s", location: "europe-west1", template },
                { provider },
            );
            return Promise.resolve({ name, project });
        };
        const made = await sandbox.up(service({}), { stack: "elsewhere" });
        assert.deepEqual([made.diagnostics, made.outputs], [[], { name: "s", project: "other" }]);
        const absent = service({ serviceAccount: "nobody@other.iam.gserviceaccount.com" });
        const denied = await sandbox.up(absent, { stack: "elsewhere" });
        assert.match(
            denied.diagnostics.map(({ message }) => message).join(),
            /actAs' denied on service account nobody@/,
        );
    });

    it("says in its result that it has failed, and in its diagnostics why", async () => {
        const stack = await sandbox.up(() => Promise.reject<undefined>(new pulumi.RunError("not today")), {
            stack: "failed",
        });
        assert.equal(stack.result, "failed");
        assert.match(stack.diagnostics.map(({ message }) => message).join(), /not today/);
    });

    it("uploads the bytes of a file as they are", async () => {
        const bytes = Buffer.from([0, 255, 128, 13, 10]);
        const file = join(sandbox.folder, "bytes.bin");
        writeFileSync(file, bytes);
        const stack = await sandbox.up(
            () => {
                const bucket = new gcp.storage.Bucket("b", { name: "upload", location: "EU" });
                const object = new gcp.storage.BucketObject("o", {
                    name: "o",
                    bucket: bucket.name,
                    source: new pulumi.asset.FileAsset(file),
                    contentType: "application/x-odd",
                });
                return Promise.resolve({ md5: object.md5hash, type: object.contentType });
            },
            { stack: "upload" },
        );
        const md5 = createHash("md5").update(bytes).digest("base64");
        assert.deepEqual(stack.outputs, { md5, type: "application/x-odd" });
    });
});

describe("a stack that two operations want to change", function () {
    const bench = new Bench("");
    after(() => {
        bench.close();
    });
    const lock = () => join(bench.state, "inline.dev.json.lock");
    const nothing = { program: () => Promise.resolve() };

    it("is refused to the second, within one process and between two", async () => {
        const [first, second] = [await bench.open({}, nothing), await bench.open({}, nothing)];
        const running = first.up();
        await assert.rejects(second.up(), /stack "dev" is being changed by another operation of this process/);
        assert.equal((await running).result, "succeeded");
        const attempt = await acquireLock(lock());
        assert.ok("release" in attempt);
        await assert.rejects(second.destroy(), /stack "dev" is being changed by another operation of this process/);
        attempt.release();
        assert.equal((await second.up()).result, "succeeded");
        assert.deepEqual(
            readdirSync(bench.state).filter((name) => name.includes(".lock")),
            [],
        );
    });

    it("is read by the second as the first has left it", async () => {
        const program = () => {
            new gcp.pubsub.Topic("t", { name: "once", project: "demo" });
            return Promise.resolve();
        };
        const [first, second] = [await bench.open({}, { program }), await bench.open({}, { program })];
        await first.up();
        assert.deepEqual((await second.up()).changes, { same: 2 });
    });
});

describe("settings of a provider", function () {
    const bench = new Bench("");
    const state = mkdtempSync(join(tmpdir(), "provider-"));
    after(() => {
        bench.close();
        rmSync(state, { recursive: true, force: true });
    });

    it("are secret in the state where they are credentials, or where the configuration has them as secrets", async () => {
        const program = () => {
            const provider = new gcp.Provider("mine", { accessToken: "ya29.explicit", project: "demo" });
            new gcp.pubsub.Topic("a", {}, { provider });
            new gcp.pubsub.Topic("b");
            new pulumi.Stash("s", { input: "x" });
            return Promise.resolve();
        };
        const config = {
            "gcp:zone": { value: "hidden-zone", secret: true },
            "gcp:accessToken": { value: "ya29.config" },
        };
        const stack = await bench.open({}, { program, config: { "gcp:project": "demo", ...config } });
        const result = await stack.up();
        assert.deepEqual(result.diagnostics, []);
        assert.doesNotMatch(JSON.stringify(stack.export()), /ya29|hidden-zone/);
        const providers = stack.resources.filter(({ type }) => type.startsWith("pulumi:providers:"));
        assert.deepEqual(
            providers.map(({ urn }) => urn.split("::").slice(2).join("::").replace(/_\d+/g, "")).toSorted(),
            ["pulumi:providers:gcp::default", "pulumi:providers:gcp::mine", "pulumi:providers:pulumi::default"],
        );
        // Pulumi requires of a state that every custom resource has a provider in it, and that providers have none.
        const references = providers.map(({ urn, id }) => `${urn}::${id ?? ""}`);
        for (const { custom, provider, type } of stack.resources) {
            assert.equal(
                provider !== undefined && references.includes(provider),
                custom && !type.startsWith("pulumi:providers:"),
                type,
            );
        }
    });
});
