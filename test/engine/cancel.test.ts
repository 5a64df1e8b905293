import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import * as gcp from "@pulumi/gcp";

import type { EngineEvent, StackResult } from "../../engine";

import { Bench } from "./helper";

describe("an operation that is cancelled", () => {
    const directory = mkdtempSync(join(tmpdir(), "cancelled-"));
    let bench: Bench;
    before(() => {
        symlinkSync(resolve(__dirname, "../../node_modules"), join(directory, "node_modules"));
        writeFileSync(join(directory, "package.json"), "{}");
        writeFileSync(join(directory, "Pulumi.yaml"), "name: cancelled\nruntime: nodejs\n");
    });
    beforeEach(() => (bench = new Bench(directory)));
    afterEach(() => {
        bench.close();
    });
    after(() => {
        rmSync(directory, { recursive: true, force: true });
    });
    const messages = ({ diagnostics }: StackResult): string[] => diagnostics.map(({ message }) => message);

    /** Opens a stack. `when` says at which event the operation is cancelled. */
    async function open(when: (event: EngineEvent) => boolean, program?: () => Promise<void>) {
        const cancel = new AbortController();
        const stack = await bench.open(
            { "gcp:project": "demo" },
            {
                ...(program && { program }),
                onEvent: (event) => {
                    bench.events.push(event);
                    if (when(event)) {
                        cancel.abort();
                    }
                },
            },
        );
        return { stack, signal: cancel.signal, cancel };
    }
    const chain = (): Promise<void> => {
        const first = new gcp.pubsub.Topic("first", { name: "first" });
        new gcp.pubsub.Topic("second", { name: "second" }, { dependsOn: [first] });
        return Promise.resolve();
    };

    it("finishes and records the steps that are under way, and begins no new step; the next update does the rest", async () => {
        const { stack, signal, cancel } = await open(() => false, chain);
        bench.cloud.intercept = (method) => {
            if (method === "PUT") {
                cancel.abort();
            }
            return undefined;
        };
        const result = await stack.up({ preview: false, signal });
        bench.cloud.intercept = () => undefined;
        assert.deepEqual([result.result, messages(result)], ["failed", ["update canceled"]]);
        assert.deepEqual(bench.steps(), ["create Stack inline-dev", "create Topic first"]);
        assert.equal(bench.cloud.resources.size, 1);
        assert.deepEqual(stack.export().deployment["pending_operations"], undefined);
        assert.deepEqual((await stack.up({ preview: false })).changes, { same: 2, create: 1 });
    });

    it("deletes no further resource", async () => {
        const opened = await open(() => false, chain);
        await opened.stack.up({ preview: false });
        bench.cloud.intercept = (method) => {
            if (method === "DELETE") {
                opened.cancel.abort();
            }
            return undefined;
        };
        const result = await opened.stack.destroy({ signal: opened.signal });
        assert.deepEqual([result.result, messages(result)], ["failed", ["destroy canceled"]]);
        assert.deepEqual([...bench.cloud.resources.keys()], ["pubsub.googleapis.com/projects/demo/topics/first"]);
        assert.equal(opened.stack.resources.filter(({ type }) => type.startsWith("gcp:")).length, 1);
    });

    it("does not begin the update where the preview is cancelled", async () => {
        const { stack, signal } = await open((event) => event.type === "step", chain);
        const result = await stack.up({ signal });
        assert.deepEqual(messages(result), ["preview canceled"]);
        assert.equal(bench.cloud.requests.length, 0);
    });

    it("does not wait for a hook of the program", async () => {
        writeFileSync(
            join(directory, "index.js"),
            `const pulumi = require("@pulumi/pulumi");
            const hook = new pulumi.ResourceHook("endless", () => { console.log("waits"); return new Promise((done) => setTimeout(done, 1e9)); });
            new pulumi.Stash("gate", { input: 1 }, { hooks: { beforeCreate: [hook] } });`,
        );
        const { stack, signal } = await open((event) => event.type === "output" && event.text.includes("waits"));
        const result = await stack.up({ preview: false, signal });
        assert.deepEqual(
            result.diagnostics.map(({ severity, message }) => `${severity} ${message}`),
            ["error update canceled", 'info ended with the run, before it was done: hook "endless" of gate'],
        );
        assert.equal(
            stack.resources.some(({ urn }) => urn.endsWith("::gate")),
            false,
        );
    });

    it("may have a program that never ends, and a message then names what keeps it alive", async () => {
        writeFileSync(join(directory, "index.js"), `setInterval(() => undefined, 1000);`);
        const { stack, signal } = await open(
            (event) => event.type === "diagnostic" && event.message.includes("does not end"),
        );
        const [lingers, canceled] = messages(await stack.up({ preview: false, signal }));
        assert.match(lingers ?? "", /registered everything and does not end: Timeout keeps it open; Pulumi would wait/);
        assert.equal(canceled, "update canceled");
    });
});
