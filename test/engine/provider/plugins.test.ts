import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import type { StackOptions } from "../../../engine";
import { findPlugin } from "../../../engine/provider/plugins/find";
import { AnyResource } from "../helper";
import { Box, install, needsShell, SampleBench } from "./sample";

describe("plugins of providers", () => {
    let plugins: SampleBench;
    beforeEach(() => (plugins = new SampleBench()));
    afterEach(() => plugins.close());
    const calls = (): string[] => plugins.calls();
    const open = (body: () => unknown, more: Partial<StackOptions> = {}) => plugins.open(body, more);

    it("check, create, update, replace, refresh, import and delete resources, and answer functions", async function () {
        needsShell(this);
        install(plugins.folder, "sample");
        const box = (size: number, colour?: string) => () => ({
            volume: new Box("box", { size, ...(colour !== undefined && { colour }) }).volume,
        });
        const created = await (await open(box(2))).up();
        assert.deepEqual(created.diagnostics, []);
        assert.equal(created.outputs["volume"], 8);
        assert.deepEqual(calls(), ["create"]);

        assert.equal((await (await open(box(2))).up()).changes.same, 2);
        assert.deepEqual(calls(), ["diff", "diff"]);
        const updated = await (await open(box(3))).up({ preview: false });
        assert.equal(updated.changes.update, 1);
        assert.equal(updated.outputs["volume"], 27);
        assert.deepEqual(calls(), ["diff", "update"]);
        const replaced = await (await open(box(3, "blue"))).up({ preview: false });
        assert.equal(replaced.changes.replace, 1);
        assert.deepEqual(calls(), ["diff", "create", "delete"]);

        const stack = await open(box(3, "blue"));
        assert.equal((await stack.refresh()).changes.same, 2);
        assert.deepEqual(calls(), ["read"]);
        const wrong = await (await open(box(-1))).up();
        assert.equal(wrong.result, "failed");
        assert.match(
            wrong.diagnostics.map(({ message }) => message).join(),
            /property size value \{-1\} has a problem: is negative/,
        );
        calls();
        await stack.destroy();
        assert.deepEqual(calls(), ["delete"]);

        const imported = await (
            await open(() => ({ volume: new Box("box", { size: 7, colour: "green" }, { import: "box-green" }).volume }))
        ).up({ preview: false });
        assert.deepEqual(imported.diagnostics, []);
        assert.equal(imported.outputs["volume"], 343);
        const doubled = await (
            await open(() => ({
                doubled: pulumi.runtime
                    .invoke("sample:index:double", { value: 4 })
                    .then((found) => (found as { doubled: number }).doubled),
            }))
        ).up({ preview: false });
        assert.equal(doubled.outputs["doubled"], 8);
    });

    it("answer in place of what the engine computes itself", async function () {
        needsShell(this);
        const uuid = () => void new AnyResource("random:index/randomUuid:RandomUuid", "id", { size: 1 });
        const without = await (await open(uuid)).up({ preview: false });
        assert.match(
            without.diagnostics.map(({ message }) => message).join(),
            /unknown property; did you mean|known are/,
        );
        install(plugins.folder, "random");
        const result = await (await open(uuid)).up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
        assert.deepEqual(calls(), ["create"]);
    });

    it("run once for each provider of a program, as each has settings of its own", async function () {
        needsShell(this);
        install(plugins.folder, "sample");
        class Sample extends pulumi.ProviderResource {
            constructor(name: string, colour: string) {
                super("sample", name, { colour });
            }
        }
        const result = await (
            await open(() => {
                const [red, blue] = [new Sample("red", "red"), new Sample("blue", "blue")];
                new Box("default", { size: 1 });
                new Box("first", { size: 1 }, { provider: red });
                new Box("second", { size: 1 }, { provider: blue });
                new Box("third", { size: 1 }, { provider: blue });
            })
        ).up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
        const starts = readFileSync(join(plugins.folder, "calls"), "utf8").split("\n");
        assert.equal(starts.filter((line) => line === "start").length, 3);
    });

    it("serve another package once they are told its value, also when the program does not run", async function () {
        needsShell(this);
        const told = "parameterize other 2.0.0 https://example.com/other";
        const other = async (): Promise<Record<string, unknown>> => {
            await pulumi.runtime.registerPackage({
                baseProviderName: "sample",
                baseProviderVersion: "1.0.0",
                baseProviderDownloadUrl: "",
                packageName: "other",
                packageVersion: "2.0.0",
                base64Parameter: Buffer.from("https://example.com/other").toString("base64"),
            });
            const box = new AnyResource("other:index:Box", "box", { size: 2, volume: undefined });
            return { volume: (box as unknown as Box).volume };
        };
        const missing = await (await open(other)).up({ preview: false });
        assert.match(
            missing.diagnostics.map(({ message }) => message).join(),
            /the package other needs the plugin sample, which is not installed/,
        );
        install(plugins.folder, "sample");
        const made = await (await open(other)).up({ preview: false });
        assert.deepEqual([made.diagnostics, made.outputs], [[], { volume: 8 }]);
        assert.deepEqual(calls(), [told, "create"]);
        assert.equal((await (await open(other)).refresh()).result, "succeeded");
        assert.deepEqual(calls(), [told, "read"]);
        assert.deepEqual(Object.keys((await (await open(other)).up({ preview: false })).changes), ["same"]);
        calls();
        assert.equal((await (await open(other)).destroy()).result, "succeeded");
        assert.deepEqual(calls(), [told, "delete"]);
    });

    it("make Google's resources if that is asked for, and only then", async function () {
        needsShell(this);
        const topic = () => void new AnyResource("gcp:pubsub/topic:Topic", "topic", { size: 1 });
        await assert.rejects(
            open(topic, { resources: { plugin: true } }),
            /no plugin of Google's provider is installed, and --provider plugin asks for it/,
        );
        install(plugins.folder, "gcp");
        const own = await (await open(topic)).up({ preview: false });
        assert.match(own.diagnostics.map(({ message }) => message).join(), /"size"|property size/);
        const result = await (await open(topic, { resources: { plugin: true } })).up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
        assert.deepEqual(calls(), ["create"]);
    });

    it("are found where the project names them, on the PATH, and the newest of those that Pulumi has installed", () => {
        const home = join(plugins.folder, "home");
        const find = (pkg: string, named: Record<string, string> = {}) =>
            findPlugin(pkg, named, { PATH: join(plugins.folder, "bin"), PULUMI_HOME: home });
        assert.equal(find("sample"), undefined);
        install(join(home, "plugins", "resource-sample-v1.9.0"), "sample");
        const newest = install(join(home, "plugins", "resource-sample-v1.10.0"), "sample");
        install(join(home, "plugins", "resource-sample-other-v3.0.0"), "sample-other");
        assert.equal(find("sample"), newest);
        const onPath = install(join(plugins.folder, "bin"), "sample");
        assert.equal(find("sample"), onPath);
        const own = install(join(plugins.folder, "own"), "sample");
        assert.equal(find("sample", { sample: join(plugins.folder, "own") }), own);
        assert.equal(find("sample", { other: join(plugins.folder, "own") }), onPath);
        // The engine serves these itself, and no name leads out of the folders.
        for (const pkg of ["gcp", "pulumi", "pulumi-nodejs", "../sample", ""]) {
            install(join(plugins.folder, "bin"), pkg.replaceAll("/", "-"));
            assert.equal(find(pkg), undefined, pkg);
        }
    });

    it("are named if they cannot be started", async function () {
        needsShell(this);
        const file = install(plugins.folder, "sample");
        writeFileSync(file, "#!/bin/sh\nexit 3\n");
        const result = await (await open(() => void new Box("box", { size: 1 }))).up({ preview: false });
        assert.match(
            result.diagnostics.map(({ message }) => message).join(),
            /the plugin .*pulumi-resource-sample ended with exit code 3/,
        );
    });
});
