import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import type { StackResult } from "../../engine";
import { Crypter } from "../../engine/state/secrets";

import { AnyResource, Bench } from "./helper";

describe("a program that cannot be deployed", function () {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench("");
    });
    afterEach(() => {
        bench.close();
    });

    async function up(body: () => void, preview = false): Promise<StackResult> {
        const program = () => {
            body();
            return Promise.resolve();
        };
        const stack = await bench.open({ "gcp:project": "demo" }, { program });
        return await stack.up({ preview });
    }
    const messages = (result: StackResult) => result.diagnostics.map(({ message }) => message).join("\n");

    const refused: [title: string, body: () => void, message: RegExp][] = [
        [
            "a type of a package that is not known",
            () => new AnyResource("aws:s3/bucket:Bucket", "b", {}),
            /does not support resource type aws:s3\/bucket:Bucket; leave the resource out, .* \{ "aws:\*": keep \} in sandbox\.yaml/,
        ],
        [
            "a property that does not exist, with the one that was meant",
            () =>
                new gcp.cloudrunv2.Service("s", {
                    location: "x",
                    template: { containers: [{ image: "i", env: [] } as never] },
                }),
            /template\.containers\[0\]\.env value .* has a problem: unknown property; did you mean "envs"\?/,
        ],
        [
            "a value of the wrong type",
            () => new gcp.pubsub.Topic("t", { labels: "a" as never }),
            /property labels value \{a\} has a problem: expected a map, found "a"/,
        ],
        [
            "a name that is registered twice",
            () => (new gcp.pubsub.Topic("t"), new gcp.pubsub.Topic("t")),
            /Duplicate resource URN '.*Topic::t'; try giving it a unique name/,
        ],
        [
            "a required property that is missing",
            () =>
                new gcp.cloudrunv2.ServiceIamMember("m", {
                    name: "s",
                    location: "x",
                    member: pulumi.output(undefined as never),
                    role: "r",
                }),
            /property member value .* has a problem: missing required property/,
        ],
    ];
    for (const [title, body, message] of refused) {
        it(`is refused before anything is created: ${title}`, async () => {
            const result = await up(() => {
                new gcp.pubsub.Topic("before");
                body();
            }, true);
            assert.equal(result.result, "failed");
            assert.match(messages(result), message);
            assert.equal(bench.cloud.requests.length, 0);
        });
    }

    it("because of an error of the cloud: the message names the resource and the error, and what was created is kept", async () => {
        bench.cloud.intercept = (_, url) =>
            url.includes("topics/bad")
                ? {
                      status: 403,
                      body: { error: { code: 403, status: "PERMISSION_DENIED", message: "no pubsub.topics.create" } },
                  }
                : undefined;
        const result = await up(() => {
            const good = new gcp.pubsub.Topic("good", { name: "good" });
            new gcp.pubsub.Topic("bad", { name: "bad" }, { dependsOn: [good] });
        });
        assert.equal(result.result, "failed");
        assert.equal(
            messages(result),
            "creating projects/demo/topics/bad: Error 403 (PERMISSION_DENIED): no pubsub.topics.create",
        );
        assert.match(result.diagnostics[0]?.urn ?? "", /Topic::bad$/);
        assert.equal(bench.cloud.resources.size, 1);
        bench.cloud.intercept = () => undefined;
        const again = await up(() => {
            const good = new gcp.pubsub.Topic("good", { name: "good" });
            new gcp.pubsub.Topic("bad", { name: "bad" }, { dependsOn: [good] });
        });
        assert.deepEqual(again.changes, { same: 2, create: 1 });
    });

    const topic = () => {
        new gcp.pubsub.Topic("t", { name: "tee" });
    };

    it("because it throws: no resource that it did not reach is deleted", async () => {
        await up(topic);
        const result = await up(() => {
            throw new pulumi.RunError("the program gives up");
        });
        assert.equal(result.result, "failed");
        assert.match(messages(result), /the program gives up/);
        assert.equal(bench.cloud.resources.size, 1);
    });

    it("because it reports an error: it fails, and deletes nothing", async () => {
        await up(topic);
        const result = await up(() => {
            void pulumi.log.error("not like this");
        });
        assert.equal(result.result, "failed");
        assert.equal(bench.cloud.resources.size, 1);
    });

    it("but ends without an error and registers nothing: everything is deleted", async () => {
        await up(topic);
        const result = await up(() => undefined);
        assert.deepEqual(result.changes, { same: 1, delete: 1 });
        assert.equal(bench.cloud.resources.size, 0);
    });
});

describe("a project's directory", () => {
    let directory = "";
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "project-"));
        symlinkSync(resolve(__dirname, "../../node_modules"), join(directory, "node_modules"));
        writeFileSync(join(directory, "package.json"), "{}");
    });
    afterEach(() => {
        rmSync(directory, { recursive: true, force: true });
    });
    const write = (files: Record<string, string>) => {
        for (const [name, text] of Object.entries(files)) {
            mkdirSync(resolve(directory, name, ".."), { recursive: true });
            writeFileSync(join(directory, name), text);
        }
    };
    const runtime = "runtime: { name: nodejs, options: { typescript: false, nodeargs: --no-warnings } }\n";

    it("gives the program its configuration: that of the project, of the stack, of encrypted secrets, and of the caller", async () => {
        const crypter = await Crypter.create("open sesame");
        write({
            "Pulumi.yaml": `name: values\nmain: src/program.js\n${runtime}config:\n  a: project\n  b: { default: project, type: string }\n  gcp:project: { value: demo }\n`,
            "Pulumi.dev.yaml": `encryptionsalt: ${crypter.salt}\nconfig:\n  values:b: stack\n  values:list: [1, 2]\n  values:key: { secure: "${crypter.encrypt("hidden")}" }\n`,
            "src/program.js": `const pulumi = require("@pulumi/pulumi");
                const config = new pulumi.Config();
                module.exports = { a: config.get("a"), b: config.get("b"), list: config.getObject("list"), key: config.getSecret("key"), given: config.get("given"), cwd: process.cwd().split("/").pop() };`,
        });
        const bench = new Bench(directory);
        await assert.rejects(bench.open(), /Pulumi\.dev\.yaml: values:key is secret; set PULUMI_CONFIG_PASSPHRASE/);
        await assert.rejects(
            bench.open({}, { environment: { PULUMI_CONFIG_PASSPHRASE: "wrong" } }),
            /incorrect passphrase/,
        );
        const stack = await bench.open({ given: "here" }, { environment: { PULUMI_CONFIG_PASSPHRASE: "open sesame" } });
        const result = await stack.up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
        const { key, ...others } = result.outputs;
        assert.deepEqual(others, { a: "project", b: "stack", list: [1, 2], given: "here", cwd: "src" });
        assert.equal((key as { value: string }).value, "hidden");
        assert.doesNotMatch(JSON.stringify(stack.export()), /hidden/);
        bench.close();
    });

    it("is refused, with the reason, where it has no project file, another runtime, or a main that does not exist", async () => {
        const bench = new Bench(directory);
        await assert.rejects(bench.open(), /no Pulumi\.yaml in/);
        write({ "Pulumi.yaml": "name: x\nruntime: dotnet\n" });
        await assert.rejects(bench.open(), /runtime is "dotnet", the sandbox runs nodejs, yaml, python and go/);
        write({ "Pulumi.yaml": `name: x\nmain: gone.js\n${runtime}` });
        await assert.rejects(bench.open(), /main is gone\.js, which does not exist/);
        bench.close();
    });

    it("fails where its program exits with an error, and says why the program could not be loaded", async () => {
        write({ "Pulumi.yaml": `name: x\nmain: index.js\n${runtime}`, "index.js": "process.exit(3);" });
        const bench = new Bench(directory);
        const exited = await (await bench.open()).up();
        assert.equal(exited.result, "failed");
        assert.match(exited.diagnostics.map(({ message }) => message).join(), /exit code: 3/);
        write({ "index.js": "const = 1;" });
        const unread = await (await bench.open()).up();
        assert.match(unread.diagnostics.map(({ message }) => message).join(), /SyntaxError/);
        assert.doesNotMatch(unread.diagnostics.map(({ message }) => message).join(), /\[3\dm/);
        bench.close();
    });
});
