import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import type { StackOptions, StackResult } from "../../engine";
import { Crypter } from "../../engine/state/secrets";

import { Bench } from "./helper";

const yaml = "name: forms\nruntime: nodejs\nconfig: { 'gcp:project': demo }\n";
const topic = `new gcp.pubsub.Topic("t", { name: "tee" })`;

describe("a program outside the checkout", () => {
    let directory = "";
    let bench: Bench;
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "form-"));
        symlinkSync(resolve(__dirname, "../../node_modules"), join(directory, "node_modules"));
        bench = new Bench(directory);
    });
    afterEach(() => {
        bench.close();
        rmSync(directory, { recursive: true, force: true });
    });
    const write = (files: Record<string, string>): void => {
        for (const [name, text] of Object.entries({ "Pulumi.yaml": yaml, "package.json": "{}", ...files })) {
            mkdirSync(dirname(join(directory, name)), { recursive: true });
            writeFileSync(join(directory, name), text);
        }
    };
    async function up(
        config: Record<string, string> = {},
        options: Partial<StackOptions> = {},
        preview: boolean | "hidden" = false,
    ): Promise<StackResult> {
        return await (await bench.open(config, options)).up({ preview });
    }
    const messages = ({ diagnostics }: StackResult): string => diagnostics.map(({ message }) => message).join("\n");

    const nodenext = `{ "compilerOptions": { "module": "nodenext", "target": "es2022", "skipLibCheck": true }, "ts-node": { "transpileOnly": true } }`;
    const forms: [string, Record<string, string>][] = [
        [
            "an ECMAScript module that awaits at its top",
            {
                "package.json": `{ "type": "module" }`,
                "index.js": `import * as gcp from "@pulumi/gcp"; const t = await Promise.resolve(${topic}); export const name = t.name;`,
            },
        ],
        [
            "one in TypeScript",
            {
                "package.json": `{ "type": "module" }`,
                "tsconfig.json": nodenext,
                "index.ts": `import * as gcp from "@pulumi/gcp"; const t: gcp.pubsub.Topic = await Promise.resolve(${topic}); export const name = t.name;`,
            },
        ],
        [
            "an .mjs as main",
            {
                "Pulumi.yaml": `${yaml}main: src/main.mjs\n`,
                "src/main.mjs": `import * as gcp from "@pulumi/gcp"; export const name = ${topic}.name;`,
            },
        ],
        [
            "TypeScript with export =",
            {
                "tsconfig.json": nodenext,
                "index.ts": `import gcp = require("@pulumi/gcp"); export = { name: ${topic}.name };`,
            },
        ],
        [
            "TypeScript that exports an async function",
            {
                "tsconfig.json": nodenext,
                "index.ts": `import gcp = require("@pulumi/gcp"); export = async () => Promise.resolve({ name: ${topic}.name });`,
            },
        ],
        ["JavaScript", { "index.js": `const gcp = require("@pulumi/gcp"); exports.name = ${topic}.name;` }],
    ];
    for (const [title, files] of forms) {
        it(`is deployed: ${title}`, async () => {
            write(files);
            const result = await up();
            assert.deepEqual([messages(result), result.outputs], ["", { name: "tee" }]);
            assert.equal(bench.cloud.resources.size, 1);
        });
    }

    /** Has the SDK not find ts-node, so that it takes its own, which is of another version. */
    const hidden = `const Module = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
    if (name === "ts-node") {
        throw Object.assign(new Error("it is hidden"), { code: "MODULE_NOT_FOUND" });
    }
    return resolve.call(this, name, ...rest);
};`;
    for (const own of [true, false]) {
        const which = own ? "the SDK's own ts-node" : "the installed ts-node";
        it(`has its own source checked by strict types, and not what a checkout's cache made of it: by ${which}`, async () => {
            const strict = `{ "compilerOptions": { "module": "nodenext", "target": "es2022", "strict": true, "skipLibCheck": true, "types": ["node"] } }`;
            const register = resolve(__dirname, "../../scripts/register.cjs");
            const preloads = [register, ...(own ? [join(directory, "hidden.js")] : [])];
            const environment = {
                NODE_OPTIONS: preloads.map((file) => `--require=${file}`).join(" "),
                PULUMI_NODEJS_TRANSPILE_ONLY: "false",
            };
            // `location` is a global variable too, which a file that is no module any more would declare again.
            const program = (type: string) =>
                `const location = (text: ${type}): number => text.length; export const n = location("abc");`;
            write({ "tsconfig.json": strict, "hidden.js": hidden, "index.ts": program("string") });
            const { outputs, ...result } = await up({}, { environment });
            assert.deepEqual([messages({ outputs, ...result }), outputs], ["", { n: 3 }]);
            write({ "tsconfig.json": strict, "index.ts": program("string | undefined") });
            assert.match(messages(await up({}, { environment })), /TS18048: 'text' is possibly 'undefined'/);
        });
    }

    for (const preview of [true, "hidden"] as const) {
        it(`has its types checked once, if its preview is ${preview === true ? "shown" : "hidden"}`, async () => {
            const program = "console.log(`transpiles only: ${process.env.PULUMI_NODEJS_TRANSPILE_ONLY}`);";
            write({ "index.js": program });
            const checks = preview === true ? ["undefined", "true"] : ["undefined"];
            assert.equal(messages(await up({}, {}, preview)), "");
            const said = (): string[] =>
                [...bench.printed().matchAll(/transpiles only: (\w+)/g)].map(([, word = ""]) => word);
            assert.deepEqual(said(), checks);

            await up({}, { environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "false" } }, preview);
            assert.deepEqual(new Set(said()), new Set(["false"]));
        });
    }

    it("gets an object with a secret in it as a secret as a whole", async () => {
        const crypter = await Crypter.create("open");
        write({
            "Pulumi.dev.yaml": `encryptionsalt: ${crypter.salt}\nconfig:\n  forms:db: { user: u, keys: [{ secure: "${crypter.encrypt("hidden")}" }] }\n`,
            "index.js": `exports.db = new (require("@pulumi/pulumi").Config)().requireSecretObject("db");`,
        });
        await assert.rejects(bench.open(), /forms:db is secret; set PULUMI_CONFIG_PASSPHRASE/);
        const options = { environment: { PULUMI_CONFIG_PASSPHRASE: "open" } };
        const { outputs } = await up({}, options);
        assert.deepEqual((outputs["db"] as { value: unknown }).value, { user: "u", keys: ["hidden"] });
        write({ "Pulumi.dev.yaml": `encryptionsalt: ${crypter.salt}\nconfig: { k: { secure: "v1:AAAA:AAAA" } }\n` });
        await assert.rejects(bench.open({}, options), /Pulumi\.dev\.yaml: k: the secret cannot be decrypted; set it/);
    });

    it("needs a value for each key that has a type and no value in Pulumi.yaml", async () => {
        write({
            "Pulumi.yaml": yaml.replace(
                " demo }",
                " demo, size: { type: integer }, kind: { type: string, default: a } }",
            ),
            "index.js": `exports.size = new (require("@pulumi/pulumi").Config)().requireNumber("size");`,
        });
        await assert.rejects(up(), /^ProjectError: Stack 'dev' is missing configuration value 'size'; set it in/);
        assert.deepEqual((await up({ size: "3" })).outputs, { size: 3 });
    });

    it("is refused with one sentence that names the wrong file or name", async () => {
        write({ "Pulumi.yaml": "name: [x\nruntime: nodejs" });
        await assert.rejects(bench.open(), /^ProjectError: \/.*Pulumi\.yaml: Flow sequence/);
        write({ "Pulumi.dev.yaml": "config: [a" });
        await assert.rejects(bench.open(), /Pulumi\.dev\.yaml: Flow sequence/);
        write({ "Pulumi.dev.yaml": "" });
        for (const stack of ["../dev", "a b", "", "..", "a/b"]) {
            await assert.rejects(bench.open({}, { stack }), /stack name is ".*"; it may have up to 100 letters/);
            const program = () => Promise.resolve();
            await assert.rejects(bench.open({}, { stack, program }), /stack name is ".*"; it may have/);
        }
        await bench.open({}, { stack: "dev-1_a.b" });
        write({ "Pulumi.yaml": "name: a/b\nruntime: nodejs" });
        await assert.rejects(bench.open(), /Pulumi\.yaml: name is "a\/b"; it may have/);
    });

    it("is refused in a preview, before anything is created, where it has an unsupported resource type", async () => {
        write({
            "index.js": `const gcp = require("@pulumi/gcp"); ${topic}; new (require("@pulumi/pulumi").CustomResource)("aws:s3/bucket:Bucket", "b", {});`,
        });
        const result = await up({}, {}, true);
        assert.match(messages(result), /does not support resource type aws:s3\/bucket:Bucket; leave/);
        assert.equal(bench.cloud.requests.length, 0);
    });

    for (const [title, code, said] of [
        ["rejects what nobody awaits", `Promise.reject(new Error("left alone"));`, /Error: left alone/],
        ["throws in an apply", `${topic}.name.apply(() => { throw new Error("in apply"); });`, /Error: in apply/],
        [
            "exits in an apply",
            `${topic}.name.apply(() => process.exit(3));`,
            /^an unhandled error occurred: Program exited with non-zero exit code: 3$/,
        ],
        [
            "is killed",
            `process.kill(process.pid, "SIGKILL");`,
            /^an unhandled error occurred: Program was ended by a signal$/,
        ],
    ] as const) {
        it(`fails, with one message, where it ${title}`, async () => {
            write({ "index.js": `const gcp = require("@pulumi/gcp"); ${code}` });
            const result = await up();
            assert.equal(result.result, "failed");
            assert.equal(result.diagnostics.length, 1);
            assert.match(messages(result), said);
        });
    }

    it("has the early messages of its update shown in the update, although the update waits for the preview", async () => {
        write({ "index.js": "", "begin.js": `console.log("begins")` });
        // The SDK finds that it is missing, and says so before its first request to the engine.
        rmSync(join(directory, "package.json"));
        const environment = { NODE_OPTIONS: `--require=${join(directory, "begin.js")}` };
        const { result, diagnostics } = await up({}, { environment }, true);
        assert.equal(result, "succeeded");
        assert.deepEqual(
            diagnostics.map(({ severity }) => severity),
            ["warning"],
        );
        const told = bench.events.flatMap((event) => {
            if (event.type === "start") {
                return [event.operation];
            }
            if (event.type === "diagnostic") {
                return [event.severity];
            }
            return event.type === "output" ? [event.text.trim()] : [];
        });
        assert.deepEqual(told, ["preview", "begins", "warning", "update", "begins", "warning"]);
    });

    it("shows the messages of a failing preview, and each of them once", async () => {
        write({ "index.js": `throw new Error("no")` });
        rmSync(join(directory, "package.json"));
        const { result } = await up({}, {}, true);
        assert.equal(result, "failed");
        const told = bench.events.flatMap((event) => (event.type === "diagnostic" ? [event.severity] : []));
        assert.deepEqual(told, ["warning", "error"]);
    });

    it("has everything that it prints emitted", async () => {
        write({ "index.js": `for (let i = 0; i < 1e5; i++) console.log("y".repeat(99));` });
        assert.equal((await up()).result, "succeeded");
        assert.equal(bench.printed().length, 1e7);
    });
});
