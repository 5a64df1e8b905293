import { strict as assert } from "node:assert";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { pack, root } from "../support/packed";
import { rowOf } from "../support/table";

/**
 * A program that makes each component as a program in another language does: by its name, in the process of the plugin, and
 * with outputs as arguments.
 */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const location = "europe-west1";
const image = (name) => "europe-docker.pkg.dev/acme/shop/" + name + ":1";
function component(kind, name, args, outputs, opts) {
    class Remote extends pulumi.ComponentResource {
        constructor() {
            const unset = Object.fromEntries(outputs.map((key) => [key, undefined]));
            super("pulumi-gcp-invoke:index:" + kind, name, { ...args, ...unset }, opts, true);
        }
    }
    return new Remote();
}
const later = (value) => pulumi.output(Promise.resolve(value));
class Area extends pulumi.ComponentResource {
    constructor() {
        super("languages:index:Area", "area");
    }
}
const parent = new Area();
const said = new pulumi.ResourceHook("said", ({ name }) => void console.log("the hook was called for " + name));
const stock = component("InvokableService", "stock", { image: image("stock"), location, ingress: later("all") }, ["target", "url", "member"], { hooks: { beforeCreate: [said] } });
const orders = component(
    "InvokableService",
    "orders",
    { image: later(image("orders")), location, env: { PASSWORD: pulumi.secret("never-shown") }, invokes: { stock: stock.target } },
    ["target", "url", "member", "serviceAccountEmail"],
    { parent, aliases: [{ name: "former-orders" }], protect: false },
);
const report = component("InvokableFunction", "report", { source: "./report", runtime: "nodejs22", entryPoint: "report", location }, ["target"]);
const erp = component("InvokableBackend", "erp", { image: image("erp"), location, iapClientId: "123456789012-x.apps.googleusercontent.com" }, ["target"]);
const place = component(
    "AuthenticatedWorkflow",
    "place",
    { location, source: new pulumi.asset.FileAsset("place.yaml"), targets: { orders: orders.target }, smokeCheck: { argument: later({ order: 7 }) } },
    ["workflowName", "invokeCommand"],
    { dependsOn: [report] },
);
component("AuthenticatedSchedule", "nightly", { location, schedule: "0 2 * * *", target: report.target }, ["job"]);
component("AuthenticatedQueue", "emails", { location, target: stock.target, path: "/send", enqueuers: [orders.member] }, ["queue"]);
component("AuthenticatedPush", "placed", { target: stock.target, path: "/placed" }, ["topicName"]);
component("ContinuousCheck", "pulse", { location, schedule: "*/5 * * * *", requests: { stock: { target: stock.target, path: "/" } } }, ["workflowId"]);
component("TokenMinter", "mints", { caller: "user:ci@example.com", privilegedAccount: orders.serviceAccountEmail }, ["grants"]);
exports.url = orders.url;
exports.kind = orders.target.kind;
exports.invokeCommand = place.invokeCommand;
`;

const FILES = {
    "Pulumi.yaml": (plugin: string) =>
        `name: languages\nruntime: nodejs\npackages:\n  pulumi-gcp-invoke: ${plugin}\nconfig:\n  gcp:project: acme-shop\n`,
    "package.json": () => '{ "name": "languages", "main": "index.js" }',
    "index.js": () => PROGRAM,
    "place.yaml": () =>
        'main:\n  params: [args]\n  steps:\n    - call:\n        call: http.post\n        args:\n          url: ${sys.get_env("ORDERS_URL") + "/orders"}\n        result: answer\n    - done:\n        return: ${answer.body}\n',
    "sandbox.yaml": () => "services:\n  - image: '*'\n    handler: ./answer.js\n",
    "answer.js": () => "exports.default = (request, response) => response.end(JSON.stringify({ ok: true }));\n",
    "report/index.js": () => "exports.report = (request, response) => response.end('{}');\n",
    "report/package.json": () => '{ "name": "report", "main": "index.js" }',
};

describe("the packed package as a plugin for other languages", function () {
    this.timeout(300_000);
    let folder = "";
    let plugin = "";
    before(() => {
        const packed = pack();
        plugin = packed.source;
        folder = join(packed.folder, "program");
        for (const [file, text] of Object.entries(FILES)) {
            mkdirSync(dirname(join(folder, file)), { recursive: true });
            writeFileSync(join(folder, file), text(plugin));
        }
        mkdirSync(join(folder, "node_modules"));
        symlinkSync(join(root, "node_modules", "@pulumi"), join(folder, "node_modules", "@pulumi"), "junction");
    });

    function sandbox(...args: string[]): { status: number | null; text: string } {
        const { PATH, HOME } = process.env;
        // Without it, each of the folders would compile the same packages for itself.
        const NODE_COMPILE_CACHE = join(dirname(folder), "compiled");
        const command = [join(plugin, "dist", "cli", "main.js"), "sandbox", ...args];
        const { status, stdout, stderr } = spawnSync(process.execPath, command, {
            cwd: folder,
            encoding: "utf8",
            env: { PATH, HOME, NODE_COMPILE_CACHE },
        });
        return { status, text: stdout + stderr };
    }

    it("names the packages that the components need, and no tool of this repository", () => {
        const manifest = JSON.parse(readFileSync(join(plugin, "package.json"), "utf8")) as Record<string, unknown>;
        const { peerDependencies } = manifest as { peerDependencies: Record<string, string> };
        const { "@pulumi/policy": _, "xml-crypto": __, ...needed } = peerDependencies;
        assert.deepEqual(manifest["devDependencies"], needed);
        assert.equal(manifest["scripts"], undefined);
    });

    it("makes each component, with outputs, secrets, parents and dependencies as arguments", () => {
        const { status, text } = sandbox("up");
        assert.equal(status, 0, text);
        assert.match(text, /✓ place → orders/);
        assert.match(text, /\bkind *: "run"/);
        assert.match(text, /the hook was called for stock/);
        assert.doesNotMatch(text, /never-shown|at Object\.|warning: .*deprecated/);
    });

    it("changes nothing after a refresh", () => {
        const { status, text } = sandbox("up", "--refresh", "--skip-preview");
        assert.equal(status, 0, text);
        const [, updated = ""] = text.split("Updating (dev):");
        assert.match(updated, /Resources:\n +\d+ unchanged\n\n/);
    });

    it("takes the YAML program of docs/languages.md through its life, without the Pulumi CLI", () => {
        const guide = readFileSync(join(root, "docs", "languages.md"), "utf8");
        const [, program = ""] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
        const yaml = join(folder, "yaml");
        mkdirSync(join(yaml, "node_modules"), { recursive: true });
        symlinkSync(plugin, join(yaml, "node_modules", "pulumi-gcp-invoke"), "junction");
        writeFileSync(join(yaml, "Pulumi.yaml"), program);
        writeFileSync(join(yaml, "fulfil.yaml"), FILES["place.yaml"]());
        for (const file of ["sandbox.yaml", "answer.js"] as const) {
            writeFileSync(join(yaml, file), FILES[file]());
        }
        const { status, text } = sandbox("up", yaml, "--skip-preview");
        assert.equal(status, 0, text);
        assert.match(text, rowOf("✓", "account without grant → orders"));
        assert.match(text, /invokeCommand *: "gcloud workflows run fulfil-/);
        for (const command of [
            ["up", yaml, "--skip-preview"],
            ["refresh", yaml],
        ]) {
            assert.match(sandbox(...command).text, /Resources:\n +\d+ unchanged\n\n/);
        }
        const destroyed = sandbox("destroy", yaml);
        assert.equal(destroyed.status, 0, destroyed.text);
        assert.match(destroyed.text, /Resources:\n +- +\d+ deleted\n/);
    });

    for (const example of ["quickstart", "workflow-to-everything"]) {
        it(`deploys the example ${example} in YAML, with a Google API that is written as a target`, () => {
            const copy = join(dirname(folder), example);
            cpSync(join(root, "examples", example), copy, { recursive: true });
            const yaml = join(copy, "yaml");
            mkdirSync(join(yaml, "node_modules"));
            symlinkSync(plugin, join(yaml, "node_modules", "pulumi-gcp-invoke"), "junction");
            const { status, text } = sandbox("up", yaml, "--skip-preview");
            assert.equal(status, 0, text);
            assert.match(text, /✓ (fulfil|everything) → .*logging/);
        });
    }

    it("checks callers of what changed in YAML, and takes those for declared that are made after the check", () => {
        const yaml = join(dirname(folder), "quickstart", "yaml");
        const program = readFileSync(join(yaml, "Pulumi.yaml"), "utf8");
        writeFileSync(join(yaml, "Pulumi.yaml"), program.replace("/orders:1", "/orders:1\n      env: { LEVEL: two }"));
        const { status, text } = sandbox("up", yaml, "--skip-preview");
        assert.equal(status, 0, text);
        assert.match(text, /✓ nobody else → orders .* proven/);
        assert.match(text, rowOf("✓", "fulfil → logging, orders, stock"));
        assert.match(sandbox("up", yaml, "--skip-preview").text, /Resources:\n +\d+ unchanged\n\n/);
    });

    it("refuses a wrong argument once, with its path and without a stack", () => {
        writeFileSync(
            join(folder, "index.js"),
            PROGRAM.replace("targets: { orders: orders.target }", "targets: { orders }"),
        );
        const { status, text } = sandbox("preview");
        assert.notEqual(status, 0);
        const said = text.split("\n").filter((line) => line.includes("targets.orders"));
        assert.equal(new Set(said.map((line) => line.trim())).size <= 2, true, text);
        assert.match(text, /targets\.orders: is .*its output "target"/);
        assert.doesNotMatch(text, /\n +at |the update has ended/);
    });
});
