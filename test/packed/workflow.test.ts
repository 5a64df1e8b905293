import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import * as ts from "typescript";

const root = resolve(__dirname, "../..");
/** All that the language needs to be installed. */
const NEEDED = ["yaml", "re2js"];
const SCRIPT = `
const { runWorkflow } = require("pulumi-gcp-invoke/workflow");
runWorkflow("- get: {call: http.get, args: {url: 'https://orders.example.com/x', auth: {type: OIDC}}, result: r}\\n- done: {return: '\${r.body.n + 1}'}\\n", {
    http: { "orders.example.com": () => ({ body: { n: 41 } }) },
}).then(({ result, calls }) => console.log(JSON.stringify({ result, auth: calls[0].auth })));
`;

/** What the build writes of one folder, without its checks: those are the type-checker's business. */
function transpile(folder: string, target: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const [from, to] = [join(folder, entry.name), join(target, entry.name)];
        if (entry.isDirectory()) transpile(from, to);
        else if (entry.name.endsWith(".json")) cpSync(from, to, { recursive: true });
        else if (entry.name.endsWith(".ts")) {
            const { outputText } = ts.transpileModule(readFileSync(from, "utf8"), {
                compilerOptions: {
                    module: ts.ModuleKind.CommonJS,
                    target: ts.ScriptTarget.ES2023,
                    esModuleInterop: true,
                },
            });
            mkdirSync(target, { recursive: true });
            writeFileSync(to.replace(/\.ts$/, ".js"), outputText);
        }
    }
}

describe("the language from the packed tarball", () => {
    let folder: string;
    before(() => (folder = mkdtempSync(join(tmpdir(), "packed-"))));
    after(() => rmSync(folder, { recursive: true }));

    it("runs a workflow in a plain Node script, with neither Pulumi nor a provider installed", function () {
        this.timeout(120_000);
        const source = join(folder, "package");
        transpile(join(root, "workflow"), join(source, "dist", "workflow"));
        cpSync(join(root, "package.json"), join(source, "package.json"));
        const run = (command: string, args: string[], cwd: string): string =>
            execFileSync(command, args, { cwd, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: folder } });
        const [{ filename } = { filename: "" }] = JSON.parse(
            run("npm", ["pack", "--json", "--ignore-scripts", "--offline"], source),
        ) as { filename: string }[];
        const installed = join(folder, "app", "node_modules", "pulumi-gcp-invoke");
        mkdirSync(installed, { recursive: true });
        run("tar", ["xzf", join(source, filename), "--strip-components=1", "-C", installed], folder);
        for (const name of NEEDED) {
            // Without what lies beside them: what the language needs has to be named above.
            const copy = join(dirname(installed), name);
            symlinkSync(join(root, "node_modules", name), copy);
        }
        writeFileSync(join(folder, "app", "script.cjs"), SCRIPT);
        assert.deepEqual(JSON.parse(run(process.execPath, ["script.cjs"], join(folder, "app"))), {
            result: 42,
            auth: { type: "OIDC", audience: "https://orders.example.com/x" },
        });
    });

    it("asks for Pulumi's packages as peers that may be missing", () => {
        const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
            readFileSync(join(root, "package.json"), "utf8"),
        ) as Record<string, Record<string, unknown>>;
        const peers = ["@pulumi/gcp", "@pulumi/policy", "@pulumi/pulumi"];
        assert.deepEqual(Object.keys(peerDependencies ?? {}), peers);
        assert.deepEqual(peerDependenciesMeta, Object.fromEntries(peers.map((name) => [name, { optional: true }])));
        assert.deepEqual(
            Object.keys(dependencies ?? {}).filter((name) => name.startsWith("@pulumi/")),
            [],
        );
        assert.ok(NEEDED.every((name) => dependencies?.[name] !== undefined));
    });
});
