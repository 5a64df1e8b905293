import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../../support/command";
import { checkout } from "../../support/quickstart";
import { install, needsShell, SampleBench } from "../../engine/provider/sample";

describe("the commands about a stack, for users of the Pulumi CLI", () => {
    let root: string;
    let state: string;
    before(() => {
        root = mkdtempSync(join(tmpdir(), "programs-"));
        state = join(root, ".gcp-invoke");
        symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
        mkdirSync(join(root, "below"));
        const files = {
            "package.json": "{}",
            "Pulumi.yaml":
                "name: shop\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\nconfig: { word: { type: string, default: hello } }\n",
            "Pulumi.other.yaml": "config: { shop:word: other }\n",
            "index.js": `const pulumi = require("@pulumi/pulumi");
const word = new pulumi.Config().require("word");
const kept = new pulumi.Stash("kept", { input: word });
module.exports = { word, hidden: pulumi.secret("hush") };
`,
        };
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(root, name), text);
        }
    });
    after(() => {
        rmSync(root, { recursive: true });
    });
    const run = (...args: string[]) => command(state, ["sandbox", ...args], { cwd: join(root, "below") });

    it("refuse each flag that is not supported by its name, with what to do instead, before anything else", async () => {
        const cases: [string[], RegExp][] = [
            [
                ["up", "--policy-pack", "x"],
                /^error: --policy-pack is not supported here; .* exec -- pulumi up --policy/,
            ],
            [
                ["preview", "--show-secrets"],
                /--show-secrets is not supported here; read them with `gcp-invoke sandbox out/,
            ],
            [["destroy", "--remove"], /--remove is not supported here; a destroyed stack holds nothing/],
            [
                ["up", "--stack", "acme/other/dev"],
                /--stack is acme\/other\/dev, and the project is shop; give the stack's name/,
            ],
            [["up", "--report", "html"], /--report is html, which is no format with a file; write it like html=check/],
            [["up", "--report", "pdf=x"], /the formats are table, json, junit, github, markdown, html, log/],
            [["up", "--parallel", "0"], /it must be a whole number from 1/],
        ];
        for (const [args, message] of cases) {
            const { code, text } = await run(...args);
            assert.equal(code, 2, text);
            assert.match(text, message);
        }
    });

    it("end with 6 if there is no such stack", async () => {
        for (const operation of ["outputs", "state", "destroy", "refresh", "outputs"]) {
            const { code, text } = await run(operation, root, "-s", "nowhere");
            assert.equal(code, 6, text);
            assert.match(
                text,
                /^error: no stack named "nowhere" of shop in .*; deploy it with `gcp-invoke sandbox up`/m,
            );
        }
    });

    it("find the project from a folder below, accept short flags, and end with 7 if no change was expected", async () => {
        const first = await run(
            "up",
            "-y",
            "-f",
            "-s",
            "acme/shop/dev",
            "-m",
            "first",
            "-p",
            "4",
            "--expect-no-changes",
        );
        assert.equal(first.code, 7, first.text);
        assert.match(
            first.text,
            /^Outputs:\n {4}hidden: \[secret\]\n {4}word {2}: "hello"\n\nResources:\n {4}\+ 2 created$/m,
        );
        assert.match(first.text, /^error: no changes were expected for update but changes were proposed$/m);
        const again = await run("up", "-y", "-f", "--expect-no-changes", "--suppress-outputs");
        assert.equal(again.code, 0, again.text);
        assert.match(again.text, /^Resources:\n {4}2 unchanged$/m);
        assert.doesNotMatch(again.text, /Outputs:/);
        const changed = await run("preview", "-c", "word=hi", "--diff", "--json");
        assert.match(changed.text, /"changeSummary": \{\s+"same": 1,\s+"update": 1/);
        const other = await run("preview", "--config-file", join(root, "Pulumi.other.yaml"));
        assert.match(other.text, /^ {2}~ word {2}: "hello" => "other"$/m);
        for (const asked of ["verify", "who"]) {
            const { text } = await command(state, [asked], { cwd: join(root, "below") });
            assert.match(text, /keeps no smoke spec|no check of the stack/, text);
        }
    });

    it("import a state and keep the old one, and change nothing if the new one is no state", async () => {
        const exported = join(root, "exported.json");
        const { text } = await run("state", root, "--show-secrets");
        writeFileSync(exported, text.replaceAll("hello", "hey"));
        const imported = await run("state", root, "--import", exported);
        assert.equal(imported.code, 0, imported.text);
        assert.match(
            imported.text,
            /^Import complete: stack dev of shop has 3 resources\nthe old state is kept in .*\.bak\n$/,
        );
        const stacks = join(state, "stacks");
        const [backup = ""] = readdirSync(stacks).filter((name) => name.endsWith(".bak"));
        assert.match(readFileSync(join(stacks, backup), "utf8"), /hello/);
        assert.match((await run("outputs", root)).text, /"word": "hey"/);
        for (const [content, message] of [
            [text.replaceAll("::shop::", "::store::"), /is that of stack "dev" of project "store"/],
            ["{", /exported\.json cannot be read: .*; give what `pulumi stack export` wrote/],
        ] as const) {
            writeFileSync(exported, content);
            const refused = await run("state", root, "--import", exported);
            assert.equal(refused.code, 1, refused.text);
            assert.match(refused.text, message);
        }
        assert.match((await run("outputs", root)).text, /"word": "hey"/);
    });

    it("let the installed plugin of Google's provider make its resources, if `--provider plugin` asks for it", async function () {
        needsShell(this);
        const plugins = new SampleBench();
        const program = join(root, "plugin");
        try {
            mkdirSync(program);
            writeFileSync(
                join(program, "Pulumi.yaml"),
                "name: plugin\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\n",
            );
            // The plugin of the test takes what Google's would not.
            writeFileSync(
                join(program, "index.js"),
                `const { CustomResource } = require("@pulumi/pulumi");
new (class extends CustomResource {})("gcp:pubsub/topic:Topic", "t", { size: 1 });
`,
            );
            const up = (): ReturnType<typeof run> =>
                command(state, ["sandbox", "up", program, "--provider", "plugin", "--skip-preview"], {
                    env: plugins.environment,
                });
            const missing = await up();
            assert.notEqual(missing.code, 0, missing.text);
            assert.match(
                missing.text,
                /^error: no plugin of Google's provider is installed, and --provider plugin asks/m,
            );
            install(plugins.folder, "gcp");
            const made = await up();
            assert.equal(made.code, 0, made.text);
            assert.deepEqual(plugins.calls(), ["create"]);
        } finally {
            plugins.close();
        }
    });
});
