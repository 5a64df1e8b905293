import assert from "node:assert/strict";
import { untagged } from "../../common";
import { targetAudience } from "../../components/wiring";
import { audienceOf } from "../../smoke";
import { TargetKind } from "../../index";
import { value } from "../components/support/deploy";

describe("the audience of a service at the address of a tag", () => {
    /** A URL, and the audience of tokens for what is there. */
    const ADDRESSES: Record<string, string> = {
        "https://green---orders-abc-ew.a.run.app/x?y=1": "https://orders-abc-ew.a.run.app",
        "https://green-2---orders-123.europe-west1.run.app": "https://orders-123.europe-west1.run.app",
        "https://orders-abc-ew.a.run.app/green---x": "https://orders-abc-ew.a.run.app",
        "https://green---orders.example.com:8443/": "https://green---orders.example.com:8443",
        "http://127.0.0.1:8080/x": "http://127.0.0.1:8080",
    };
    for (const [url, audience] of Object.entries(ADDRESSES)) {
        it(`of ${url} is ${audience}, in commands, checks and senders`, async () => {
            assert.equal(audienceOf(url), audience);
            assert.equal(await value(targetAudience({ kind: TargetKind.Run, url })), audience);
        });
    }

    it("is that of a function as it is", () => {
        const url = "https://europe-west1-demo.cloudfunctions.net/f/x";
        assert.equal(audienceOf(url), "https://europe-west1-demo.cloudfunctions.net/f");
        assert.equal(untagged("europe-west1-demo.cloudfunctions.net"), "europe-west1-demo.cloudfunctions.net");
    });
});
