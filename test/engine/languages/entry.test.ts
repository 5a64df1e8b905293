import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { entryPointOf } from "../../../engine/languages";
import { readProject } from "../../../engine/project";
import { Bench } from "../helper";

type Files = Record<string, string>;
const OWN_WORDS =
    /We failed to locate|Cannot find module|DEP\d+|No entrypoint|could not find|can't find|TypeError|errno|go: /i;

describe("the entry point of a program", function () {
    this.timeout(120_000);
    const all = mkdtempSync(join(tmpdir(), "entry-"));
    let count = 0;
    after(() => rmSync(all, { recursive: true }));

    /** A folder with these files, far from any other package. */
    function folder(files: Files): string {
        const root = join(all, String((count += 1)));
        for (const [name, text] of Object.entries({ ...files })) {
            mkdirSync(dirname(join(root, name)), { recursive: true });
            writeFileSync(join(root, name), text);
        }
        return root;
    }
    const entry = async (files: Files) => entryPointOf(await readProject(folder(files), "dev", {}));
    const project = (runtime: string, more = ""): Files => ({
        "Pulumi.yaml": `name: shop\nruntime: ${runtime}\n${more}`,
    });

    /** Projects without a program, by language; what the error says, and what to do. */
    const missing: [string, Files, RegExp][] = [
        ["nodejs", {}, /no index\.ts and no index\.js.*; write the program to .*index\.ts, or name its file as main/],
        ["nodejs", { "package.json": "{}" }, /no index\.ts and no index\.js/],
        ["nodejs", { "package.json": `{"type":"module"}`, "index.tsx": "" }, /no index\.ts and no index\.js/],
        ["nodejs", { "package.json": `{"main":""}` }, /no index\.ts and no index\.js/],
        [
            "nodejs",
            { "package.json": `{"main":"dist/x.js"}` },
            /main is dist\/x\.js, which does not exist; correct main, or/,
        ],
        [
            "nodejs",
            { "package.json": `{"main":"dist/x.js","type":"module"}` },
            /main is dist\/x\.js, which does not exist/,
        ],
        [
            "nodejs",
            { "package.json": `{"main":"x.js","scripts":{"build":"tsc"}}` },
            /does not exist; run npm run build in/,
        ],
        [
            "nodejs",
            { "package.json": `{"main":"src"}`, "src/a.ts": "" },
            /main is src, which is a folder without an index/,
        ],
        ["nodejs", { "package.json": `{"main":"src","type":"module"}`, "src/a.ts": "" }, /folder without an index/],
        [
            "nodejs",
            { "package.json": `{"main":{"a":1}}`, "index.ts": "" },
            /main is \{"a":1\}, where Pulumi expects a path; write/,
        ],
        ["nodejs", { "package.json": `{"exports":"./x.js"}` }, /exports is \.\/x\.js, which does not exist/],
        ["nodejs", { "package.json": `{"exports":{".":{"node":"./x.js"}}}` }, /exports\["\."\] is .*expects a path/],
        ["nodejs", { "package.json": `{"exports":null}`, "index.ts": "" }, /exports is null, where/],
        ["nodejs", { "package.json": `{"exports":{".":{"require":"./x.js"}}}` }, /is \.\/x\.js, which does not exist/],
        [
            "nodejs",
            { "package.json": `{"main": "x.js",}`, "index.ts": "" },
            /package\.json: .*JSON.*; correct the file/,
        ],
        ["nodejs", { "package.json": "[]", "index.ts": "" }, /package\.json: expected a map/],
        ["nodejs\nmain: src", { "src/readme.md": "" }, /there is no program in .*src/],
        ["yaml\nmain: src", { "src/a.txt": "" }, /there is no program in .*src: it has no Main\.yaml; write/],
        ["python", {}, /no __main__\.py; write the program to .*__main__\.py, or name/],
        [
            "python\nmain: src",
            { "src/app.py": "", "__main__.py": "" },
            /there is no program in .*src: it has no __main__/,
        ],
        ["go", {}, /no file of Go; write the program to .*main\.go/],
        ["go", { "go.mod": "module a", "main_test.go": "package main" }, /no file of Go/],
        ["go", { "go.mod": "module a", "a.go": "package a" }, /none of its files of Go is of the package main/],
        ["go", { "main.go": "package main" }, /no go\.mod; run go mod init/],
        [
            "{ name: go, options: { binary: gone } }",
            {},
            /binary leads to .*gone, which does not exist; run go build -o/,
        ],
        ...["nodejs", "yaml", "python", "go"].map((name): [string, Files, RegExp] => [
            `${name}\nmain: gone.x`,
            {},
            /main is gone\.x, which does not exist in .*; correct main/,
        ]),
    ];
    for (const [runtime, files, says] of missing) {
        it(`is asked for where there is none: ${runtime.replace("\n", ", ")} ${JSON.stringify(files)}`, async () => {
            await assert.rejects(entry({ ...project(runtime), ...files }), (error: Error & { code?: string }) => {
                assert.match(error.message, says);
                assert.doesNotMatch(error.message, OWN_WORDS);
                assert.match(String(error.code), /^(program|project)$/);
                return true;
            });
        });
    }

    /** Projects with one: what runs, and what is said. */
    const present: [string, Files, string, RegExp?][] = [
        ["nodejs", { "index.ts": "" }, "."],
        ["nodejs", { "package.json": "{}", "index.js": "" }, "."],
        ["nodejs", { "package.json": `{"type":"module"}`, "index.mts": "" }, "."],
        ["nodejs", { "package.json": `{"main":"src/app.ts"}`, "src/app.ts": "" }, "."],
        ["nodejs", { "package.json": `{"main":"src"}`, "src/index.ts": "" }, "."],
        ["nodejs", { "package.yaml": "main: app.js", "app.js": "" }, "."],
        [
            "nodejs",
            { "package.json": `{"main":"gone.js"}`, "index.ts": "" },
            "index.ts",
            /main is gone\.js, which does not exist, so that .*index\.ts runs/,
        ],
        [
            "nodejs",
            { "package.json": `{"main":"gone.js","type":"module"}`, "index.js": "" },
            "index.js",
            /correct main, or take it out/,
        ],
        [
            "nodejs",
            { "package.json": `{"main":"app"}`, "app.ts": "" },
            "app.ts",
            /main is app, which does not exist, so that .*app\.ts runs/,
        ],
        [
            "nodejs",
            { "package.json": `{"exports":"./gone.js","main":"app.js"}`, "app.js": "" },
            "app.js",
            /exports is \.\/gone\.js/,
        ],
        ["nodejs\nmain: app.ts", { "app.ts": "" }, "app.ts"],
        ["nodejs\nmain: src", { "src/index.ts": "", "package.json": "{}" }, "."],
        [
            "nodejs\nmain: src",
            { "src/index.ts": "", "package.json": `{"main":"other.js"}`, "other.js": "" },
            ".",
            /src has no package\.json: .* what runs is the main of .*; to run/,
        ],
        ["yaml", {}, "."],
        ["yaml\nmain: src", { "src/Main.yaml": "" }, "."],
        ["yaml\nmain: src", { "src/Pulumi.yaml": "" }, "."],
        ["python", { "__main__.py": "" }, "."],
        ["python\nmain: app.py", { "app.py": "" }, "app.py"],
        ["go", { "go.mod": "module a", "a.go": "// +build x\n\npackage main" }, "."],
        ["go\nmain: cmd", { "go.mod": "module a", "cmd/a.go": "package main" }, "."],
        ["{ name: go, options: { binary: shop } }", { shop: "" }, "."],
    ];
    for (const [runtime, files, main, warns] of present) {
        it(`is found where there is one: ${runtime.replace("\n", ", ")} ${JSON.stringify(files)}`, async () => {
            const found = await entry({ ...project(runtime), ...files });
            assert.equal(found.main, main);
            assert.match(found.warnings.join("\n"), warns ?? /^$/);
        });
    }

    it("is there exactly where Node finds one, whatever the folder and its package have", async () => {
        const files = ["index.js", "index.ts", "index.json", "app.js", "app/index.ts", "app.ts/readme.md", "index.mjs"];
        const mains = [undefined, "", "app", "./app", "app.js", "app/", "gone", ".", "./", "index"];
        const { resolve } = createRequire(__filename);
        const outcomes = { found: 0, missing: 0 };
        // Node warns of each main that is not there.
        const { noDeprecation = false } = process;
        process.noDeprecation = true;
        for (let each = 0; each < 2 ** files.length; each += 3) {
            for (const main of mains) {
                const chosen = files.filter((_, index) => (each & (2 ** index)) > 0);
                const root = folder({
                    ...project("nodejs"),
                    "package.json": JSON.stringify({ main }),
                    ...Object.fromEntries(chosen.map((name) => [name, ""])),
                });
                let real: string | undefined;
                try {
                    real = resolve(`${root}/`);
                } catch {
                    real = undefined;
                }
                const ours = await Promise.resolve(readProject(root, "dev", {}))
                    .then(entryPointOf)
                    .then(
                        (found) => (found.main === "." ? real : join(root, found.main)),
                        () => undefined,
                    );
                outcomes[real === undefined ? "missing" : "found"] += 1;
                assert.equal(ours, real, JSON.stringify([main, chosen]));
            }
        }
        process.noDeprecation = noDeprecation;
        assert.ok(outcomes.found > 50 && outcomes.missing > 20, JSON.stringify(outcomes));
    });

    it("is told in our words alone when the program runs, or cannot", async () => {
        const ours: [Files, RegExp, string][] = [
            [
                { "package.json": `{"main":"gone.js"}`, "index.ts": `console.log("it runs")` },
                /main is gone\.js/,
                "it runs\n",
            ],
            [
                { "package.json": `{"main":"gone.js","type":"module"}`, "index.js": `console.log("it runs")` },
                /gone/,
                "it runs\n",
            ],
        ];
        for (const [files, says, prints] of ours) {
            const bench = new Bench(folder({ ...project("nodejs"), ...files }));
            const { result, diagnostics } = await (await bench.open()).preview();
            bench.close();
            const said = diagnostics.map(({ message }) => message).join("\n");
            assert.deepEqual([result, bench.printed()], ["succeeded", prints], said);
            assert.match(said, says);
            assert.doesNotMatch(said + bench.printed(), OWN_WORDS);
            assert.equal(diagnostics.length, 1);
        }
        const empty = new Bench(folder({ ...project("nodejs"), "package.json": `{"main":"gone.js"}` }));
        await assert.rejects((await empty.open()).preview(), /main is gone\.js, which does not exist/);
        empty.close();
    });
});
