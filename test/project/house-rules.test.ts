import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { ESLint } from "eslint";
import fc from "fast-check";
import { importsOfProject, root, sourceFiles } from "./sources";

/** What lint says of a file of the project, as if it held this text. Only the rules of the house are asked. */
async function lint(file: string, text: string): Promise<string[]> {
    const eslint = new ESLint({
        cwd: root,
        ruleFilter: ({ ruleId }) => ruleId.startsWith("house/"),
    });
    const [result] = await eslint.lintText(text, { filePath: join(root, file) });
    return (result?.messages ?? []).filter(({ ruleId }) => ruleId !== null).map(({ ruleId }) => String(ruleId));
}

/** The specifier by which one file imports another. */
function specifier(from: string, to: string): string {
    const path = relative(dirname(from), to).split(sep).join("/").replace(/\.ts$/, "");
    return path.startsWith(".") ? path : `./${path}`;
}

const inRooms = sourceFiles().filter((file) => file.includes("/"));
const imports = importsOfProject();

describe("the rules of the house", function () {
    this.timeout(120_000);

    it("pass every file as it stands", async () => {
        for (const file of inRooms.filter((_, i) => i % 40 === 0)) {
            assert.deepEqual(await lint(file, readFileSync(join(root, file), "utf8")), [], file);
        }
    });

    it("fail an import that closes a cycle, of a type too", async () => {
        const edges = imports.filter(({ from, to }) => !/^workflow\//.test(from + to) && from !== to);
        await fc.assert(
            fc.asyncProperty(fc.constantFrom(...edges), fc.constantFrom("import", "import type"), async (edge, how) => {
                const text = `${how} { planted } from "${specifier(edge.to, edge.from)}";\n`;
                assert.ok((await lint(edge.to, text)).includes("house/cycles"), `${edge.to} imports ${edge.from}`);
            }),
            { numRuns: 20 },
        );
    });

    it("fail an import past the index of a folder, and pass one of the index", async () => {
        const deep = inRooms.filter((file) =>
            /^sandbox\/\w+\/(?!index\.ts$)[\w-]+\.ts$|^(components|engine|smoke)\/\w+\/(?!index)/.test(file),
        );
        await fc.assert(
            fc.asyncProperty(
                fc.constantFrom(...deep),
                fc.constantFrom("import { planted } from", "import type { planted } from", "export * from"),
                async (file, how) => {
                    const from = `${file.split("/")[0] ?? ""}/planted.ts`;

                    assert.deepEqual(await lint(from, `${how} "${specifier(from, file)}";\n`), ["house/doors"], file);
                    assert.deepEqual(await lint(from, `${how} "./${file.split("/")[1] ?? ""}";\n`), []);
                },
            ),
            { numRuns: 20 },
        );
        const lazy = `export const load = (): unknown => import("../sandbox/iam/iam");\n`;
        assert.deepEqual(await lint("cli/planted.ts", lazy), ["house/doors"]);
        assert.deepEqual(await lint("cli/planted.ts", `export type Planted = import("../sandbox/iam/iam").X;\n`), [
            "house/doors",
        ]);
        assert.deepEqual(await lint("cli/planted.ts", lazy.replace("/iam/iam", "")), []);
        assert.deepEqual(await lint("cli/planted.ts", `import { nameOf } from "../engine/values";\n`), ["house/doors"]);
        assert.deepEqual(await lint("cli/planted.ts", `import { nameOf } from "../engine/light";\n`), []);
    });

    it("fail an upward arrow, however it is imported", async () => {
        for (const text of [
            `import { x } from "../cli";\n`,
            `import type { x } from "../cli";\n`,
            `export const load = (): unknown => import("../cli");\n`,
            `export type X = import("../cli").X;\n`,
        ]) {
            assert.ok((await lint("smoke/planted.ts", text)).includes("house/arrows"), text);
        }
        assert.ok((await lint("engine/planted.ts", `import { x } from "../sandbox";\n`)).includes("house/arrows"));
        assert.deepEqual(await lint("smoke/planted.ts", `import { x } from "../credentials";\n`), []);
    });

    it("fail a file name of another form", async () => {
        for (const name of ["SmokeCheck.ts", "smoke_check.ts", "smokeCheck.test.ts", "Smoke-check.ts"]) {
            assert.deepEqual(await lint(`smoke/${name}`, "export {};\n"), ["house/file-names"], name);
        }
        assert.deepEqual(await lint("engine/steps/createStep.ts", "export {};\n"), ["house/file-names"]);
        for (const name of ["smoke-check.ts", "smoke.test.ts", "smoke-check.test.ts", "run.v2.ts"]) {
            assert.deepEqual(await lint(`smoke/${name}`, "export {};\n"), [], name);
        }
    });

    it("fail an index that does something", async () => {
        assert.deepEqual(await lint("smoke/probes/index.ts", "export const planted = 1;\n"), ["house/indexes"]);
        assert.deepEqual(await lint("smoke/probes/index.ts", `export { policyTrial } from "./policy";\n`), []);
    });
});
