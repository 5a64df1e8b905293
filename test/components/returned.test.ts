import assert from "node:assert/strict";

import { deployer } from "../../components/deployer";
import { Bench } from "../engine/helper";

describe("what a function of the provider returns", () => {
    const up = async (userinfo: Record<string, unknown>) => {
        const bench = new Bench("");
        bench.cloud.intercept = (_, url) =>
            url.includes("openidconnect") ? { status: 200, body: userinfo } : undefined;
        try {
            const program = () => Promise.resolve({ member: deployer() });
            const stack = await bench.open({ "gcp:project": "demo" }, { program });
            return await stack.up({ preview: false });
        } finally {
            bench.close();
        }
    };

    it("is named if it is missing, with what to do, as for the email address of the deployer", async () => {
        const { result, diagnostics } = await up({});
        assert.equal(result, "failed");
        assert.match(
            diagnostics.map(({ message }) => message).join("\n"),
            /Google returned nothing for the email address of the credentials that deploy; log in with the scope/,
        );
    });

    it("is used if it is there", async () => {
        assert.equal((await up({ email: "ann@example.com" })).outputs["member"], "user:ann@example.com");
        const account = "ci@demo.iam.gserviceaccount.com";
        assert.equal((await up({ email: account })).outputs["member"], `serviceAccount:${account}`);
    });
});
