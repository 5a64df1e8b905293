import assert from "node:assert/strict";
import fc from "fast-check";
import { accountIdFor } from "../../../components/grants/account-id";

describe("the name of a dedicated account", () => {
    it("is one that Google takes, whatever the component is called", () => {
        fc.assert(
            fc.property(fc.string(), fc.string(), (name, urn) => {
                assert.match(accountIdFor(name, urn), /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/);
            }),
        );
    });

    it("is the same on each run, and another one in another stack", () => {
        const here = accountIdFor("fulfil", "urn:pulumi:dev::shop::x::fulfil");
        assert.equal(accountIdFor("fulfil", "urn:pulumi:dev::shop::x::fulfil"), here);
        assert.notEqual(accountIdFor("fulfil", "urn:pulumi:prod::shop::x::fulfil"), here);
        assert.match(here, /^fulfil-[0-9a-f]{7}$/);
    });
});
