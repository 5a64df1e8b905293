import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { skip } from "../../support/skip";

const checkout = join(__dirname, "..", "..", "..");
const modules = join(checkout, "node_modules");

/** Loads what the engine loads in front of a program. The sources of this checkout are compiled here, and the program is not. */
const PRELOAD = `
if (require("node:worker_threads").isMainThread) {
    require(${JSON.stringify(join(checkout, "scripts", "register.cjs"))});
    require(${JSON.stringify(join(checkout, "engine", "processes", "lean-sdk.ts"))});
    Object.values(require(${JSON.stringify(join(checkout, "common", "index.ts"))}));
    delete require.extensions[".ts"];
}
`;

/** What the SDK's runner does with a program of ES modules; https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/run/run.ts */
const RUNNER = `
const { existsSync } = require("fs");
const { register } = require("module");
const { pathToFileURL } = require("url");
require("typescript").version;
register("./hooks.js", pathToFileURL(__filename), {
    data: {
        compiler: "typescript",
        transpileOnly: process.env.PULUMI_NODEJS_TRANSPILE_ONLY === "true",
        project: "tsconfig.json",
        skipProject: !existsSync("tsconfig.json"),
        compilerOptions: { target: "ES2022", module: "nodenext", moduleResolution: "nodenext", sourceMap: "true" },
    },
});
const told = (error) => String(error.message ?? error).replaceAll(/[\\n\\s]+/g, " ");
(0, eval)("u=>import(u)")(pathToFileURL(process.cwd() + "/index.ts").href)
    .then(({ default: made }) => console.log(JSON.stringify(made)), (error) => console.log(told(error)))
    .then(() => console.log(Object.keys(require.cache).some((file) => /[\\\\/]typescript\\.js$/.test(file)) ? "compiled" : "kept"));
`;

/** Ways in which a program imports, each with the files that it needs; it adds what it finds to `made`. */
const WAYS: { code: string; files?: Record<string, string> }[] = [
    {
        code: `import { a } from "./a.js"; made.push(a);`,
        files: { "a.ts": `export const a: string = "ts for js";` },
    },
    {
        code: `import { both } from "./both.js"; made.push(both);`,
        files: { "both.ts": `export const both: string = "ts";`, "both.js": `export const both = "js";` },
    },
    {
        code: `import { m } from "./lib/m.mjs"; made.push(m);`,
        files: {
            "lib/m.mts": `import { n } from "../n.js"; export const m: string = n + "m";`,
            "n.ts": `export const n = "n";`,
        },
    },
    { code: `import c from "./c.cjs"; made.push(c);`, files: { "c.cjs": `module.exports = "commonjs";` } },
    {
        code: `import * as legacy from "./legacy/index.js"; made.push(Object.keys(legacy).length);`,
        files: { "legacy/package.json": `{ "type": "commonjs" }`, "legacy/index.js": `exports.old = 1;` },
    },
    { code: `import plain from "./plain.js"; made.push(plain);`, files: { "plain.js": `export default "no types";` } },
    { code: `import { word } from "some-package"; made.push(word);` },
    { code: `import { sep } from "node:path"; made.push(sep.length);` },
    { code: `made.push((await import("./late.js")).late);`, files: { "late.ts": `export const late: number = 7;` } },
    {
        code: `import data from "./data.json" with { type: "json" }; made.push(data.x);`,
        files: { "data.json": `{ "x": 1 }` },
    },
    { code: `made.push(import.meta.url.endsWith("index.ts"));` },
    {
        code: `const later = import("./a.js?again"); made.push(typeof later);`,
        files: { "a.ts": `export const a: string = "ts for js";` },
    },
    { code: `enum Kind { One = 1 } made.push(Kind.One);` },
    { code: `await import("./missing.js").catch(({ code }) => made.push(code));` },
    { code: `import { nowhere } from "./nowhere.js"; made.push(nowhere);` },
    { code: `throw new RangeError("its own");` },
];

describe("a program of ES modules", function () {
    this.timeout(120_000);
    let folder = "";
    before(function () {
        if (!("registerHooks" in Module)) {
            skip(this, `Node ${process.versions.node} has no hooks in the same thread`);
        }
        folder = realpathSync(mkdtempSync(join(tmpdir(), "es-modules-")));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    let count = 0;
    /** @param first - its first line: in most programs the types do not matter, because up to 3.270 the SDK always checks them */
    function program(ways: typeof WAYS, first = "// @ts-nocheck"): string {
        const directory = join(folder, `program-${(count += 1)}`);
        const files: Record<string, string> = {
            "package.json": `{ "type": "module" }`,
            "tsconfig.json": JSON.stringify({
                compilerOptions: { module: "nodenext", target: "es2022", strict: true, types: [], skipLibCheck: true },
            }),
            "index.ts": [
                first,
                "const made: unknown[] = [];",
                ...ways.map(({ code }) => code),
                "export default made;",
            ].join("\n"),
            "preload.cjs": PRELOAD,
            "node_modules/some-package/package.json": `{ "name": "some-package", "exports": { "import": "./m.mjs", "require": "./c.cjs" } }`,
            "node_modules/some-package/m.mjs": `export const word = "imported";`,
            "node_modules/some-package/c.cjs": `exports.word = "required";`,
            "node_modules/@pulumi/pulumi/cmd/run/index.js": RUNNER,
            ...Object.fromEntries(ways.flatMap(({ files: own = {} }) => Object.entries(own))),
        };
        for (const [name, text] of Object.entries(files)) {
            put(directory, name, text);
        }
        for (const name of ["typescript", "ts-node"]) {
            symlinkSync(join(modules, name), join(directory, "node_modules", name), "dir");
        }
        const hooks = join("@pulumi", "pulumi", "cmd", "run", "hooks.js");
        symlinkSync(join(modules, hooks), join(directory, "node_modules", hooks));
        return directory;
    }

    function put(directory: string, name: string, text: string): void {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), text);
    }

    const edit = (directory: string, name: string, from: string, to: string): void =>
        put(directory, name, readFileSync(join(directory, name), "utf8").replace(from, to));

    /** @returns what the program made or how it failed, and whether TypeScript was loaded beside it */
    function run(directory: string, { checks = false, alone = false } = {}): string[] {
        const runner = join(directory, "node_modules", "@pulumi", "pulumi", "cmd", "run", "index.js");
        const { stdout, stderr } = spawnSync(
            process.execPath,
            ["--no-experimental-strip-types", "--no-warnings", ...(alone ? [] : ["--require=./preload.cjs"]), runner],
            {
                cwd: directory,
                encoding: "utf8",
                env: {
                    PATH: process.env["PATH"],
                    HOME: folder,
                    // One for all programs, because each of them would compile TypeScript itself again.
                    NODE_COMPILE_CACHE: join(folder, "cache"),
                    PULUMI_NODEJS_TRANSPILE_ONLY: String(!checks),
                },
            },
        );
        return (stdout + stderr).trim().split("\n");
    }

    it("makes the same as in the SDK's own thread, the first time and from what is kept", () => {
        fc.assert(
            fc.property(fc.subarray(WAYS, { minLength: 3 }), (ways) => {
                const directory = program(ways);
                const [alone] = run(directory, { alone: true });
                const [first, compiled] = run(directory);
                const [again] = run(directory);
                assert.deepEqual({ first, again, compiled }, { first: alone, again: alone, compiled: "compiled" });
            }),
            { numRuns: 4, examples: [[WAYS.slice(0, -2)], ...WAYS.slice(-2).map((way): [typeof WAYS] => [[way]])] },
        );
    });

    it("is run from what is kept, without TypeScript, until something is another", () => {
        const made = WAYS.filter(({ code }) => /both|lib\/m|c\.cjs|late/.test(code));
        const directory = program(made);
        const changes: ((directory: string) => void)[] = [
            (at) => edit(at, "n.ts", `"n"`, `"N"`),
            (at) => edit(at, "late.ts", "7", "8"),
            (at) => put(at, "both.tsx", `export const both: string = "tsx";`),
            (at) => rmSync(join(at, "both.ts")),
            (at) => put(at, "lib/package.json", `{ "type": "commonjs" }`),
            (at) => edit(at, "tsconfig.json", `"strict":true`, `"strict":true,"target":"es2023"`),
        ];
        assert.deepEqual([run(directory)[1], run(directory)[1]], ["compiled", "kept"]);
        for (const change of changes) {
            change(directory);
            const alone = run(directory, { alone: true })[0];
            assert.deepEqual(run(directory), [alone, "compiled"], String(change));
            assert.deepEqual(run(directory), [alone, "kept"], String(change));
        }
    });

    it("has its types checked, unless its user asks that they are not", () => {
        const directory = program([{ code: `const text: string = 1; made.push(text);` }], "");
        assert.deepEqual(run(directory), ["[1]", "compiled"]);
        assert.deepEqual(run(directory), ["[1]", "kept"]);
        for (let round = 0; round < 2; round++) {
            assert.match(String(run(directory, { checks: true })), /TS2322|TSError/);
        }
        edit(directory, "index.ts", "= 1", `= "1"`);
        assert.deepEqual(run(directory, { checks: true }), [`["1"]`, "compiled"]);
        assert.deepEqual(run(directory, { checks: true }), [`["1"]`, "kept"]);
        assert.deepEqual(run(directory), [`["1"]`, "kept"]);
    });
});
