import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import type { ResourceState } from "../../engine";

import { Bench } from "./helper";

const stash = (name: string) => `urn:pulumi:dev::inline::pulumi:index:Stash::${name}`;

/** A program in which `b` depends on `a`, and `c` and a topic depend on nothing. All of them change with the value. */
const program = () => {
    const value = new pulumi.Config().require("value");
    const a = new pulumi.Stash("a", { input: value });
    new pulumi.Stash("b", { input: value }, { dependsOn: a });
    new pulumi.Stash("c", { input: value });
    return Promise.resolve({ value });
};

describe("an operation that is limited to a part of a stack", function () {
    let bench: Bench;
    beforeEach(async () => {
        bench = new Bench("");
        await (await open("1")).up({ preview: false });
    });
    afterEach(() => {
        bench.close();
    });
    const open = (value: string) => bench.open({ value }, { program });
    const steps = (): string[] => bench.steps().map((step) => step.replace("Stash ", ""));
    const byName = (resources: ResourceState[]) =>
        Object.fromEntries(resources.map((each) => [each.urn.slice(each.urn.lastIndexOf("::") + 2), each]));

    it("updates only a target, and its dependents where that is asked for", async () => {
        await (await open("2")).up({ preview: false, target: [stash("a")] });
        assert.deepEqual(steps(), ["update a"]);
        await (await open("3")).up({ preview: false, target: ["**::a"], targetDependents: true });
        assert.deepEqual(steps(), ["update a", "update b"]);
    });

    it("succeeds where the program registers the outputs of a component that is no target", async () => {
        class Box extends pulumi.ComponentResource {
            constructor(size: number) {
                super("test:index:Box", "box");
                new pulumi.Stash("inner", { input: size }, { parent: this });
                this.registerOutputs({ size });
            }
        }
        const withBox = (size: number) =>
            bench.open(
                {},
                {
                    program: () => {
                        new Box(size);
                        new pulumi.Stash("a", { input: size });
                        return Promise.resolve(undefined);
                    },
                },
            );
        await (await withBox(1)).up({ preview: false });
        const { result, diagnostics } = await (await withBox(2)).up({ preview: false, target: [stash("a")] });
        assert.deepEqual([result, diagnostics], ["succeeded", []]);
        assert.deepEqual(steps(), ["update a"]);
        assert.deepEqual(byName((await withBox(2)).resources)["inner"]?.inputs, { input: 1 });
    });

    it("leaves excluded resources as they are, and their dependents where that is asked for", async () => {
        await (await open("2")).up({ preview: false, exclude: [stash("a")] });
        assert.deepEqual(steps().toSorted(), ["update b", "update c"]);
        await (await open("3")).up({ preview: false, exclude: [stash("a")], excludeDependents: true });
        assert.deepEqual(steps(), ["update c"]);
        const none = await (await open("3")).up({ preview: false, exclude: [stash("nowhere")] });
        assert.equal(none.result, "succeeded");
    });

    it("destroys a target together with its dependents, and refuses to destroy it alone", async () => {
        const refused = await (await open("1")).destroy({ target: [stash("a")] });
        assert.match(
            refused.diagnostics[0]?.message ?? "",
            /::b' will be destroyed but was not specified in --target list/,
        );
        assert.deepEqual(steps(), []);
        await (await open("1")).destroy({ target: [stash("a")], targetDependents: true });
        assert.deepEqual(steps(), ["delete b", "delete a"]);
    });

    it("is refused where there are both targets and exclusions, or where a target does not exist", async () => {
        const stack = await open("2");
        await assert.rejects(
            stack.up({ preview: false, target: ["**::a"], exclude: ["**::b"] }),
            /target and exclude are both given; leave one out/,
        );
        for (const options of [{ target: [stash("x")] }, { replace: [stash("x")] }]) {
            const { result, diagnostics } = await stack.preview(options);
            assert.equal(result, "failed");
            assert.match(diagnostics[0]?.message ?? "", /no resource of the stack is ".*::x"; give a URN/);
        }
    });

    it("replaces the resources that it is told to replace and tainted ones, although nothing has changed", async () => {
        const before = byName((await open("1")).resources);
        await (await open("1")).up({ preview: false, replace: [stash("c")] });
        assert.deepEqual(steps(), ["create-replacement c", "delete-replaced c"]);
        const stack = await open("1");
        assert.notEqual(byName(stack.resources)["c"]?.id, before["c"]?.id);
        assert.equal(byName(stack.resources)["a"]?.id, before["a"]?.id);

        const state = stack.export(true);
        for (const resource of state.deployment["resources"] as ResourceState[]) {
            if (resource.urn === stash("c")) {
                resource.taint = true;
            }
        }
        await stack.import({ ...state, version: 4, features: ["taint"] });
        assert.deepEqual(stack.export().features, ["taint"]);
        await (await open("1")).up({ preview: false });
        assert.deepEqual(steps(), ["create-replacement c", "delete-replaced c"]);
        assert.equal(byName((await open("1")).resources)["c"]?.taint, undefined);
    });

    it("is only shown where a preview of a destroy or a refresh is asked for", async () => {
        const before = JSON.stringify((await open("1")).export(true).deployment["resources"]);
        const destroyed = await (await open("1")).destroy({ previewOnly: true });
        assert.deepEqual(destroyed.changes, { delete: 4 });
        const refreshed = await (await open("1")).refresh({ previewOnly: true });
        assert.deepEqual(refreshed.changes, { same: 4 });
        assert.equal(JSON.stringify((await open("1")).export(true).deployment["resources"]), before);
    });
});

describe("an operation that refreshes the stack first", () => {
    it("repairs what was changed outside of the stack, and its preview changes nothing", async () => {
        const { pubsub } = await import("@pulumi/gcp");
        const bench = new Bench("");
        try {
            const open = () =>
                bench.open(
                    { "gcp:project": "demo" },
                    { program: () => Promise.resolve({ id: new pubsub.Topic("topic", { name: "orders" }).id }) },
                );
            await (await open()).up({ preview: false });
            bench.cloud.resources.clear();
            assert.deepEqual((await (await open()).up({ preview: false })).changes, { same: 2 });
            assert.deepEqual((await (await open()).preview({ refresh: true })).changes, { same: 1, create: 1 });
            assert.equal(
                (await open()).resources.some(({ type }) => type.endsWith(":Topic")),
                true,
            );
            assert.deepEqual((await (await open()).up({ preview: false, refresh: true })).changes, {
                ...{ same: 1, create: 1 },
            });
            assert.equal(bench.cloud.resources.size, 1);
        } finally {
            bench.close();
        }
    });
});
