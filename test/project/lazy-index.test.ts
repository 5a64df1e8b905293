import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../..");
const load = createRequire(__filename);
const { isLazyIndex, lazyIndex } = load("../../scripts/compile/lazy-index.cjs") as {
    isLazyIndex: (path: string) => boolean;
    lazyIndex: (text: string) => string;
};
const { include } = JSON.parse(readFileSync(join(root, "tsconfig.build.json"), "utf8")) as { include: string[] };

const compiled = (text: string): string =>
    ts.transpileModule(text, {
        compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
    }).outputText;

describe("an index of the package", () => {
    let folder = "";
    before(() => (folder = mkdtempSync(join(tmpdir(), "lazy-index-"))));
    after(() => rmSync(folder, { recursive: true, force: true }));

    /** Runs a script beside these modules, each a text in TypeScript, and gives what it prints as JSON. */
    function run(modules: Record<string, string>, script: string, transform = lazyIndex): unknown {
        for (const [name, text] of Object.entries(modules)) {
            const js = compiled(`console.error("${name}");\n${text}`);
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, `${name}.js`), name.endsWith("index") ? transform(js) : js);
        }
        const loaded = `const loaded = []; console.error = (name) => loaded.push(name);\n`;
        const args = ["-e", `${loaded}${script}`];
        return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }));
    }

    const MODULES = {
        index: `import "./needs";\nexport { one, type Two } from "./one";\nexport { three as third, default as fourth } from "./room";\nexport * as five from "./five";\nexport { six } from "./six-and-more";\nexport { sep } from "node:path";\n`,
        needs: "export {};",
        one: `export const one = 1;\nexport type Two = 2;\n`,
        "room/index": `export { three } from "./three";\nexport { default } from "./default";\n`,
        "room/three": "export class three {}\n",
        "room/default": "export default () => 4;\n",
        five: `export const inner = "five";\n`,
        "six-and-more": "export let six = 5;\nexport const more = () => { six += 1; };\n",
    };

    it("loads a file when a name of it is read, and once", () => {
        const script = `
            const index = require("./index");
            const at = [[...loaded]];
            for (const name of ["one", "one", "third", "five"]) { index[name]; at.push(loaded.splice(0)); }
            console.log(JSON.stringify(at));`;
        assert.deepEqual(run(MODULES, script), [
            ["index", "needs"],
            ["index", "needs", "one"],
            [],
            ["room/index", "room/three"],
            ["five"],
        ]);
        // Without the change, this test sees that all is loaded at once.
        const [first] = run(MODULES, script, (text) => text) as string[][];
        assert.equal(first?.length, Object.keys(MODULES).length);
    });

    it("offers what it names: the same names in the same order, and the value of each as it is now", () => {
        const script = `
            const index = require("./index");
            const { one, third, fourth, five, six, sep } = index;
            require("./six-and-more").more();
            console.log(JSON.stringify([Object.keys(index), one, typeof third, fourth(), five.inner, six, index.six, sep, index.third === require("./room/three").three]));`;
        const expected = run(MODULES, script, (text) => text);
        assert.deepEqual(run(MODULES, script), expected);
        assert.deepEqual(expected, [
            ["one", "third", "fourth", "five", "six", "sep"],
            1,
            "function",
            4,
            "five",
            5,
            6,
            sep,
            true,
        ]);
    });

    it("is seen by Node as a module with these names, when it is imported", () => {
        const script = `import("./index.js").then((found) => console.log(JSON.stringify(Object.keys(found).sort())));`;
        const names = run(MODULES, script) as string[];
        assert.deepEqual(
            names.filter((name) => !["default", "module.exports", "__esModule"].includes(name)),
            ["five", "fourth", "one", "sep", "six", "third"],
        );
    });

    it("tells of a file that cannot be loaded, each time it is asked", () => {
        const script = `
            const index = require("./index");
            const codes = [1, 2].map(() => { try { return index.one; } catch ({ message }) { return message; } });
            console.log(JSON.stringify([...codes, index.six]));`;
        const broken = { ...MODULES, one: `throw new Error("broken");\nexport const one = 1;\nexport type Two = 2;\n` };
        assert.deepEqual(run(broken, script), ["broken", "broken", 5]);
    });

    it("is changed as a whole, but in the engine: none of the others loads a file of its own at once, but what it imports for its effect", () => {
        const files = globSync(
            include.map((name) => (name.endsWith(".ts") ? name : `${name}/**/index.ts`)),
            {
                cwd: root,
            },
        ).filter((file) => !/node_modules|fixtures/.test(file));
        assert.ok(files.length > 100, String(files.length));
        const [engine, others] = [/^engine[\\/]/, /^(?!engine[\\/])/].map((of) =>
            files.filter((file) => of.test(file)),
        );
        const isLazy = (file: string): boolean => isLazyIndex(file.replace(/\.ts$/, ""));
        assert.deepEqual(engine?.filter(isLazy), []);
        assert.deepEqual(
            others?.filter((file) => !isLazy(file)),
            [],
        );
        for (const file of files) {
            const text = readFileSync(join(root, file), "utf8");
            const js = lazyIndex(compiled(text)).replace(/\(\) => \(\w+\$ \?\?= require\(.*?\)\)/g, "");
            const atOnce = [...js.matchAll(/^(?!Object\.defineProperty).*require\("(\.[^"]*)"\)/gm)].map(
                ([, path]) => path,
            );
            const asked = [...text.matchAll(/^(?:import|export \* from) "(\.[^"]*)"/gm)].map(([, path]) => path);
            assert.deepEqual(atOnce.sort(), asked.sort(), file);
        }
    });
});
