import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project/sources";

const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** The components that users make, by the files of `components/`. */
const all = globSync("components/*.ts", { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/^export class (\w+) extends pulumi\.ComponentResource/gm)].map(([, name = ""]) => name),
);
const callees = all.filter((name) => name.startsWith("Invokable") || name === "ExternalApi");
const callers = all.filter(
    (name) => name.startsWith("Authenticated") || name.endsWith("Caller") || name === "CallerIdentity",
);

/** A table with a row for each component of its kind, and why some have none. */
interface Table {
    file: string;
    of: string[];
    without?: Record<string, string>;
}

const elsewhere = "its code runs where the sandbox deploys nothing; test/e2e/contexts has it call";
const tables: Table[] = [
    ...["docs/coverage.md", "docs/guide.md", "components/index.ts", "plugin/schema.json"].map((file) => ({
        file,
        of: all,
    })),
    { file: "test/plugin/components.ts", of: all },
    {
        file: "docs/options.md",
        of: all,
        without: {
            TokenMinter: "it takes few arguments, which the guide shows",
            ExternalApi: "it takes few arguments, which the guide shows",
            ContinuousCheck: "docs/checks.md has its arguments",
        },
    },
    {
        file: "test/examples/cells-table.ts",
        of: [...callees, ...callers],
        without: { CallerIdentity: elsewhere, FederatedCaller: elsewhere },
    },
    {
        file: "test/components/never.test.ts",
        of: [...callees, ...callers, "TokenMinter"],
        without: { AuthenticatedWorkflow: "the helper caller() makes it" },
    },
    {
        file: "test/components/wiring/wirings.test.ts",
        of: all,
        without: { AuthenticatedWorkflow: "the helper caller() makes it" },
    },
    {
        file: "test/components/support/transforms.ts",
        of: [...callees, ...callers],
        without: {
            ExternalApi: "it makes no resource that a program would configure",
            CallerIdentity: "it makes an account and grants, and Pulumi's own transforms change those",
            FederatedCaller: "its providers decide who gets in, so nothing but its arguments changes them",
        },
    },
];

describe("the tables of components", () => {
    for (const { file, of, without = {} } of tables) {
        it(`${file} has every component of its kind, or the reason why it has not`, () => {
            const text = read(file);
            const missing = of.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
            assert.deepEqual(missing.sort(), Object.keys(without).sort());
        });
    }

    it("of transforms in docs/options.md has a row for each component that takes one", () => {
        const rows = [...read("docs/options.md").matchAll(/^\| (`.*`) +\| `\w+` +\| .*$/gm)].map(
            ([, names = ""]) => names,
        );
        const taking = globSync("components/*.ts", { cwd: root })
            .map(read)
            .filter((text) => text.includes("opts?.transform"))
            .flatMap((text) => /^export class (\w+)/m.exec(text)?.[1] ?? []);
        assert.deepEqual(
            rows.flatMap((names) => [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name)).sort(),
            taking.sort(),
        );
    });

    it("divide the components into kinds of which each has several", () => {
        assert.ok(callees.length >= 8 && callers.length >= 8, all.join(" "));
    });
});
