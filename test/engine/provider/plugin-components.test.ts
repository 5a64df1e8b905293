import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Box, install, needsShell, SampleBench } from "./sample";

describe("plugins of providers that have components", () => {
    let plugins: SampleBench;
    beforeEach(() => (plugins = new SampleBench()));
    afterEach(() => plugins.close());

    it("make components of several resources, and answer their methods", async function () {
        needsShell(this);
        class Pair extends pulumi.ComponentResource {
            declare readonly volume: pulumi.Output<number>;
            constructor(name: string, size: pulumi.Input<number>) {
                super("sample:index:Pair", name, { size, volume: undefined }, {}, true);
            }
            scaled(factor: pulumi.Input<number>): pulumi.Output<{ scaled: string }> {
                return pulumi.runtime.call("sample:index:Pair/scaled", { __self__: this, factor }, this);
            }
        }
        const program = (
            method = "scaled",
            first = (): pulumi.Input<number> => new Box("first", { size: 1 }).volume,
        ) => {
            const pair = new Pair("pair", first());
            const secret = pulumi.secret(3);
            return {
                volume: pair.volume,
                later: pair.volume.apply((n) => n * 2),
                scaled:
                    method === "scaled"
                        ? pair.scaled(secret).scaled
                        : pulumi.runtime.call(`sample:index:Pair/${method}`, { __self__: pair }, pair),
                greeting: pulumi.runtime.call<{ greeting: string }>("pulumi:providers:sample/greet", { name: pair.urn })
                    .greeting,
            };
        };
        const missing = await (await plugins.open(() => program("scaled", () => 1))).up({ preview: false });
        assert.match(
            missing.diagnostics.map(({ message }) => message).join(),
            /sample is a package of components .* run pulumi plugin install resource sample/,
        );
        install(plugins.folder, "sample");
        const previewed = await (await plugins.open(() => program())).preview();
        assert.deepEqual([previewed.diagnostics, previewed.changes], [[], { create: 4, same: 1 }]);
        const made = await (await plugins.open(() => program())).up({ preview: false });
        assert.deepEqual(made.diagnostics, []);
        const { volume, later, scaled, greeting } = made.outputs;
        assert.deepEqual([volume, later], [9, 18]);
        // A method's answer is as secret as what it was made of.
        assert.deepEqual(pulumi.runtime.isRpcSecret(scaled), true);
        assert.equal(pulumi.runtime.unwrapRpcSecret(scaled), "pair * 3");
        assert.match(JSON.stringify(greeting), /^"hello urn:pulumi:.*::sample:index:Pair::pair"$/);
        assert.deepEqual(plugins.calls(), ["create", "create", "create"]);
        assert.deepEqual((await (await plugins.open(() => program())).up({ preview: false })).changes, { same: 5 });
        const wrong = await (await plugins.open(() => program("nothing"))).up({ preview: false });
        assert.equal(wrong.result, "failed");
        assert.match(
            wrong.diagnostics.map(({ message }) => message).join(),
            /unknown method sample:index:Pair\/nothing/,
        );
        plugins.calls();
        assert.equal((await (await plugins.open(() => program())).destroy()).result, "succeeded");
        assert.deepEqual(plugins.calls(), ["delete", "delete", "delete"]);
    });
});
