import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ESLint } from "eslint";

const root = join(__dirname, "..", "..");

const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
/** The folders that every other folder may import, and that import none: the table's head names them. */
const bottom = [...(/may import, beside ([^|]*)\|/.exec(page)?.[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name);
/** The table of ARCHITECTURE.md: what each folder may import. */
const arrows = new Map(
    [...page.matchAll(/^\| `(\w+)\/`.*\|([^|]*)\|$/gm)].map(([, folder = "", imports = ""]): [string, string] => [
        folder,
        imports,
    ]),
);
const folders = [...arrows.keys()].filter((folder) => !["examples", "test"].includes(folder));

describe("the arrows between folders", function () {
    this.timeout(60_000);
    const eslint = new ESLint({
        cwd: root,
        ruleFilter: ({ ruleId }) => ruleId === "house/arrows",
    });
    const planted = async (file: string, code: string): Promise<string[]> => {
        const [result] = await eslint.lintText(code, { filePath: join(root, file) });
        return result?.messages.map(({ severity, message }) => `${severity} ${message}`) ?? [];
    };

    for (const from of folders) {
        it(`let ${from}/ import what the architecture says, and fail any other`, async () => {
            for (const to of folders.filter((folder) => folder !== from)) {
                const common = bottom.includes(to) && !bottom.includes(from);
                const allowed = common || (arrows.get(from)?.includes(`\`${to}\``) ?? false);
                const top = await planted(`${from}/planted.ts`, `import "../${to}";\n`);
                const deep = await planted(`${from}/deep/planted.ts`, `export * from "../../${to}/file";\n`);
                const expected = allowed ? 0 : 1;
                assert.deepEqual([top.length, deep.length], [expected, expected], `${from} → ${to}: ${top.join()}`);
                if (!allowed) {
                    assert.match(top.join(), new RegExp(`^2 .*${from}/ may import .*ARCHITECTURE\\.md`));
                }
            }
        });
    }

    it("leave a folder's own files alone, however deep", async () => {
        assert.deepEqual(await planted("sandbox/apis/planted.ts", `import "../iam";\nimport "../cloud";\n`), []);
    });
});
