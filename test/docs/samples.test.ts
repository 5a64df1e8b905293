import assert from "node:assert/strict";
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { readAllowed } from "../../cli/sandbox/mutate";
import { loadMapping } from "../../sandbox/workloads";
import { root } from "../project/sources";
import { needBeside } from "../support/beside";

interface Row {
    page: string;
    language: string;
    samples: number;
    runs: string | string[];
}

const load = createRequire(__filename);
const { hasTest } = load("../../scripts/generate/coverage.cjs") as {
    hasTest: (file: string, title: string) => boolean;
};
const { samples } = load("../../scripts/clients-samples.cjs") as { samples: (url: string) => { name: string }[] };
const rows = JSON.parse(readFileSync(join(root, "scripts/generate/samples.json"), "utf8")) as Row[];
const isOwn = ({ page }: Row): boolean => page.endsWith(".md");
const counted = (all: Row[]): string[] =>
    all.map(({ page, language, samples: count }) => `${page}: ${count} of ${language}`).sort();

/** The fenced blocks of a document of this project. */
const blocksOf = (page: string): { language: string; code: string }[] =>
    [...readFileSync(join(root, page), "utf8").matchAll(/^ *```(\w+)[^\n]*\n([\s\S]*?)^ *```/gm)].map(
        ([, language = "", code = ""]) => ({ language, code }),
    );

/** How many there are of each value. */
function counts(values: string[]): [value: string, count: number][] {
    return [...new Set(values)].map((value) => [value, values.filter((other) => other === value).length]);
}

/** The samples that each of Google's documents has, found by what only a sample in this language has. */
const GOOGLE: Record<string, { mark: string; samples: [language: string, sign: RegExp][] }> = {
    "docs.cloud.google.com/workflows/docs/authenticate-from-workflow": {
        mark: "# Make authenticated requests from a workflow",
        samples: [
            ["YAML", /```yaml/g],
            ["JSON", /```json/g],
        ],
    },
    "docs.cloud.google.com/functions/docs/samples/functions-bearer-token": {
        mark: "makeGetRequest",
        samples: [
            ["Go", /^import \($/gm],
            ["Java", /^public class/gm],
            ["Node.js", /require\('google-auth-library'\)/g],
            ["Python", /^import urllib$/gm],
        ],
    },
    "docs.cloud.google.com/docs/authentication/get-id-token": {
        mark: "getIdTokenFromMetadataServer",
        // The page has the name of a language above each sample.
        samples: ["curl", "PowerShell", "Java", "Go", "Node.js", "Python", "Ruby"].map((language) => [
            language,
            new RegExp(`^${language.replace(".", "\\.")}$`, "gm"),
        ]),
    },
    "docs.cloud.google.com/functions/docs/securing/authenticating": {
        mark: "Authenticate for invocation",
        samples: [],
    },
};

describe("the samples of the documents", () => {
    it("of this project have a row for each page and language, with how many there are", () => {
        const pages = globSync(["README.md", "docs/*.md"], { cwd: root });
        const found = pages.flatMap((page) =>
            counts(blocksOf(page).map(({ language }) => language)).map(
                ([language, count]) => `${page}: ${count} of ${language}`,
            ),
        );
        assert.ok(found.length > 20);
        assert.deepEqual(counted(rows.filter(isOwn)), found.sort());
    });

    it("of Google have a row for each page and language, with how many there are", function () {
        const folder = needBeside(this, "seeds");
        const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
        const found = new Set<string>();
        for (const text of texts) {
            const [page = "", { samples: kinds } = { samples: [] }] =
                Object.entries(GOOGLE).find(([, { mark }]) => text.includes(mark)) ?? [];
            assert.notEqual(page, "", `no page is known that begins so: ${text.slice(0, 80)}`);
            for (const [language, sign] of kinds) {
                found.add(`${page}: ${text.match(sign)?.length ?? 0} of ${language}`);
            }
            const fences = text.match(/```(?!yaml|json)\w+/g) ?? [];
            assert.deepEqual(fences, [], page);
        }
        assert.deepEqual(counted(rows.filter((row) => !isOwn(row))), [...found].sort());
        const named = rows
            .flatMap(({ runs }) => [runs].flat())
            .flatMap((run) => run.split("clients-samples.cjs: ")[1] ?? []);
        assert.deepEqual(
            named.sort(),
            samples("https://x.example")
                .map(({ name }) => name)
                .sort(),
        );
    });

    it("each name a test that there is, or a reason", () => {
        for (const { page, language, runs } of rows) {
            assert.ok(runs.length > 0, `${page}: ${language}`);
            for (const run of [runs].flat()) {
                const [, file = "", what = ""] = /^(\S+): (.+)$/s.exec(run) ?? [];
                const isTest = file.startsWith("test/") && hasTest(file, what);
                assert.ok(isTest || file === "scripts/clients-samples.cjs" || (file === "no" && what.length > 20), run);
            }
        }
        assert.equal(hasTest("test/docs/samples.test.ts", "each name a test that there is not"), false);
    });

    it("that are a sandbox.yaml are read as one", () => {
        const folder = mkdtempSync(join(tmpdir(), "samples-"));
        try {
            const read = (code: string): void => {
                for (const [, path = ""] of code.matchAll(/handler: (\.\/[\w./-]+)/g)) {
                    mkdirSync(dirname(join(folder, path)), { recursive: true });
                    writeFileSync(join(folder, path), "");
                }
                writeFileSync(join(folder, "sandbox.yaml"), code);
                loadMapping(join(folder, "sandbox.yaml"));
            };
            const mappings = ["README.md", "docs/resources.md", "docs/testing.md"].flatMap((page) =>
                blocksOf(page)
                    .filter(({ language, code }) => language === "yaml" && isMapping(parse(code)))
                    .map(({ code }) => ({ page, code })),
            );
            assert.deepEqual(counts(mappings.map(({ page }) => page)), [
                ["README.md", 1],
                ["docs/resources.md", 1],
                ["docs/testing.md", 2],
            ]);
            mappings.forEach(({ code }) => read(code));
            assert.throws(() => read("servces: []\n"), /unknown key servces/);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("that list allowed mutants are read as such a list", () => {
        const folder = mkdtempSync(join(tmpdir(), "samples-"));
        try {
            const [{ code } = { code: "" }] = blocksOf("docs/checks.md").filter(({ language }) => language === "yaml");
            writeFileSync(join(folder, "mutants.yaml"), code);
            assert.deepEqual(
                readAllowed(join(folder, "mutants.yaml"), true).map(({ mutant }) => mutant.split(":")[0]),
                ["grant *"],
            );
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});

/** Whether a document in YAML is a sandbox.yaml, and not a project, a workflow or a job. */
const isMapping = (document: unknown): boolean =>
    ["services", "resources", "domains"].some((key) => Object.keys(Object(document) as object).includes(key)) &&
    !Object.keys(Object(document) as object).includes("name");
