import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Sandbox } from "../../sandbox";
import { plainProperties, type Properties } from "../../engine/values/values";
import { skip } from "../support/skip";

import { refreshedInputs } from "./as-refreshed";
import { Bench, programDirectory } from "./helper";
import { RealCli, whyNoRealCli } from "./real-cli";

/** One operation on a stack, with its configuration, and whether it must fail. */
interface Command {
    operation: "preview" | "up" | "refresh" | "destroy";
    config?: Record<string, string>;
    fails?: true;
}

/** The program has a component, an account, a service, a grant, a workflow and a gate. */
const CHAIN: Command[] = [
    { operation: "preview" },
    { operation: "up", config: { check: "fails" }, fails: true },
    { operation: "up", config: { check: "fails" }, fails: true },
    { operation: "up" },
    { operation: "up", config: { check: "fails" } },
    { operation: "preview", config: { revision: "2" } },
    { operation: "up", config: { revision: "2", check: "fails" }, fails: true },
    { operation: "up", config: { revision: "2" } },
    { operation: "up", config: { revision: "2", account: "chain-other" } },
    { operation: "refresh" },
];

/** The program uses every resource option, in several phases. */
const OPTIONS: Command[] = [
    { operation: "preview", config: { phase: "1" } },
    { operation: "up", config: { phase: "1" } },
    { operation: "up", config: { phase: "1" } },
    { operation: "preview", config: { phase: "2" } },
    { operation: "up", config: { phase: "2" } },
    { operation: "refresh", config: { phase: "2" } },
    { operation: "up", config: { phase: "3" } },
];

/** These tests need the Pulumi CLI and its gcp plugin. They are slow, as the real provider waits. */
for (const [name, life] of Object.entries({ chain: CHAIN, options: OPTIONS })) {
    describe(`the real Pulumi CLI and this engine, on the program "${name}"`, function () {
        this.timeout(1_200_000);
        const directory = programDirectory(name);
        const { config: last = {} } = life.findLast(({ operation }) => operation === "up") ?? {};
        let [theirs, ours] = [] as unknown as [Sandbox, Sandbox];
        let cli: RealCli;
        let bench: Bench;
        before(async function () {
            const reason = whyNoRealCli();
            if (reason !== undefined) {
                skip(this, reason);
            }
            [theirs, ours] = await Promise.all([
                Sandbox.start({ project: "demo" }),
                Sandbox.start({ project: "demo" }),
            ]);
            cli = new RealCli(directory, theirs);
            bench = new Bench(directory);
            await cli.init();
        });
        after(async () => {
            // Nothing was started where the suite was skipped.
            for (const sandbox of [theirs, ours] as (Sandbox | undefined)[]) {
                await sandbox?.close();
            }
            (cli as RealCli | undefined)?.close();
            (bench as Bench | undefined)?.close();
        });

        const open = (config: Record<string, string> = {}) =>
            bench.open(config, {
                request: (method, url, body, headers) =>
                    ours.request(method, url, { body, ...(headers && { headers }) }),
                environment: { ...ours.environment() },
            });
        const mine = async ({ operation, config }: Command) => {
            const stack = await open(config);
            return operation === "up" ? await stack.up({ preview: false }) : await stack[operation]();
        };

        it("do the same in every operation on a stack, and keep the same state", async () => {
            for (const [at, command] of life.entries()) {
                const { operation, config, fails } = command;
                const what = `${at + 1}: ${operation} ${JSON.stringify(config ?? {})}`;
                const real = await cli.operate(operation, config);
                assert.equal(real.code !== 0, fails ?? false, `${what}: ${real.text}`);
                const result = await mine(command);
                assert.equal(result.result, fails === true ? "failed" : "succeeded", what);
                // Versions of the CLI differ in the counts of a failed command.
                if (fails !== true) {
                    assert.deepEqual(counted(result.changes), counted(real.changes), what);
                }
                assert.deepEqual(await kept(), settled((await cli.export()).deployment["resources"]), what);
            }
        });

        it("read each other's state: the CLI imports ours, and finds nothing to do", async () => {
            const { passphrase } = JSON.parse(readFileSync(join(bench.state, "key.json"), "utf8")) as {
                passphrase: string;
            };
            // The stacks have the same name, as URNs contain it.
            const other = new RealCli(directory, ours, "dev", passphrase);
            try {
                await other.init();
                const stack = await open(last);
                await other.import(stack.export());
                const { code, text, changes } = await other.operate("up", last);
                assert.equal(code, 0, text);
                assert.deepEqual(Object.keys(counted(changes)), ["same"], text);
            } finally {
                other.close();
            }
        });

        it("read each other's state: ours imports that of the CLI with its encrypted secrets, and finds nothing to do", async () => {
            const taken = new Bench(directory);
            try {
                const stack = await taken.open(last, {
                    request: (method, url, body, headers) =>
                        theirs.request(method, url, { body, ...(headers && { headers }) }),
                    environment: { ...theirs.environment(), PULUMI_CONFIG_PASSPHRASE: "sandbox" },
                });
                const exported = await cli.export(false);
                assert.match(JSON.stringify(exported), /"ciphertext"/);
                await stack.import(exported);
                assert.equal(stack.export().version, exported.version);
                const { result, changes, diagnostics } = await stack.up({ preview: false });
                assert.equal(result, "succeeded", JSON.stringify(diagnostics));
                assert.deepEqual(Object.keys(counted(changes)), ["same"], taken.steps().join("\n"));
            } finally {
                taken.close();
            }
        });

        it("destroy everything, and leave nothing", async () => {
            const real = await cli.operate("destroy");
            assert.equal(real.code, 0, real.text);
            const result = await mine({ operation: "destroy" });
            assert.deepEqual(result.diagnostics, []);
            assert.deepEqual(await kept(), []);
            assert.deepEqual((await cli.export()).deployment["resources"] ?? [], []);
        });

        async function kept() {
            return settled((await open()).resources.map((resource) => ({ ...resource })));
        }
    });
}

/** The counts as both report them, without zeros and reads. */
function counted(changes: Record<string, number>): Record<string, number> {
    const names = ["create", "update", "replace", "delete", "same"];
    return Object.fromEntries(names.flatMap((name) => ((changes[name] ?? 0) > 0 ? [[name, changes[name] ?? 0]] : [])));
}

/** The parts of each resource that are equal in every run, in the order of URNs. */
function settled(resources: unknown): unknown[] {
    const tidy = (text: string) =>
        text
            .replace(/-[0-9a-f]{7}(?![0-9a-z])/g, "-0000000")
            .replace(/https:\/\/[a-z0-9-]+\.run\.app/g, "https://a.run.app")
            .replace(/00000(\d)-[0-9a-f]{3}/g, "00000$1-000");
    return ((resources ?? []) as Record<string, unknown>[])
        .filter(({ type }) => !String(type).startsWith("pulumi:providers:"))
        .map(({ urn, type, custom, parent, dependencies, inputs, outputs, external, importID }) => ({
            urn,
            type,
            custom,
            parent: parent ?? "",
            dependencies: ((dependencies ?? []) as string[]).toSorted(),
            importID: importID ?? "",
            // The provider makes the inputs of a resource that was only read.
            inputs:
                external === true || importID !== undefined
                    ? "read"
                    : (JSON.parse(tidy(JSON.stringify(sorted(named(String(type), inputs, outputs))))) as unknown),
        }))
        .toSorted((a, b) => (String(a.urn) < String(b.urn) ? -1 : 1));
}

/** Inputs with full names, because only the real provider writes these when it refreshes. */
function named(type: string, inputs: unknown, outputs: unknown): Properties {
    const kept = {
        urn: "",
        type,
        inputs: opened((inputs ?? {}) as Properties),
        outputs: opened((outputs ?? {}) as Properties),
    };
    return refreshedInputs(kept, { project: "demo", number: "123456789012", location: "europe-west1" });
}

/** Inputs with secrets in the clear, which `--show-secrets` writes as `plaintext`. */
function opened(inputs: Properties): Properties {
    const clear = JSON.parse(
        JSON.stringify(inputs, (_, value: unknown) =>
            value !== null && typeof value === "object" && "plaintext" in value
                ? (JSON.parse(String(value.plaintext)) as unknown)
                : value,
        ),
    ) as Properties;
    return plainProperties(clear);
}

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(sorted);
    }
    if (value === null || typeof value !== "object") {
        return value;
    }
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
