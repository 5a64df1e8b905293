import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Bench, programDirectory } from "./helper";

describe("a program with dynamic resources", () => {
    const bench = new Bench(programDirectory("dynamic"));
    after(() => {
        bench.close();
    });

    it("has its own code create, change and replace them", async () => {
        const made = await (await bench.open({ word: "hello" })).up();
        assert.deepEqual(made.diagnostics, []);
        assert.deepEqual(made.outputs, { id: "made-hello", length: 5 });
        const same = await (await bench.open({ word: "hello" })).up({ preview: false });
        assert.deepEqual(same.changes, { same: 2 });
        const changed = await (await bench.open({ word: "ho" })).up({ preview: false });
        assert.deepEqual(changed.outputs, { id: "made-hello", length: 2 });
        const replaced = await (await bench.open({ word: "bye" })).up({ preview: false });
        assert.deepEqual(replaced.changes, { same: 1, replace: 1 });
        assert.deepEqual(replaced.outputs, { id: "made-bye", length: 3 });
        const destroyed = await (await bench.open({ word: "bye" })).destroy();
        assert.deepEqual(destroyed.changes, { delete: 2 });
    });
});

describe("stacks that refer to one another", () => {
    const bench = new Bench("");
    after(() => {
        bench.close();
    });

    const read = (stack: string) => () => {
        const reference = new pulumi.StackReference(stack);
        return Promise.resolve({ seen: reference.getOutput("url"), key: reference.getOutput("key") });
    };

    it("read each other's outputs, and keep secrets secret", async () => {
        const first = await bench.open(
            {},
            { stack: "first", program: () => Promise.resolve({ url: "https://first", key: pulumi.secret("hidden") }) },
        );
        await first.up({ preview: false });
        const second = await bench.open({}, { stack: "second", program: read("organization/inline/first") });
        const result = await second.up();
        assert.deepEqual(result.diagnostics, []);
        assert.equal(result.outputs["seen"], "https://first");
        assert.doesNotMatch(JSON.stringify(second.export()), /hidden/);
    });

    it("are refused, by the name of the stack, where no such stack exists", async () => {
        const second = await bench.open({}, { stack: "third", program: read("organization/inline/nowhere") });
        const result = await second.up();
        assert.match(result.diagnostics[0]?.message ?? "", /unknown stack "organization\/inline\/nowhere"/);
    });

    it("run at the same time in one process without any effect on each other", async () => {
        const stacks = await Promise.all(
            ["a", "b", "c"].map((name) =>
                bench.open(
                    { who: name },
                    {
                        stack: name,
                        program: () =>
                            Promise.resolve({ who: new pulumi.Config().get("who"), stack: pulumi.getStack() }),
                    },
                ),
            ),
        );
        const results = await Promise.all(stacks.map((stack) => stack.up()));
        assert.deepEqual(
            results.map(({ outputs }) => outputs),
            ["a", "b", "c"].map((name) => ({ who: name, stack: name })),
        );
    });
});
