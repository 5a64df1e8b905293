import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import {
    chmodSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const modules = join(__dirname, "..", "..", "..", "node_modules");
const vendored = join(modules, "@pulumi", "pulumi", "vendor", "ts-node@7.0.1");

/**
 * Loads what the engine loads in front of a program. The sources of this checkout are compiled here, also those that would be
 * loaded later, and the program is not.
 */
const PRELOAD = `
require(${JSON.stringify(join(__dirname, "..", "..", "..", "scripts", "register.cjs"))});
require(${JSON.stringify(join(__dirname, "..", "..", "..", "engine", "processes", "lean-sdk.ts"))});
Object.values(require(${JSON.stringify(join(__dirname, "..", "..", "..", "common", "index.ts"))}));
delete require.extensions[".ts"];
`;

/** What the SDK's runner does with a program in TypeScript; https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/run/run.ts */
const RUNNER = `
const [sdk, tsNode, program] = process.argv.slice(2);
const { existsSync } = require("node:fs");
const { loadTypeScriptCompilerOptions } = require(sdk + "/tsutils");
const given = process.env.PULUMI_NODEJS_TRANSPILE_ONLY;
const compilerOptions = loadTypeScriptCompilerOptions("tsconfig.json");
const { version } = require("typescript");
require(tsNode).register({
    compiler: "typescript",
    transpileOnly: given === undefined ? compilerOptions.noCheck : given === "true",
    project: "tsconfig.json",
    skipProject: !existsSync("tsconfig.json"),
    compilerOptions: { target: "ES2022", module: "nodenext", moduleResolution: "nodenext", sourceMap: "true", ...compilerOptions },
});
process.on("exit", () => {
    const loads = Object.keys(require.cache).some((file) => /[\\\\/]typescript\\.js$/.test(file));
    console.log(version, loads ? "compiled" : "kept");
});
require(process.cwd() + "/" + program);
`;

/** A program of three files that uses a package, with the option of its compiler in another file. */
const FILES: Record<string, string> = {
    "tsconfig.json": JSON.stringify({ extends: "./base.json", compilerOptions: { types: [], lib: ["es5"] } }),
    "base.json": JSON.stringify({ compilerOptions: { strict: true, moduleResolution: "nodenext" } }),
    "package.json": "{}",
    "index.ts": `import { sum } from "./lib/sum";\nimport { word } from "some-package";\nconst total: number = sum(1, 2);\nconsole["log"](word.length + total);\n`,
    "lib/sum.ts": `import type { Pair } from "./pair";\nexport const sum = (...[a, b]: Pair): number => a + b;\n`,
    "lib/pair.ts": "export type Pair = [number, number];\n",
    "node_modules/some-package/package.json": `{ "name": "some-package", "version": "1.0.0", "types": "index.d.ts" }`,
    "node_modules/some-package/index.d.ts": "export const word: string;\n",
    "node_modules/some-package/index.js": `exports.word = "four";\n`,
    "globals.ts": "",
};
const CONSOLE = "declare const console: Record<string, (text: unknown) => void>;\n";

describe("a program in TypeScript that ran before", function () {
    this.timeout(120_000);
    let folder = "";
    /** Where the processes keep what they compile: one for all, because each of them would compile TypeScript itself again. */
    let cache = "";
    before(() => {
        folder = realpathSync(mkdtempSync(join(tmpdir(), "kept-programs-")));
        cache = join(folder, "cache");
    });
    after(() => rmSync(folder, { recursive: true }));

    let count = 0;
    /** A new program, with the SDK's runner where it would find TypeScript and ts-node. */
    function program(changes: Record<string, string> = {}): string {
        const directory = join(folder, `program-${(count += 1)}`);
        for (const [name, text] of Object.entries({ ...FILES, ...changes })) {
            put(directory, name, name === "index.ts" ? CONSOLE + text : text);
        }
        put(directory, "node_modules/@pulumi/pulumi/runner.js", RUNNER);
        put(directory, "preload.cjs", PRELOAD);
        for (const name of ["typescript", "ts-node"]) {
            symlinkSync(join(modules, name), join(directory, "node_modules", name), "dir");
        }
        return directory;
    }

    function put(directory: string, name: string, text: string): void {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), text);
    }

    function run(directory: string, environment: NodeJS.ProcessEnv = {}, tsNode = "ts-node"): string {
        const { PATH } = process.env;
        const runner = join(directory, "node_modules", "@pulumi", "pulumi", "runner.js");
        const { stdout, stderr } = spawnSync(
            process.execPath,
            [
                "--no-experimental-strip-types",
                "--require=./preload.cjs",
                runner,
                join(modules, "@pulumi", "pulumi"),
                tsNode,
                "index.ts",
            ],
            {
                cwd: directory,
                encoding: "utf8",
                // ts-node 7 keeps on its own what it has made, in the folder for temporary files.
                env: {
                    PATH,
                    HOME: folder,
                    TMPDIR: directory,
                    NODE_COMPILE_CACHE: cache,
                    ...environment,
                },
            },
        );
        return stdout + stderr;
    }

    const edit = (directory: string, name: string, from: string, to: string): void =>
        put(directory, name, readFileSync(join(directory, name), "utf8").replace(from, to));

    const keptIn = (of: string): string[] => readdirSync(of).filter((name) => name.startsWith("program-"));

    for (const tsNode of ["ts-node", vendored]) {
        it(`runs from what is kept, without TypeScript, with ${tsNode === vendored ? "the SDK's own ts-node" : "ts-node 10"}`, () => {
            const directory = program();
            assert.match(run(directory, {}, tsNode), /^7\n[\d.]+ compiled\n$/);
            assert.match(run(directory, {}, tsNode), /^7\n[\d.]+ kept\n$/);
            edit(directory, "index.ts", "sum(1, 2)", "sum(2, 2)");
            assert.match(run(directory, {}, tsNode), /^8\n[\d.]+ compiled\n$/);
            assert.match(run(directory, {}, tsNode), /^8\n[\d.]+ kept\n$/);
        });

        it(`needs no root of its folders, if its types are not checked, with ${tsNode === vendored ? "the SDK's own ts-node" : "ts-node 10"}`, () => {
            assert.match(run(program(), { PULUMI_NODEJS_TRANSPILE_ONLY: "true" }, tsNode), /^7\n[\d.]+ compiled\n$/);
        });
    }

    describe("has its types checked again", () => {
        const changes: [what: string, change: (directory: string) => void, error: RegExp][] = [
            ["if it was edited", (at) => edit(at, "index.ts", "sum(1, 2)", "sum(1)"), /TS2554/],
            [
                "if a file that it imports was edited",
                (at) => edit(at, "lib/sum.ts", "): number", "): string"),
                /TS2322/,
            ],
            [
                "if a file of types alone was edited",
                (at) => edit(at, "lib/pair.ts", "[number, number]", "[string, string]"),
                /TS2\d+/,
            ],
            [
                "if a package has other types",
                (at) => edit(at, "node_modules/some-package/index.d.ts", "string", "number"),
                /TS2339/,
            ],
            [
                "if a package now names other types",
                (at) => {
                    put(at, "node_modules/some-package/other.d.ts", "export const word: boolean;");
                    edit(at, "node_modules/some-package/package.json", "index.d.ts", "other.d.ts");
                },
                /TS2339/,
            ],
            [
                "if a file was added that an import finds first",
                (at) => {
                    put(at, "node_modules/@pulumi/some-package/x", "");
                    put(at, "lib/pair.d.ts", "");
                    put(at, "lib/sum.tsx", "");
                    rmSync(join(at, "lib", "pair.ts"));
                },
                /TS\d+/,
            ],
            [
                "if its tsconfig.json was edited",
                (at) =>
                    edit(
                        at,
                        "tsconfig.json",
                        `"lib":["es5"]`,
                        `"lib":["es2015"],"noUnusedLocals":true,"exactOptionalPropertyTypes":1`,
                    ),
                /TS\d+/,
            ],
            [
                "if what its tsconfig.json extends was edited",
                (at) =>
                    edit(
                        at,
                        "base.json",
                        `"strict":true`,
                        `"strict":true,"noImplicitAny":true,"noPropertyAccessFromIndexSignature":true,"noUncheckedIndexedAccess":true`,
                    ),
                /TS2722|TS2532/,
            ],
        ];
        for (const [what, change, error] of changes) {
            it(what, () => {
                const directory = program();
                run(directory);
                assert.match(run(directory), / kept\n$/);
                change(directory);
                assert.match(run(directory), error);
                assert.match(run(directory), error, "an error is found each time");
            });
        }
    });

    it("is checked again if a package of types was added that all programs see", () => {
        const directory = program({
            "tsconfig.json": FILES["tsconfig.json"]?.replace(`"types":[]`, `"types":["*"]`) ?? "",
        });
        run(directory);
        assert.match(run(directory), / kept\n$/);
        put(directory, "node_modules/@types/other/index.d.ts", "declare const other: string;\n");
        assert.match(run(directory), / compiled\n$/);
    });

    it("is not taken as checked because its types were once left unchecked", () => {
        const directory = program({ "index.ts": "const text: string = 1;\nexport default text;\n" });
        const unchecked = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
        assert.match(run(directory, unchecked), /^[\d.]+ compiled\n$/);
        assert.match(run(directory, unchecked), /^[\d.]+ kept\n$/);
        assert.match(run(directory), /TS2322/);
    });

    const asking: [name: string, options: object, ofVariable: RegExp][] = [
        ["ts-node's option", { "ts-node": { transpileOnly: true } }, /TS2322/],
        // The compiler itself obeys this one, whatever the variable says.
        ["the compiler's option", { compilerOptions: { noCheck: true } }, /^[\d.]+ compiled\n$/],
    ];
    for (const [name, options, ofVariable] of asking) {
        describe(`whose tsconfig.json asks for no check by ${name}`, () => {
            const wrong = { "index.ts": "const text: string = 1;\nexport default text;\n" };
            const settings = JSON.stringify({ extends: "./base.json", ...options });

            it("is kept as it asks, and is not taken as checked when the variable asks for a check", () => {
                const directory = program({ ...wrong, "tsconfig.json": settings });
                assert.match(run(directory), /^[\d.]+ compiled\n$/);
                assert.match(run(directory), /^[\d.]+ kept\n$/);
                assert.match(run(directory, { PULUMI_NODEJS_TRANSPILE_ONLY: "true" }), /^[\d.]+ kept\n$/);
                assert.match(run(directory, { PULUMI_NODEJS_TRANSPILE_ONLY: "false" }), ofVariable);
                assert.match(run(directory), /^[\d.]+ kept\n$/);
            });

            it("is checked once it asks for that", () => {
                const directory = program({ ...wrong, "tsconfig.json": settings });
                run(directory);
                put(directory, "tsconfig.json", FILES["tsconfig.json"] ?? "");
                assert.match(run(directory), /TS2322/);
                put(directory, "tsconfig.json", settings);
                put(directory, "base.json", JSON.stringify({ compilerOptions: { strict: false } }));
                assert.match(run(directory), /^[\d.]+ compiled\n$/);
            });
        });
    }

    it("may load a file that it did not load before", () => {
        const directory = program({
            "index.ts": `declare const process: any; declare const require: any;\nif (process.env.MORE) { require("./more"); }\n`,
            "more.ts": `const text: string = "more";\n(console as any).log(text);\nexport {};\ndeclare const console: any;\n`,
        });
        run(directory);
        assert.match(run(directory), /^[\d.]+ kept\n$/);
        assert.match(run(directory, { MORE: "1" }), /^more\n[\d.]+ compiled\n$/);
        assert.match(run(directory, { MORE: "1" }), /^more\n[\d.]+ kept\n$/);
        assert.match(run(directory), /^[\d.]+ kept\n$/);
    });

    it("shows the lines of its sources in the stack of an error", () => {
        const fails = `interface Long {\n    name: string;\n}\nexport function fails(given: Long): never {\n    throw new TypeError(given.name);\n}\n`;
        const directory = program({
            "fails.ts": fails,
            "index.ts": `import { fails } from "./fails";\ntry {\n    fails({ name: "no" });\n} catch (error) {\n    console["log"]((error as Error).stack);\n}\n`,
        });
        const own = (text: string): string[] =>
            text
                .split("\n")
                .filter((line) => /TypeError: no|\/(fails|index)\.ts/.test(line) && !line.includes(modules));
        const first = own(run(directory));
        assert.match(first.join("\n"), /TypeError: no\n +at fails \(.*fails\.ts:5:11\)\n[^]*index\.ts:4:10/);
        assert.deepEqual(own(run(directory)), first);
    });

    it("is not run from a folder to which others may write", () => {
        const directory = program();
        const own = join(directory, "cache");
        const environment = { NODE_COMPILE_CACHE: own };
        run(directory, environment);
        for (const name of keptIn(own)) {
            edit(own, name, "console", "planted");
        }
        chmodSync(own, 0o777);
        assert.match(run(directory, environment), /^7\n[\d.]+ compiled\n$/);
    });

    it("is compiled again if what is kept is damaged", () => {
        const directory = program();
        run(directory);
        for (const damaged of ["", "{", "null", `{"looked":{"state":{}}}`]) {
            for (const name of keptIn(cache)) {
                put(cache, name, damaged);
            }
            assert.match(run(directory), /^7\n[\d.]+ compiled\n$/, damaged);
        }
    });
});
