import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import fc from "fast-check";
import { type Finding, linted } from "./linted";
import { importsOfProject, root, sourceFiles, TOP } from "./sources";

/** A planted file, what it holds, and the rules of the house that it breaks. */
type Planted = [file: string, text: string, ...rules: string[]];

/** Runs lint on files that are planted beside all others of the project. */
function plant(planted: readonly Planted[]): Map<string, Finding[]> {
    const files = Object.fromEntries(planted.map(([file, text]) => [file, text]));
    assert.equal(Object.keys(files).length, planted.length, "each file is planted once");
    return linted(files, { beside: ["index.ts", ...TOP] });
}

/** The specifier by which one file imports another. */
function specifier(from: string, to: string): string {
    const path = relative(dirname(from), to).split(sep).join("/").replace(/\.ts$/, "");
    return path.startsWith(".") ? path : `./${path}`;
}

const inRooms = sourceFiles().filter((file) => file.includes("/"));

describe("the rules of the house", () => {
    const all: Planted[] = [];
    let found: Map<string, Finding[]>;
    // The files of all tests at once, because each run of lint takes a second.
    before(() => (found = plant(all)));

    function holds(title: string, planted: readonly Planted[]): void {
        all.push(...planted);
        it(title, () => {
            for (const [file, text, ...rules] of planted) {
                const broken = (found.get(file) ?? []).map(({ rule }) => rule);
                assert.deepEqual(broken.filter(ofTheHouse), rules, `${file}: ${text}`);
            }
        });
    }
    const ofTheHouse = (rule: string): boolean => rule.startsWith("house/") || rule === "no-restricted-imports";

    holds(
        "pass every file as it stands",
        inRooms.filter((_, i) => i % 40 === 0).map((file) => [file, readFileSync(join(root, file), "utf8")]),
    );

    it("fail an import that closes a cycle, of a type too", () => {
        const edges = importsOfProject().filter(({ from, to }) => !/^workflow\//.test(from + to) && from !== to);
        const random = fc.tuple(fc.constantFrom(...edges), fc.constantFrom("import", "import type"));
        const used = new Set<string>();
        // No file is an end of two edges, because planting one cycle would change the other.
        const apart = fc.sample(random, 200).filter(([{ from, to }]) => {
            const free = !used.has(from) && !used.has(to);
            used.add(from).add(to);
            return free;
        });
        assert.ok(apart.length >= 20);
        const planted = apart.map(([{ from, to }, how]): Planted => [
            to,
            `${how} { planted } from "${specifier(to, from)}";\n`,
        ]);
        const cycles = plant(planted);
        for (const [file, text] of planted) {
            assert.ok(
                cycles.get(file)?.some(({ rule }) => rule === "house/cycles"),
                `${file}: ${text}`,
            );
        }
    });

    const deep = inRooms.filter((file) =>
        /^sandbox\/\w+\/(?!index\.ts$)[\w-]+\.ts$|^(components|engine|smoke)\/\w+\/(?!index)/.test(file),
    );
    const statements = ["import { planted } from", "import type { planted } from", "export * from"];
    const past = fc.sample(fc.tuple(fc.constantFrom(...deep), fc.constantFrom(...statements)), 20);
    const lazy = `export const load = (): unknown => import("../sandbox/iam/iam");\n`;
    holds("fail an import past the index of a folder, and pass one of the index", [
        ...past.flatMap(([file, how], n): Planted[] => {
            const [folder = "", room = ""] = file.split("/");
            const from = `${folder}/planted-${n}.ts`;
            return [
                [from, `${how} "${specifier(from, file)}";\n`, "house/doors"],
                [`${folder}/planted-${n}-index.ts`, `${how} "./${room}";\n`],
            ];
        }),
        ["cli/lazy.ts", lazy, "house/doors"],
        ["cli/type.ts", `export type Planted = import("../sandbox/iam/iam").X;\n`, "house/doors"],
        ["cli/lazy-index.ts", lazy.replace("/iam/iam", "")],
        ["cli/room.ts", `import { nameOf } from "../engine/values";\n`, "house/doors"],
        ["cli/door.ts", `import { nameOf } from "../engine/light";\n`],
    ]);

    holds("fail an upward arrow, however it is imported", [
        ["smoke/value.ts", `import { x } from "../cli";\n`, "house/arrows"],
        ["smoke/type.ts", `import type { x } from "../cli";\n`, "house/arrows"],
        ["smoke/lazy.ts", `export const load = (): unknown => import("../cli");\n`, "house/arrows"],
        ["smoke/type-of.ts", `export type X = import("../cli").X;\n`, "house/arrows"],
        ["engine/upward.ts", `import { x } from "../sandbox";\n`, "house/arrows"],
        ["smoke/downward.ts", `import { x } from "../credentials";\n`],
    ]);

    holds(
        "fail an import of Pulumi where a folder works without it, of the whole provider, and of the package by itself",
        [
            ["smoke/pulumi.ts", `import * as pulumi from "@pulumi/pulumi";\n`, "no-restricted-imports"],
            ["workflow/auth/pulumi.ts", `import type * as gcp from "@pulumi/gcp";\n`, "no-restricted-imports"],
            ["engine/pulumi.ts", `import * as pulumi from "@pulumi/pulumi";\n`],
            ["smoke/itself.ts", `import { check } from "pulumi-gcp-invoke/smoke";\n`, "no-restricted-imports"],
            ["components/itself.ts", `import { Ingress } from "pulumi-gcp-invoke";\n`, "no-restricted-imports"],
            ["components/whole.ts", `import type { types } from "@pulumi/gcp";\n`, "no-restricted-imports"],
            ["components/part.ts", `import type { input } from "@pulumi/gcp/types";\n`],
            ["examples/quickstart/itself.ts", `import { Ingress } from "pulumi-gcp-invoke";\n`],
        ],
    );

    const pause = "await new Promise((resolve) => setTimeout(resolve, 20));";
    const inFunction = (code: string): string => `export async function wait(): Promise<void> {\n${code}\n}\n`;
    holds("fail a fixed wait in a test, unless it is repeated or a comment says why", [
        ["test/smoke/pause.ts", inFunction(pause), "house/fixed-waits"],
        ["test/smoke/block.ts", inFunction(`if (true) { ${pause} }`), "house/fixed-waits"],
        ["test/smoke/callback.ts", `for (const x of [1]) { f(async () => { ${pause} }); }\n`, "house/fixed-waits"],
        ["test/smoke/sleep.ts", inFunction("await sleep(20);"), "house/fixed-waits"],
        ["test/smoke/delay.ts", inFunction("const x = [await delay(20)];"), "house/fixed-waits"],
        ["test/smoke/loop.ts", inFunction(`while (x) { ${pause} }`)],
        ["test/smoke/tries.ts", inFunction("for (let n = 0; n < 9; n++) { await sleep(20); }")],
        ["test/smoke/why.ts", inFunction(`// Nothing may come.\n${pause}`)],
        ["test/smoke/turn.ts", inFunction("await new Promise((resolve) => setImmediate(resolve));")],
        ["smoke/source.ts", inFunction(pause)],
    ]);

    const fs = ["node:fs", "fs", "node:fs/promises", "fs/promises"];
    holds("fail a write of a file or folder that goes round the functions for it", [
        ...[
            "writeFileSync",
            "writeFile",
            "createWriteStream",
            "openSync",
            "renameSync",
            "symlinkSync",
            "mkdirSync",
            "cp",
        ].map((name, n): Planted => [
            `cli/write-${n}.ts`,
            `import { ${name} } from "${fs[n % 4] ?? ""}";\n`,
            "house/files",
        ]),
        ["sandbox/other-name.ts", `import { existsSync, writeFileSync as read } from "fs";\n`, "house/files"],
        ["engine/whole.ts", `import * as fs from "node:fs";\n`, "house/files"],
        ["engine/default.ts", `import fs from "node:fs/promises";\n`, "house/files"],
        ["components/promises.ts", `import { promises } from "node:fs";\n`, "house/files"],
        ["smoke/lazy-fs.ts", `export const load = (): unknown => import("node:fs");\n`, "house/files"],
        ["smoke/required.ts", `export const load = (): unknown => require("fs");\n`, "house/files"],
        [
            "smoke/built-in.ts",
            `export const load = (): unknown => process.getBuiltinModule("node:fs");\n`,
            "house/files",
        ],
        ["cli/reads.ts", `import { existsSync, readFileSync, rmSync } from "node:fs";\n`],
        ["cli/types.ts", `import type * as fs from "node:fs";\n`],
        ["cli/writes.ts", `import { writePrivateFile } from "../common";\n`],
    ]);

    const wrong = ["SmokeCheck.ts", "smoke_check.ts", "smokeCheck.test.ts", "Smoke-check.ts"];
    const right = ["smoke-check.ts", "smoke.test.ts", "smoke-check.test.ts", "run.v2.ts"];
    holds("fail a file name of another form", [
        ...wrong.map((name): Planted => [`smoke/${name}`, "export {};\n", "house/file-names"]),
        ["engine/steps/createStep.ts", "export {};\n", "house/file-names"],
        ...right.map((name): Planted => [`smoke/${name}`, "export {};\n"]),
    ]);

    holds("fail an index that does something", [
        ["smoke/planted/index.ts", "export const planted = 1;\n", "house/indexes"],
        ["index.ts", "export const planted = 1;\n", "house/indexes"],
        ["smoke/planted-too/index.ts", `export { formatReport } from "./format";\n`],
        ["examples/quickstart/index.ts", "export const planted = 1;\n"],
    ]);
});
