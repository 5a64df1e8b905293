import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Ingress } from "../../../index";
import { deploy, refusal } from "../support/deploy";
import { service } from "../support/programs";

const config = (settings: Record<string, string>): void => pulumi.runtime.setAllConfig(settings);

describe("the gate", () => {
    afterEach(() => config({}));

    it("keeps the spec, and no credential, in the stack's state", async () => {
        config({ "gcp:accessToken": "a-secret-token", "gcp:credentials": "a-secret-key" });
        const deployed = await deploy(() => service("front", { ingress: Ingress.All }));
        const stash = JSON.stringify(deployed.find("Stash", "front-smoke"));
        assert.ok(stash.includes("anonymous"));
        assert.ok(!JSON.stringify(deployed.resources).includes("a-secret"));
    });

    it("is made if gcp-invoke:smoke is warn, and not if it is off", async () => {
        config({ "gcp-invoke:smoke": "off" });
        const off = await deploy(() => service("front", { ingress: Ingress.All }));
        assert.ok(!off.names().includes("Stash front-smoke"));
        config({ "gcp-invoke:smoke": "warn" });
        const warn = await deploy(() => service("front", { ingress: Ingress.All }));
        assert.ok(warn.names().includes("Stash front-smoke"));
    });

    it("says which values gcp-invoke:smoke may have", async () => {
        config({ "gcp-invoke:smoke": "maybe" });
        assert.equal(
            await refusal(() => service("front", { ingress: Ingress.All })),
            'gcp-invoke:smoke is "maybe"; set it to enforce (the default), warn or off',
        );
    });

    it("names the SDK that it needs if the program has an older one", async () => {
        const { Stash } = pulumi;
        Object.assign(pulumi, { Stash: undefined });
        try {
            assert.match(
                await refusal(() => service("front", { ingress: Ingress.All })),
                /^the smoke check needs @pulumi\/pulumi 3\.208\.0 or newer, and the program has 3\.\d+\.\d+; run npm install/,
            );
            config({ "gcp-invoke:smoke": "off" });
            const off = await deploy(() => service("front", { ingress: Ingress.All }));
            assert.ok(off.names().includes("Service front"));
        } finally {
            Object.assign(pulumi, { Stash });
        }
    });
});
