import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skip } from "../../support/skip";
import { Bench } from "../helper";

const python = process.env["PULUMI_PYTHON_CMD"] ?? "python3";
const runs = (...args: string[]): boolean => spawnSync(python, args, { timeout: 60_000 }).status === 0;

const PROGRAM = `
import os
import pulumi

config = pulumi.Config()
print("in", os.path.basename(os.getcwd()), pulumi.get_organization(), pulumi.runtime.is_dry_run())


class Area(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("shop:index:Area", name)
        self.register_outputs({"size": 3})


class Stash(pulumi.CustomResource):
    input: pulumi.Output[object]

    def __init__(self, name, value, opts=None):
        super().__init__("pulumi:index:Stash", name, {"input": value, "output": None}, opts)


def check(args):
    print("hook sees", args.new_inputs["input"])
    if config.get("red"):
        raise Exception("the check is red")


hook = pulumi.ResourceHook("check", check)
area = Area("area")
gate = Stash(
    "gate",
    config.require_secret("password") if config.get("password") else "open",
    pulumi.ResourceOptions(parent=area, hooks=pulumi.ResourceHookBinding(before_create=[hook])),
)
pulumi.export("gate", gate.input)
pulumi.export("stack", f"{pulumi.get_project()}/{pulumi.get_stack()}")
`;

describe("a program in Python", function () {
    this.timeout(120_000);
    const directory = mkdtempSync(join(tmpdir(), "python-"));
    let bench: Bench;
    before(function () {
        if (!runs("--version")) {
            skip(this, `this machine has no ${python}`);
        }
    });
    beforeEach(() => {
        bench = new Bench(directory);
        write(PROGRAM);
    });
    afterEach(() => bench.close());
    after(() => rmSync(directory, { recursive: true }));

    function write(program: string): void {
        writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nruntime: python\n");
        writeFileSync(join(directory, "__main__.py"), program);
    }

    async function up(config: Record<string, string> = {}) {
        const stack = await bench.open(config);
        const done = await stack.up({ preview: false });
        return { ...done, said: done.diagnostics.map(({ message }) => message).join("\n"), stack };
    }

    it("ends with the engine, however that ends", async () => {
        // What is imported first never returns, so that the program cannot end by itself.
        const sdk = join(directory, "endless", "pulumi");
        mkdirSync(sdk, { recursive: true });
        writeFileSync(join(sdk, "__init__.py"), 'import time\nprint("runs", flush=True)\ntime.sleep(600)\n');
        const child = spawn(python, ["-u", join(__dirname, "../../../engine/languages/run.py"), "."], {
            stdio: ["ignore", "pipe", "ignore", "pipe"],
            env: { ...process.env, PYTHONPATH: join(directory, "endless") },
        });
        try {
            const { stdout, stdio } = child;
            assert.ok(stdout);
            await once(stdout, "data");
            assert.equal(child.exitCode, null);
            stdio[3]?.destroy();
            const [code] = (await once(child, "exit")) as [number];
            assert.equal(code, 1);
        } finally {
            child.kill("SIGKILL");
        }
    });

    it("without the SDK fails, and says which Python lacks it", async function () {
        if (runs("-c", "import pulumi")) {
            skip(this, `${python} has the package pulumi`);
        }
        const { result } = await (await bench.open()).preview();
        assert.equal(result, "failed");
        assert.match(bench.printed(), /has no package pulumi: install it there, or name another virtualenv/);
    });

    describe("with the SDK", () => {
        before(function () {
            if (!runs("-c", "import pulumi")) {
                skip(this, `${python} has no package pulumi; PULUMI_PYTHON_CMD can name another Python`);
            }
        });

        it("makes its resources, calls its hooks, keeps secrets, and is unchanged the second time", async () => {
            const { result, outputs, said, stack } = await up({ password: "hidden" });
            assert.equal(result, "succeeded", said + bench.printed());
            assert.deepEqual(outputs["stack"], "shop/dev");
            assert.match(bench.printed(), /in python-\w+ organization False[\s\S]*hook sees/);
            assert.deepEqual(
                stack.resources.flatMap(({ type }) => (type.includes(":providers:") ? [] : [type])).toSorted(),
                ["pulumi:index:Stash", "pulumi:pulumi:Stack", "shop:index:Area"],
            );
            const again = await up({ password: "hidden" });
            assert.deepEqual([again.result, again.changes.same], ["succeeded", 3], again.said);
            const refreshed = await (await bench.open({ password: "hidden" })).refresh();
            assert.equal(refreshed.result, "succeeded");
            const gone = await (await bench.open()).destroy();
            assert.equal(gone.result, "succeeded");
            assert.deepEqual((await bench.open()).resources, []);
        });

        it("is held by a hook that fails, with its message and without a stack of the engine", async () => {
            const { result, said, stack } = await up({ red: "true" });
            assert.equal(result, "failed");
            assert.match(said, /the check is red/);
            assert.doesNotMatch(said + bench.printed(), /grpc|the update has ended|monitor has terminated/i);
            assert.deepEqual(
                stack.resources.map(({ type }) => type).filter((type) => type === "pulumi:index:Stash"),
                [],
            );
        });

        it("that raises an error fails with the lines of the program, and a RunError with its text alone", async () => {
            write(`${PROGRAM}\ndef broken():\n    raise ValueError("no such shop")\n\nbroken()\n`);
            const raised = await up();
            assert.equal(raised.result, "failed");
            assert.match(raised.said, /__main__\.py", line \d+, in broken[\s\S]*ValueError: no such shop/);
            assert.doesNotMatch(raised.said, /runpy|run_in_stack/);
            write(`import pulumi\nraise pulumi.RunError("name the shop")\n`);
            const told = await up();
            assert.equal(told.result, "failed");
            assert.match(told.said, /^name the shop$/m);
            assert.doesNotMatch(told.said, /Traceback/);
        });
    });
});
