import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Sandbox } from "../../sandbox";
import { Bench } from "../engine/helper";
import { checkout } from "../support/quickstart";
import { COMPONENTS, source } from "./components";
import { PLUGIN_FILES } from "./plugin-files";

/** Makes each component with every option that a component may have. */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const gcp = require("@pulumi/gcp");
const components = require("./components.json");
const provider = new gcp.Provider("elsewhere", { project: "elsewhere" });
class Area extends pulumi.ComponentResource {
    constructor(name, opts) {
        super("test:index:Area", name, {}, opts);
    }
}
const parent = new Area("area", { protect: true });
const before = new gcp.serviceaccount.Account("before", { accountId: "before" });
const say = new pulumi.ResourceHook("say", ({ name }) => console.log("hook", name), { onDryRun: true });
const transforms = [
    ({ name, props, opts }) => {
        console.log("transform", name);
        return { props, opts };
    },
];
components.AuthenticatedWorkflow.source = new pulumi.asset.StringAsset(components.AuthenticatedWorkflow.source);
for (const [kind, args] of Object.entries(components)) {
    const opts = {
        parent,
        dependsOn: [before],
        providers: [provider],
        aliases: [{ name: "former-" + kind }],
        hooks: { beforeCreate: [say] },
        transforms,
    };
    class Remote extends pulumi.ComponentResource {
        constructor() {
            super("pulumi-gcp-invoke:index:" + kind, "the-" + kind, args, opts, true);
        }
    }
    new Remote();
}
`;

describe("the options of a component that a program in another language makes", function () {
    this.timeout(120_000);
    let folder: string;
    let bench: Bench;
    let sandbox: Sandbox;
    before(async () => {
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "remote-"));
        const plugin = join(folder, "plugin");
        mkdirSync(plugin);
        const files = {
            "Pulumi.yaml":
                "name: remote\nruntime:\n  name: nodejs\n  options:\n    typescript: false\npackages:\n  pulumi-gcp-invoke: ./plugin\n",
            "package.json": '{ "name": "remote", "main": "index.js" }',
            "index.js": PROGRAM,
            "components.json": JSON.stringify({
                ...COMPONENTS,
                AuthenticatedWorkflow: { ...COMPONENTS["AuthenticatedWorkflow"], source },
            }),
            ...PLUGIN_FILES,
        };
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(folder, name), text);
        }
        sandbox = await Sandbox.start({ project: "demo" });
        bench = new Bench(folder);
    });
    after(async () => {
        bench.close();
        await sandbox.close();
        rmSync(folder, { recursive: true, force: true });
    });

    it("hold for each component, and for what it consists of where they are inherited", async () => {
        const stack = await bench.open(
            { "gcp:project": "demo" },
            {
                request: (method, url, body, headers) =>
                    sandbox.request(method, url, { body, ...(headers && { headers }) }),
            },
        );
        const { result, diagnostics } = await stack.preview();
        assert.equal(result, "succeeded", JSON.stringify(diagnostics) + bench.printed());
        const states = bench.events.flatMap((event) =>
            event.type === "step" && event.phase === "start" && event.new !== undefined ? [event.new] : [],
        );
        const urn = (end: string): string => states.find((state) => state.urn.endsWith(`::${end}`))?.urn ?? "";
        const printed = bench.printed().split("\n");
        for (const kind of Object.keys(COMPONENTS)) {
            const own = states.find((state) => state.urn === urn(`the-${kind}`));
            assert.equal(own?.parent, urn("area"), kind);
            assert.ok(own.dependencies?.includes(urn("before")), kind);
            assert.equal(own.protect, true, kind);
            for (const what of ["hook", "transform"]) {
                const lines = printed.filter((line) => line === `${what} the-${kind}`);
                assert.deepEqual(lines, [`${what} the-${kind}`]);
            }
            const children = states.filter(({ parent }) => parent === own.urn);
            const google = children.filter(({ type }) => type.startsWith("gcp:"));
            assert.ok(children.length > 0 || kind === "ExternalApi", kind);
            for (const child of children) {
                assert.equal(child.protect, true, child.urn);
            }
            for (const child of google) {
                assert.match(child.provider ?? "", /::elsewhere::/, child.urn);
            }
        }
    });
});
