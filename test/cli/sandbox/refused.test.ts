import assert from "node:assert/strict";
import { printRefused, type RefusedHosts } from "../../../cli/sandbox/refused";

describe("a host that the sandbox does not serve", () => {
    const printed = (...names: string[]): string => {
        const hosts: RefusedHosts = names.map((host) => ({ host, count: 2 }));
        let text = "";
        printRefused(hosts, { write: (more) => (text += more) });
        return text;
    };

    it("is named with how often it was asked for, and with what to do", () => {
        assert.match(printed("api.example.com"), /: api\.example\.com \(2\); name external APIs under hosts/);
        assert.equal(printed(), "");
    });

    it("can be the one for plugins of Pulumi, which must be installed before", () => {
        assert.match(printed("get.pulumi.com"), /`pulumi install` outside the sandbox/);
        assert.doesNotMatch(printed("api.example.com"), /pulumi/);
    });
});
