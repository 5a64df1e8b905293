import assert from "node:assert/strict";
import { printRefused, type RefusedHosts } from "../../../cli/sandbox/refused";

describe("what a client asked for in vain", () => {
    const printed = (...names: string[]): string => {
        const hosts: RefusedHosts = names.map((host) => ({ host, count: 2 }));
        let text = "";
        printRefused(hosts, { write: (more) => (text += more) });
        return text;
    };

    it("is named with how often, and what to do", () => {
        assert.match(printed("api.example.com"), /: api\.example\.com \(2\); name external APIs under hosts/);
        assert.equal(printed(), "");
    });

    it("is a plugin of Pulumi's, which is to be there before", () => {
        assert.match(printed("get.pulumi.com"), /`pulumi install` outside the sandbox/);
        assert.doesNotMatch(printed("api.example.com"), /pulumi/);
    });
});
