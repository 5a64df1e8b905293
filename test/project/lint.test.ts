import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import js from "@eslint/js";
import tseslint from "typescript-eslint";
import { VIOLATIONS } from "./lint-violations";
import { linted } from "./linted";
import { root } from "./sources";

type Rules = Record<string, unknown>;

const config = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8")) as {
    rules: Rules;
    overrides: { files: string[]; rules: Rules }[];
};
const [ofTypeScript, ofTypes] = config.overrides;

/** The rules of the strictest presets that this project does without, and why. */
const LEFT_OUT: Record<string, string> = {
    "no-unsafe-class-instance-assignment": "oxlint does not have it",
    "no-unnecessary-type-parameters": "a parameter that is used once can document what a caller gets",
    "no-octal": "a syntax error in strict mode",
};

/** A rule's name without the plugin's. */
const bare = (name: string): string => name.replace(/^(@typescript-eslint|typescript)\//, "");
const isOn = (setting: unknown): boolean => ![setting].flat().some((level) => level === "off" || level === 0);
const on = (rules: Rules = {}): string[] =>
    Object.keys(rules)
        .filter((name) => isOn(rules[name]))
        .map(bare);

/** The rules that lint reports for each file of `cli/`, where these files are all of the project. */
function lint(files: Record<string, string>): Map<string, string[]> {
    const planted = Object.entries(files).map(([name, text]) => [`cli/${name}`, text] as const);
    const found = [...linted(Object.fromEntries(planted), { types: true })];
    return new Map(found.map(([file, findings]) => [file.replace("cli/", ""), findings.map(({ rule }) => rule)]));
}

describe("lint", () => {
    it("holds every rule of the strictest presets, but for those that have a reason", () => {
        const wanted: Rules = { ...js.configs.recommended.rules };
        for (const { rules } of tseslint.configs.strictTypeChecked) {
            Object.assign(wanted, rules);
        }
        const held = [...on(config.rules), ...on(ofTypeScript?.rules), ...on(ofTypes?.rules)];
        const off = Object.keys(ofTypeScript?.rules ?? {}).filter((name) => !isOn(ofTypeScript?.rules[name]));
        assert.deepEqual(
            on(wanted)
                .filter((name) => !held.includes(name))
                .sort(),
            Object.keys(LEFT_OUT).sort(),
        );
        assert.deepEqual(off, ["no-import-assign", "no-setter-return", "no-undef"], "what the compiler says itself");
    });

    it("finds a planted violation of each rule that needs types, and nothing where there is none", () => {
        const files = Object.entries(VIOLATIONS).map(
            ([rule, text]) => [`${rule}.ts`, `${text}\nexport {};\n`] as const,
        );
        const found = lint({ ...Object.fromEntries(files), "fine.ts": "export const fine: number = 1;\n" });
        for (const rule of on(ofTypes?.rules)) {
            assert.ok(found.get(`${rule}.ts`)?.includes(rule), `${rule}: ${String(found.get(`${rule}.ts`))}`);
        }
        assert.equal(found.get("fine.ts"), undefined);
    });

    it("finds an error of types, also in a file that it breaks from another", () => {
        const found = lint({
            "source.ts": "export const value: string = 'x';\n",
            "user.ts": `import { value } from "./source";\nexport const doubled: number = value;\n`,
        });
        assert.deepEqual([...found], [["user.ts", ["TS2322"]]]);
    });

    it("finds a comment that silences nothing", () => {
        const found = lint({ "silent.ts": "// eslint-disable-next-line no-console\nexport const silent = 1;\n" });
        assert.equal(found.get("silent.ts")?.length, 1);
    });
});
