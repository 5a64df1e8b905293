import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { Sandbox } from "../../sandbox";
import { Bench } from "../engine/helper";
import { checkout } from "../support/quickstart";
import { skip } from "../support/skip";
import { PLUGIN_FILES } from "./plugin-files";

const python = process.env["PULUMI_PYTHON_CMD"] ?? "python3";
function skipWithoutPython(test: Mocha.Context): void {
    if (spawnSync(python, ["-c", "import pulumi"], { timeout: 60_000 }).status !== 0) {
        skip(test, `${python} has no package pulumi; PULUMI_PYTHON_CMD can name another Python`);
    }
}

const exception = (said: string): RegExp => new RegExp(`^Program failed with an unhandled exception:[^]*${said}`);

/** What the program in `python/fails.py` does, and its only error. */
const IN_PYTHON: Record<string, RegExp> = {
    argument: /^ingress: "foo" is not one of all, internal/,
    "late argument": /^ingress: "foo" is not one of all, internal/,
    cloud: /topics\/bad: Error 403 \(PERMISSION_DENIED\): not allowed$/,
    provider: /property labels value \{bad\} has a problem/,
    hook: /^before hook "no" failed: the hook says no$/,
    transform: /^the transform says no:/,
    exception: exception("the program says no"),
    apply: exception("the apply says no"),
    exit: /exit code: 3$/,
    killed: /ended by a signal$/,
    function: exception("getProject"),
};

const topic = (properties: object) => ({ type: "gcp:pubsub:Topic", properties });
const service = (properties: object) => ({
    type: "pulumi-gcp-invoke:InvokableService",
    properties: { image: "i", location: "europe-west1", ...properties },
});

/** A resource of a program in YAML, and its only error. */
const IN_YAML: Record<string, [resource: object, error: RegExp]> = {
    "an argument of a component": [service({ ingress: "foo" }), /^ingress: "foo" is not one of all, internal/],
    "a late argument": [
        service({ ingress: "${beside.id}" }),
        /^ingress: "projects\/demo\/topics\/beside" is not one of all/,
    ],
    "an argument that there is not": [service({ colour: "red" }), /^colour: is not known; known are /],
    "the cloud": [topic({ name: "bad" }), /topics\/bad: Error 403 \(PERMISSION_DENIED\): not allowed$/],
    "the provider": [topic({ labels: "${beside.id}" }), /property labels value \{.*\} has a problem/],
};

/** What says how a connection or a process ended, and nothing about the program. */
const NOISE =
    /RST_STREAM|\b\d+ (INTERNAL|UNKNOWN|UNAVAILABLE|CANCELLED)\b|grpc|callback [0-9a-f]{8}-|Channel has been shut down/i;

describe("a failed update of a program in another language", function () {
    this.timeout(120_000);
    let folder: string;
    let sandbox: Sandbox;
    let bench: Bench;
    before(async () => {
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "fails-"));
        mkdirSync(join(folder, "plugin"));
        write({
            ...PLUGIN_FILES,
            "__main__.py": readFileSync(join(__dirname, "python", "fails.py"), "utf8"),
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

    const project = (runtime: string, more: object = {}): void =>
        write({
            "Pulumi.yaml": stringify({
                name: "fails",
                runtime,
                packages: { "pulumi-gcp-invoke": "./plugin" },
                ...more,
            }),
        });

    async function assertOneError(error: RegExp, config: Record<string, string> = {}): Promise<void> {
        const refusal = { error: { code: 403, status: "PERMISSION_DENIED", message: "not allowed" } };
        const settings = { "gcp:project": "demo", "gcp-invoke:smoke": "off", ...config };
        const stack = await bench.open(settings, {
            request: (method, url, body, headers) =>
                /topics\/bad\b/.test(url)
                    ? Promise.resolve({ status: 403, body: refusal })
                    : sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });
        const { result, diagnostics } = await stack.up({ preview: false });
        const told = diagnostics.map(({ severity, message }) => `${severity} ${message}`).join("\n---\n");
        assert.equal(result, "failed", told);
        const errors = diagnostics.filter(({ severity }) => severity !== "info");
        assert.equal(errors.length, 1, told);
        assert.match(String(errors[0]?.message), error);
        assert.ok(diagnostics.length <= 2, told);
        assert.doesNotMatch(told.replaceAll(/File .*/g, ""), NOISE);
        assert.doesNotMatch(bench.printed(), NOISE);
        await stack.destroy();
    }

    for (const [kind, error] of Object.entries(IN_PYTHON)) {
        it(`tells its only error once, and nothing of how calls ended, in Python: ${kind}`, async function () {
            skipWithoutPython(this);
            project("python");
            await assertOneError(error, { "fails:kind": kind });
        });
    }

    for (const [kind, [bad, error]] of Object.entries(IN_YAML)) {
        it(`tells its only error once, and nothing of how calls ended, in YAML: ${kind}`, async () => {
            const others = Object.fromEntries([1, 2, 3].map((at) => [`other${at}`, service({})]));
            project("yaml", { resources: { ...others, beside: topic({ name: "beside" }), bad } });
            await assertOneError(error);
        });
    }
});
