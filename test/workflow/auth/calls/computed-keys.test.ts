import * as assert from "node:assert/strict";
import { auditFile, injectFile } from "../../../../workflow";

const source = (...args: string[]): string =>
    [
        "main:",
        "  params: [args]",
        "  steps:",
        "  - a:",
        "      call: http.post",
        "      args:",
        ...args.map((line) => `        ${line}`),
        "",
    ].join("\n");
const causes = (...args: string[]): string[] =>
    auditFile(source(...args), "w.yaml").findings.map(({ cause, severity }) => `${severity} ${cause}`);
const url = "url: https://a-abcdefghij-uc.a.run.app/x";

describe("calls whose arguments have keys that are expressions", () => {
    it("get their credential where only the body has such keys, and nothing else changes", () => {
        const before = source(url, 'body: {"${args.k}": 1}');
        assert.deepEqual(causes(url, 'body: {"${args.k}": 1}'), ["error missing-auth/token"]);
        const { text, changes } = injectFile(before, "w.yaml");
        assert.equal(changes.length, 1);
        assert.equal(text.replace(/ {8}auth:\n {10}type: OIDC\n {10}audience: .*\n/, ""), before);
    });

    it("are left alone where a header may be a credential, and are told of", () => {
        const args = [url, 'headers: {"${args.h}": v}'];
        assert.match(causes(...args).join(), /^warning missing-auth/);
        const { changes, left } = injectFile(source(...args), "w.yaml");
        assert.deepEqual([changes.length, left.length], [0, 1]);
    });

    it("are no certain mistake where an argument with such a key may be the credential", () => {
        const found = causes(url, '"${args.o}": 5');
        assert.ok(found.length > 0);
        assert.deepEqual(
            found.filter((each) => each.startsWith("error")),
            [],
        );
        assert.match(causes(url, "auth: 5").join(), /error invalid-auth/);
    });
});
