import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { InvokableService } from "../../components";
import type { StackOptions } from "../../engine";
import { Sandbox } from "../../sandbox";
import { Bench } from "../engine/helper";
import { checkout } from "../support/quickstart";
import { skip } from "../support/skip";
import { PLUGIN_FILES } from "./plugin-files";

const python = process.env["PULUMI_PYTHON_CMD"] ?? "python3";

/** What a component is made with, as it is written in YAML. */
type Options = Record<string, unknown>;

const OPTIONS: Record<string, Options> = {
    none: {},
    protected: { protect: true },
    retained: { retainOnDelete: true },
    "depends-on-one": { dependsOn: "${before}" },
    "depends-on-several": { dependsOn: ["${before}", "${none}"] },
    inside: { parent: "${none}" },
    "inside-protected": { parent: "${protected}" },
    "of-provider": { provider: "${other}" },
    "of-providers": { providers: ["${other}"] },
    "of-providers-by-package": { providers: { gcp: "${other}" } },
    "deleted-with": { deletedWith: "${before}" },
    "deleted-with-component": { deletedWith: "${none}" },
    "ignores-changes": { ignoreChanges: ["image"] },
    "replaced-on-changes": { replaceOnChanges: ["image"] },
    trigger: { replacementTrigger: "one" },
    download: { pluginDownloadURL: "https://example.com" },
    "several-at-once": { protect: true, retainOnDelete: true, dependsOn: ["${before}"], providers: ["${other}"] },
};

const inPython = (program: string) => ({
    "Pulumi.yaml": "name: options\nruntime: python\npackages:\n  pulumi-gcp-invoke: ./plugin\n",
    "__main__.py": readFileSync(join(__dirname, "python", program), "utf8"),
});

function skipWithoutPython(test: Mocha.Context): void {
    if (spawnSync(python, ["-c", "import pulumi"], { timeout: 60_000 }).status !== 0) {
        skip(test, `${python} has no package pulumi; PULUMI_PYTHON_CMD can name another Python`);
    }
}

/** Where the modules of Go come from: this machine alone. */
function goModules(): string | undefined {
    const { status, stdout } = spawnSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" });
    // Without a command there is no output either.
    const modules = status === 0 ? stdout.trim() : "";
    return existsSync(join(modules, "github.com/pulumi/pulumi/sdk")) ? modules : undefined;
}

const service = "pulumi-gcp-invoke:index:InvokableService";
const server = "pulumi-gcp-invoke:index:InvokableMcpServer";
const args = { image: "i/orders:1", location: "europe-west1" };

describe("an option of a component in another language", function () {
    this.timeout(120_000);
    let folder: string;
    let sandbox: Sandbox;
    let bench: Bench;
    before(async () => {
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "options-"));
        mkdirSync(join(folder, "plugin"));
        write({
            ...PLUGIN_FILES,
        });
        sandbox = await Sandbox.start({ project: "demo" });
    });
    after(async () => {
        await sandbox.close();
        rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(() => (bench = new Bench(folder)));
    afterEach(() => bench.close());

    function write(files: Record<string, string>): void {
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(folder, name), text);
        }
    }

    function open(more: Partial<StackOptions> = {}, config: Record<string, string> = {}) {
        const request: StackOptions["request"] = (method, url, body, headers) =>
            sandbox.request(method, url, { body, ...(headers && { headers }) });
        return bench.open({ "gcp:project": "demo", "gcp-invoke:smoke": "off", ...config }, { request, ...more });
    }

    /** What the engine knows of each resource of the previewed components, without its arguments. */
    async function previewed(more: Partial<StackOptions> = {}): Promise<Record<string, unknown>> {
        const { result, diagnostics } = await (await open(more)).preview();
        assert.equal(result, "succeeded", JSON.stringify(diagnostics) + bench.printed());
        const states = bench.events.flatMap((event) =>
            event.type === "step" && event.phase === "start" && event.new !== undefined ? [event.new] : [],
        );
        const left = ["inputs", "outputs", "propertyDependencies", "created", "modified", "id", "replacementTrigger"];
        // TypeScript names all that a component consists of where another language names the component.
        const whole = (urn: string): string => {
            const { parent = "" } = states.find((state) => state.urn === urn) ?? {};
            return parent.includes(service) ? whole(parent) : urn;
        };
        const known = states
            .filter(({ urn }) => urn.includes(service))
            .map((state) => {
                const dependencies = state.dependencies ?? [];
                const wholes = state.type === service ? [...new Set(dependencies.map(whole))].toSorted() : dependencies;
                const kept = Object.entries({ ...state, dependencies: wholes }).filter(([key]) => !left.includes(key));
                // The ID of a provider is another one in each preview.
                const text = JSON.stringify(Object.fromEntries(kept)).replaceAll(/(?<=::)[\da-f-]{36}/g, "ID");
                return [state.urn, JSON.parse(text) as unknown];
            });
        return Object.fromEntries(known) as Record<string, unknown>;
    }

    /** The same components in TypeScript. */
    function inTypeScript(): Promise<undefined> {
        const made: Record<string, pulumi.Resource> = {
            other: new gcp.Provider("other", { project: "other" }),
            before: new gcp.serviceaccount.Account("before", { accountId: "before" }),
        };
        for (const [name, options] of Object.entries(OPTIONS)) {
            const opts: unknown = JSON.parse(JSON.stringify(options), (_, value: unknown) => {
                const [, key] = /^\$\{(.*)\}$/.exec(String(value)) ?? [];
                return key === undefined ? value : made[key];
            });
            made[name] = new InvokableService(name, args, opts as pulumi.ComponentResourceOptions);
        }
        return Promise.resolve(undefined);
    }

    function writeYaml(resources: object, more: object = {}): void {
        const project = { name: "options", runtime: "yaml", packages: { "pulumi-gcp-invoke": "./plugin" } };
        write({ "Pulumi.yaml": stringify({ ...project, resources, ...more }) });
    }

    const HELPERS = {
        other: { type: "pulumi:providers:gcp", properties: { project: "other" } },
        before: { type: "gcp:serviceaccount:Account", properties: { accountId: "before" } },
    };

    let expected: Record<string, unknown>;
    before(async () => {
        bench = new Bench(folder);
        expected = await previewed({ directory: undefined as never, project: "options", program: inTypeScript });
        bench.close();
    });

    async function assertSame(): Promise<void> {
        const actual = await previewed();
        assert.deepEqual(Object.keys(actual).toSorted(), Object.keys(expected).toSorted());
        for (const [urn, state] of Object.entries(actual)) {
            assert.deepEqual(state, expected[urn]);
        }
    }

    it("does in YAML what it does in TypeScript", async () => {
        const resources: Record<string, object> = { ...HELPERS };
        for (const [name, options] of Object.entries(OPTIONS)) {
            resources[name] = { type: service, properties: args, options };
        }
        writeYaml(resources);
        await assertSame();
    });

    it("keeps what a component made under each form of its former name, in YAML", async () => {
        const component = (options: Options = {}) => ({
            type: service,
            properties: { ...args, ingress: "all" },
            options,
        });
        const FORMS: Record<string, unknown> = {
            name: { name: "former-name" },
            urn: `urn:pulumi:dev::options::${service}::former-urn`,
            "map-of-urn": { urn: `urn:pulumi:dev::options::${service}::former-map-of-urn` },
            project: { name: "former-project", project: "options", stack: "dev" },
            "no-parent": { name: "former-no-parent", noParent: true },
            parent: { name: "former-parent", parent: "${area}" },
            type: { name: "former-type", type: server },
            "only-type": { type: server },
            "type-and-parent": { name: "former-type-and-parent", type: server, parent: "${area}" },
            "type-and-no-parent": { name: "former-type-and-no-parent", type: server, noParent: true },
        };
        const parents: Record<string, Options> = {
            parent: { parent: "${area}" },
            "type-and-parent": { parent: "${area}" },
        };
        const keepsName = (form: string): boolean => form.startsWith("only");
        const former = Object.keys(FORMS).map((form) => [
            keepsName(form) ? form : `former-${form}`,
            { ...component(parents[form]), ...(form.includes("type") && { type: server }) },
        ]);
        const later = Object.entries(FORMS).map(([form, alias]) => [
            form,
            component({ aliases: [alias], ...(form.endsWith("no-parent") && { parent: "${area}" }) }),
        ]);
        const up = async (resources: [string, object][]) => {
            writeYaml({ area: { type: service, properties: args }, ...Object.fromEntries(resources) });
            const { result, diagnostics } = await (await open()).up({ preview: false });
            assert.equal(result, "succeeded", JSON.stringify(diagnostics) + bench.printed());
            return bench.steps();
        };
        await up(former as [string, object][]);
        const renamed = await up(later as [string, object][]);
        // The display names of the accounts have the components' names.
        assert.deepEqual(
            renamed.toSorted(),
            Object.keys(FORMS)
                .filter((form) => !keepsName(form))
                .map((form) => `update Account ${form}-account`)
                .toSorted(),
        );
        assert.equal((await (await open()).destroy()).result, "succeeded");
    });

    it("does in Python what it does in TypeScript", async function () {
        skipWithoutPython(this);
        write({
            ...inPython("options.py"),
            "options.json": JSON.stringify(OPTIONS),
            "args.json": JSON.stringify(args),
        });
        await assertSame();
    });

    let hasModules = false;
    function go(...command: string[]): void {
        const proxy = `file://${join(goModules() ?? "", "cache", "download")}`;
        const env = { ...process.env, GOFLAGS: "-mod=mod", GONOSUMDB: "*", GOWORK: "off", GOPROXY: proxy };
        const { status, stderr } = spawnSync("go", command, { cwd: folder, env, encoding: "utf8" });
        assert.equal(status, 0, stderr);
    }

    /**
     * Writes the program in `go/main.go`, with the modules that it needs.
     * @param built whether the program is built here and once, in place of by each operation
     */
    function writeGo(test: Mocha.Context, built: boolean): void {
        if (goModules() === undefined) {
            skip(test, "this machine lacks go or the module github.com/pulumi/pulumi/sdk/v3");
        }
        const runtime = { name: "go", ...(built && { options: { binary: "./program" } }) };
        const project = { name: "options", runtime, packages: { "pulumi-gcp-invoke": "./plugin" } };
        write({
            "Pulumi.yaml": stringify(project),
            "main.go": readFileSync(join(__dirname, "go", "main.go"), "utf8"),
            "options-list.json": JSON.stringify(Object.entries(OPTIONS).map(([name, options]) => ({ name, options }))),
            "args.json": JSON.stringify(args),
        });
        if (!hasModules) {
            write({ "go.mod": "module options\n\ngo 1.25\n" });
            go("mod", "tidy");
            hasModules = true;
        }
        if (built && !existsSync(join(folder, "program"))) {
            go("build", "-o", "program", ".");
        }
    }

    it("does in Go what it does in TypeScript", async function () {
        this.timeout(600_000);
        writeGo(this, false);
        await assertSame();
    });

    it("takes aliases, transforms, hooks and secrets, in Go", async function () {
        this.timeout(600_000);
        writeGo(this, true);
        const run = async (step: string) => {
            const { result, diagnostics } = await (await open({}, { "options:step": step })).up({ preview: false });
            const told = diagnostics.map(({ message }) => message).join("\n");
            assert.doesNotMatch(told + bench.printed(), /never-shown/);
            return { result, told, steps: bench.steps(), printed: bench.printed() };
        };
        const one = await run("one");
        assert.equal(one.result, "succeeded", one.told + one.printed);
        assert.ok(one.steps.includes("create ServiceIamMember orders-stock"), one.steps.join());
        assert.match(one.printed, /before create orders[\s\S]*after create orders/);
        const renamed = await run("two");
        assert.equal(renamed.result, "succeeded", renamed.told + renamed.printed);
        // The transform gives the service another label, and the alias keeps all else.
        assert.deepEqual(renamed.steps.toSorted(), ["update Account sales-account", "update Service sales"]);
        const failing = await run("failing");
        assert.deepEqual(
            [failing.result, failing.told],
            ["failed", 'before hook "before_create" failed: the hook says no'],
        );
        assert.equal((await (await open()).destroy()).result, "succeeded");
    });

    it("leaves a grant as it is, in YAML, if its target gets another key", async () => {
        const up = async (key: string) => {
            const stock = { type: service, properties: { ...args, ingress: "all" } };
            writeYaml({
                stock,
                orders: { type: service, properties: { ...args, invokes: { [key]: "${stock.target}" } } },
            });
            assert.equal((await (await open()).up({ preview: false })).result, "succeeded", bench.printed());
            return bench.steps();
        };
        await up("stock");
        assert.deepEqual(await up("warehouse"), ["update Service orders"]);
        assert.equal((await (await open()).destroy()).result, "succeeded");
    });

    it("takes transforms, hooks, secrets and outputs that are not known yet, in Python", async function () {
        skipWithoutPython(this);
        write(inPython("life.py"));
        const run = async (step: string) => {
            const stack = await open({}, { "options:step": step });
            const preview = await stack.preview();
            assert.equal(preview.result, "succeeded", JSON.stringify(preview.diagnostics) + bench.printed());
            bench.events.length = 0;
            const { result, diagnostics } = await stack.up({ preview: false });
            assert.equal(result, "succeeded", JSON.stringify(diagnostics) + bench.printed());
            assert.doesNotMatch(JSON.stringify(diagnostics) + bench.printed(), /never-shown/);
            return { steps: bench.steps(), printed: bench.printed(), stack };
        };
        const { steps, printed } = await run("one");
        assert.ok(steps.includes("create ServiceIamMember orders-stock"), steps.join());
        assert.match(printed, /transform orders[\s\S]*before create orders[\s\S]*after create orders/);
        const { steps: unchanged } = await run("one");
        assert.deepEqual(unchanged, []);
        // A transform makes plain values of the outputs that an argument has.
        const plain = await run("without transform");
        assert.deepEqual(plain.steps, ["update Service orders"]);
        const gone = await run("gone");
        assert.match(gone.printed, /before delete orders[\s\S]*after delete orders/);
        assert.ok(gone.steps.includes("delete Service orders"), gone.steps.join());
        assert.equal((await (await open()).destroy()).result, "succeeded");
    });

    async function assertWiredLife(): Promise<void> {
        const at = (step: string) => open({}, { "options:step": step, "options:wired": "true" });
        const run = async (step: string) => {
            const stack = await at(step);
            bench.events.length = 0;
            const preview = await stack.preview();
            assert.equal(preview.result, "succeeded", JSON.stringify(preview.diagnostics) + bench.printed());
            bench.events.length = 0;
            const { result, diagnostics } = await stack.up({ preview: false });
            assert.equal(result, "succeeded", JSON.stringify(diagnostics) + bench.printed());
            return bench.steps();
        };
        const made = await run("first");
        for (const each of ["Workflow first", "ServiceIamMember first-stock-private", "IAMMember first-network"]) {
            assert.ok(made.includes(`create ${each}`), made.join());
        }
        const named = (name: string, type: string): Record<string, unknown> => {
            const found = bench.events.flatMap((event) =>
                event.type === "step" && event.phase === "start" && event.new?.urn.endsWith(`${type}::${name}`) === true
                    ? [event.new.inputs]
                    : [],
            );
            return found[0] ?? assert.fail(`${name} is not made`);
        };
        const entry = "projects/demo/locations/europe-west1/namespaces/inner/services/stock";
        const { userEnvVars, sourceContents } = named("first", "gcp:workflows/workflow:Workflow");
        assert.equal((userEnvVars as Record<string, string>)["STOCK_PRIVATE_SERVICE"], entry);
        assert.match(String(sourceContents), /private_service_name: \$\{sys\.get_env\("STOCK_PRIVATE_SERVICE"\)\}/);
        assert.equal(named("first-stock-private", "ServiceIamMember")["name"], entry);
        assert.equal(named("first-network", "IAMMember")["project"], "shared");
        assert.deepEqual(await run("first"), []);
        assert.equal((await (await at("first")).refresh()).result, "succeeded");
        assert.deepEqual(await run("first"), []);
        // The display name of the account has the component's name, and the alias keeps all else.
        assert.deepEqual(await run("renamed"), ["update Account second-account"]);
        const refusals = {
            "no-project": /^privateServices\.stock\.networkProject: "" is no ID of a project/,
            "no-issuers": /^smokeCheck\.endpoints\.issuers: is empty/,
        };
        for (const [step, said] of Object.entries(refusals)) {
            const { result, diagnostics } = await (await at(step)).preview();
            assert.equal(result, "failed");
            assert.match(diagnostics.map(({ message }) => message).join("\n"), said);
        }
        assert.equal((await (await open()).destroy()).result, "succeeded");
    }

    it("takes privateServices and smokeCheck.endpoints through their whole life, in Python", async function () {
        skipWithoutPython(this);
        write(inPython("wired.py"));
        await assertWiredLife();
    });

    it("takes privateServices and smokeCheck.endpoints through their whole life, in Go", async function () {
        this.timeout(600_000);
        writeGo(this, true);
        await assertWiredLife();
    });
});
