import assert from "node:assert/strict";

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import type { Stack, StackResult } from "../../engine";

import { Bench } from "./helper";

/** Decisions about resources that depend on one another. The Pulumi CLI 3.259 makes the same ones. */
describe("the engine's decisions", function () {
    let bench: Bench;
    let stack: Stack;
    beforeEach(() => {
        bench = new Bench("");
    });
    afterEach(() => {
        bench.close();
    });

    async function up(body: () => unknown): Promise<StackResult> {
        const program = () => {
            body();
            return Promise.resolve();
        };
        stack = await bench.open({ "gcp:project": "demo" }, { program });
        return await stack.up({ preview: false });
    }
    async function green(body: () => unknown): Promise<string[]> {
        const result = await up(body);
        assert.deepEqual(result.diagnostics, []);
        return bench.steps();
    }
    const topic = (name: string, options: pulumi.CustomResourceOptions = {}, args: gcp.pubsub.TopicArgs = {}) =>
        new gcp.pubsub.Topic(name, { name: `fixed-${name}`, ...args }, options);
    const stored = (name: string) => stack.resources.find(({ urn }) => urn.endsWith(`::${name}`));
    const message = (result: StackResult) => result.diagnostics.map((each) => each.message).join("\n");

    class Box extends pulumi.ComponentResource {
        constructor(name: string, args: pulumi.Inputs = {}, options?: pulumi.ComponentResourceOptions) {
            super("test:index:Box", name, args, options);
            new gcp.pubsub.Topic(`${name}-inner`, {}, { parent: this });
        }
    }

    it("keep the children of a renamed component, whose names are made from its name", async () => {
        await green(() => new Box("old"));
        assert.deepEqual(await green(() => new Box("new", {}, { aliases: [{ name: "old" }] })), []);
        assert.ok(stored("new-inner") && stored("old-inner") === undefined);
    });

    it("create the children again where no alias gives their former parent", async () => {
        await green(() => new Box("old"));
        const steps = await green(() => new Box("new"));
        assert.deepEqual(
            steps.map((step) => step.split(" ")[0]).toSorted(),
            ["create", "create", "delete", "delete"],
            steps.join(),
        );
    });

    it("refuse an alias that two resources claim, and an alias of a resource that still exists", async () => {
        await green(() => topic("a"));
        const twice = await up(() => {
            const first = topic("b", { aliases: [{ name: "a" }] });
            topic("c", { aliases: [{ name: "a" }], dependsOn: [first] });
        });
        assert.equal(twice.result, "failed");
        assert.match(
            message(twice),
            /^Duplicate resource alias '.*::a' applied to resource with URN '.*::c' conflicting/,
        );
        const still = await up(() => {
            const first = topic("d", { aliases: [{ name: "b" }] });
            topic("b", { dependsOn: [first] });
        });
        assert.equal(still.result, "failed");
        assert.match(
            message(still),
            /^Duplicate resource URN '.*::b' conflicting with alias on resource with URN '.*::d'/,
        );
    });

    it("update a component whose inputs have changed, and leave any other as it is", async () => {
        await green(() => new Box("box", { size: 1 }));
        assert.deepEqual(await green(() => new Box("box", { size: 1 })), []);
        assert.deepEqual(await green(() => new Box("box", { size: 2 })), ["update Box box"]);
        assert.deepEqual(stored("box")?.inputs, { size: 2 });
    });

    it("delete level by level: the resources of the same level as a failing one are deleted, and its dependencies are kept", async () => {
        await green(() => {
            const needed = topic("needed");
            topic("fails", { dependsOn: [needed] });
            topic("beside", { dependsOn: [needed] });
        });
        bench.cloud.intercept = (method, url) =>
            method === "DELETE" && url.includes("fixed-fails")
                ? { status: 403, body: { error: { code: 403, status: "PERMISSION_DENIED", message: "not this one" } } }
                : undefined;
        const refused = await up(() => undefined);
        assert.equal(refused.result, "failed");
        assert.match(message(refused), /not this one/);
        assert.ok(stored("needed") && stored("fails") && !stored("beside"));
        bench.cloud.intercept = () => undefined;
        await green(() => undefined);
        assert.equal(bench.cloud.resources.size, 0);
    });

    it("go on where an update ended between a deletion and the creation of the replacement", async () => {
        const account = (accountId: string) => () => new gcp.serviceaccount.Account("a", { accountId });
        await green(account("first-one"));
        bench.cloud.intercept = (method) =>
            method === "POST"
                ? { status: 403, body: { error: { code: 403, status: "PERMISSION_DENIED", message: "no more" } } }
                : undefined;
        const options = { deleteBeforeReplace: true };
        const replaced = () => new gcp.serviceaccount.Account("a", { accountId: "second-one" }, options);
        assert.equal((await up(replaced)).result, "failed");
        assert.equal(stored("a")?.pendingReplacement, true);
        bench.cloud.intercept = () => undefined;
        assert.deepEqual(await green(replaced), ["replace Account a", "create-replacement Account a"]);
        assert.equal(stored("a")?.pendingReplacement, undefined);
        assert.equal(bench.cloud.resources.size, 1);
    });

    it("remove from the state, without a request, a resource that is deleted already and that the program no longer has", async () => {
        const account = (accountId: string) => () =>
            new gcp.serviceaccount.Account("a", { accountId }, { deleteBeforeReplace: true });
        await green(account("first-one"));
        bench.cloud.intercept = (method) =>
            method === "POST"
                ? { status: 403, body: { error: { code: 403, status: "PERMISSION_DENIED", message: "no more" } } }
                : undefined;
        await up(account("second-one"));
        bench.cloud.intercept = () => undefined;
        bench.cloud.requests.length = 0;
        assert.deepEqual(await green(() => undefined), ["remove-pending-replace Account a"]);
        assert.equal(bench.cloud.requests.length, 0);
        assert.equal(stored("a"), undefined);
    });

    it("refuse a disabled default provider before anything is created, and accept an explicit provider", async () => {
        const program = (options: () => pulumi.CustomResourceOptions) => () => {
            topic("t", options());
            return Promise.resolve();
        };
        const config = { "gcp:project": "demo", "pulumi:disable-default-providers": '["gcp"]' };
        stack = await bench.open(config, { program: program(() => ({})) });
        const refused = await stack.up({ preview: false });
        assert.match(
            message(refused),
            /^Default provider for 'gcp' disabled\. '.*::t' must use an explicit provider\.$/,
        );
        assert.equal(bench.cloud.requests.length, 0);
        stack = await bench.open(config, {
            program: program(() => ({ provider: new gcp.Provider("own", { project: "demo" }) })),
        });
        assert.equal((await stack.up({ preview: false })).result, "succeeded");
    });

    it("remove every reference to a resource that a refresh has found deleted", async () => {
        const program = () => {
            const gone = topic("gone");
            topic("child", { parent: gone, dependsOn: [gone] }, { labels: { of: gone.name } });
        };
        await green(program);
        bench.cloud.resources.delete("pubsub.googleapis.com/projects/demo/topics/fixed-gone");
        assert.equal((await stack.refresh()).changes.delete, 1);
        assert.equal(stored("gone"), undefined);
        const { parent, dependencies, propertyDependencies } = stored("child") ?? {};
        assert.equal(parent, undefined);
        assert.doesNotMatch(JSON.stringify([dependencies, propertyDependencies]), /::gone/);
        assert.match(JSON.stringify(propertyDependencies), /"labels":\[\]/);
    });

    it("keep the secrets that a transform gets, and what it makes of them, secret in a program that is a function", async () => {
        await green(() => {
            pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
                type === "gcp:pubsub/topic:Topic" && "labels" in props
                    ? { props: { ...props, kmsKeyName: (props["labels"] as { from: unknown }).from }, opts }
                    : undefined,
            );
            const first = topic("first");
            topic("second", {}, { labels: { from: pulumi.secret(pulumi.interpolate`x-${first.name}`) } });
        });
        assert.equal(
            (stored("second")?.inputs["kmsKeyName"] as { value?: string } | undefined)?.value,
            "x-fixed-first",
        );
        assert.doesNotMatch(JSON.stringify(stack.export()), /x-fixed-first/);
    });
});
