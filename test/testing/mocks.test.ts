import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { setMocks } from "../../testing";

describe("setMocks", () => {
    it("lets a program register a resource hook, which Pulumi's own mocks do not", async () => {
        const mocked = await setMocks();
        let ran = false;
        const hook = new pulumi.ResourceHook("mocks-test", () => {
            ran = true;
        });
        new pulumi.Stash("kept", { input: { a: 1 } }, { hooks: { beforeCreate: [hook] } });
        await mocked.settled();
        assert.deepEqual(mocked.resources, [
            { type: "pulumi:index:Stash", name: "kept", inputs: { input: { a: 1 } }, custom: true },
        ]);
        assert.equal(ran, false, "a unit test makes no smoke check");
    });

    it("leaves outputs unknown in a preview", async () => {
        const mocked = await setMocks({ preview: true });
        class Account extends pulumi.CustomResource {
            declare readonly email: pulumi.Output<string>;
            constructor() {
                super("gcp:serviceaccount/account:Account", "a", { accountId: "a-123456", email: undefined });
            }
        }
        const account = new Account();
        let seen = false;
        account.email.apply(() => {
            seen = true;
        });
        await mocked.settled();
        assert.equal(seen, false);
        assert.equal(mocked.resources.length, 1);
    });
});
