import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox, type SandboxOptions } from "../../sandbox";

describe("the values that a sandbox is started with", () => {
    const OPTIONS: { [K in keyof Required<SandboxOptions>]: unknown[] } = {
        port: [-1, 65_536, 1.5, NaN, Infinity, "80", null],
        propagationMilliseconds: [-1, NaN, Infinity, 1e12, "5", null],
        project: ["", "a/b", "../x", "Demo", "a b", "-a", "a\0", "x".repeat(61), 5, null],
        projects: ["shop", [""], ["a/b"], ["Shop"], [5], null],
        projectNumber: ["", "0", "-1", "a", "../1", "1".repeat(21), 5, null],
        owner: ["", "ann", "user:", "serviceAccount:a@b", "user:a b@c", "user:../a@b", 5, null],
        stateDir: ["", "a\0b", 5, null],
        mapping: ["", "a\0b", 5, null],
        listenBeyondLoopback: ["", "localhost", "0.0.0.0; ls", 5, null],
        allowedHosts: ["a.example.com", [""], ["a/b"], ["*.example.com"], ["a:1"], [5], null],
        declaredHosts: ["a.example.com", [""], ["a/b"], [5], null],
        regions: ["europe-west99", [""], ["a/b"], [5], null],
        runtimes: ["nodejs99", [""], ["a/b"], [5], null],
        backendServices: ["a", [""], ["a/b"], [5], null],
    };
    for (const [name, wrong] of Object.entries(OPTIONS)) {
        it(`as the option ${name} are checked before anything is written`, async () => {
            const folder = mkdtempSync(join(tmpdir(), "options-"));
            const stateDir = join(folder, "state");
            for (const value of wrong) {
                const options = { stateDir, [name]: value } as SandboxOptions;
                await assert.rejects(Sandbox.start(options), (error: Error) => {
                    assert.ok(
                        error.message.startsWith(`${name} is `) && error.message.includes("; it must be "),
                        error.message,
                    );
                    return true;
                });
                assert.deepEqual(readdirSync(folder), [], `${name}: ${String(value)}`);
            }
            rmSync(folder, { recursive: true });
        });
    }

    it("in a sandbox.yaml are checked, with the place of what is wrong", async () => {
        const folder = mkdtempSync(join(tmpdir(), "mapping-"));
        const mapping = join(folder, "sandbox.yaml");
        writeFileSync(join(folder, "h.js"), "exports.handler = () => undefined;");
        const host = (name: string, more = ""): string =>
            `hosts: [{ host: ${JSON.stringify(name)}, handler: ./h.js${more} }]`;
        const hosts = [
            "",
            " ",
            "a b",
            "a/b",
            "../x",
            "http://a",
            "a..b/",
            "*",
            "*.*",
            "-",
            "a:80",
            "a\0b",
            "a".repeat(254),
        ];
        for (const text of [
            ...hosts.map((name) => host(name)),
            ...['""', '"a/b"', "5", "[a]", '"A"', '"-a"'].map((iap) => host("a.example.com", `, iap: ${iap}`)),
            ...['{ team: ["user:a@b"] }', '{ t@e: ["ann"] }', "{ t@e: [5] }", "{ t@e: a }", "[a]"].map(
                (groups) => `groups: ${groups}`,
            ),
        ]) {
            writeFileSync(mapping, text);
            await assert.rejects(Sandbox.start({ mapping }), (error: Error) => {
                assert.match(error.message, /sandbox\.yaml:1:\d+: /, text);
                return true;
            });
        }
        writeFileSync(mapping, `${host("*.example.com", ", iap: app-backend")}\ngroups: { t@e: ["user:a@b"] }`);
        const started = await Sandbox.start({ mapping });
        await started.close();
        rmSync(folder, { recursive: true });
    });
});
