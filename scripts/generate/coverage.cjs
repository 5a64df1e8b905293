// Makes docs/coverage.md: what Google's documents say of authenticated calls, where this project does it, and what runs the
// samples of the documents. The rows are in coverage.json and samples.json. Each reference is looked up in the sources, and whatever a component, the audit or a check knows must have a row.
const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { root } = require("../sources.cjs");

const COLUMNS = ["component", "audit", "sandbox", "probe", "tests", "example", "page"];
const TITLES = ["Components and arguments", "Audit and injection", "Sandbox", "Check", "Tests", "Example", "Page"];

const read = (file) => readFileSync(join(root, file), "utf8");

/** The names in a text that a pattern captures. */
const captured = (text, pattern) => new Set([...text.matchAll(pattern)].map(([, name]) => name));

/** What a cell of each column may name. */
function known() {
    const kinds = read("workflow/auth/receivers/kinds.ts");
    return {
        components: captured(
            read("components/index.ts"),
            /\b((?:Authenticated|Invokable|Continuous)\w+|\w*(?:Minter|Api|Caller|Identity))\b(?=[ ,}])/g,
        ),
        kinds: captured(
            kinds.slice(kinds.indexOf("export const kinds"), kinds.indexOf("export interface Universe")),
            /^ {4}"?([a-z-]+)"?: \{/gm,
        ),
        rules: captured(read("workflow/auth/rules.ts"), /^ {4}"?([a-z-]+)"?: \{/gm),
        probes: captured(read("smoke/specs.ts"), /^ {4}"(\w+)",$/gm),
        credentials: captured(read("smoke/probe-parts.ts"), /\| \{ kind: "(\w+)"/g),
        apis: captured(read("docs/apis.md"), /^## (\S+)$/gm),
        examples: new Set(readdirSync(join(root, "examples"))),
    };
}

/** What of a reference does not exist; undefined if it does. */
function wrong(column, reference, all) {
    const first = reference.split(/[ .(:]/)[0];
    const isFile = /^(\w[\w-]*\/)+[\w.-]*$/.test(reference) && existsSync(join(root, reference));
    switch (column) {
        case "component":
            return all.components.has(first) || first === "googleApi" || first === "deployer" || isFile;
        case "audit":
            return all.kinds.has(reference) || all.rules.has(reference) || isFile;
        case "sandbox":
            return all.apis.has(reference) || isFile;
        case "probe":
            return all.probes.has(first) || all.credentials.has(first) || isFile;
        case "tests":
            return isFile && reference.startsWith("test/");
        case "example":
            return all.examples.has(reference) || isFile;
        default:
            return /^(https:\/\/)?[\w.-]+\/\S+$/.test(reference);
    }
}

/** A cell is a list of references, or a text that says why there is none. */
function cell(row, column, all, problems) {
    const value = row[column];
    if (typeof value === "string" && value.startsWith("no: ")) {
        return value.slice(4);
    }
    const references = typeof value === "string" ? [value] : (value ?? []);
    if (references.length === 0) {
        problems.push(`${row.says}: ${column} is empty and no reason is given`);
    }
    for (const reference of references) {
        if (!wrong(column, reference, all)) {
            problems.push(`${row.says}: ${column} names ${reference}, which there is not`);
        }
    }
    return references
        .map((reference) =>
            column === "page" ? `[page](https://${reference.replace(/^https:\/\//, "")})` : `\`${reference}\``,
        )
        .join(", ");
}

/** What the project knows and no row names. */
function missing(rows, all) {
    const named = (column) =>
        new Set(rows.flatMap((row) => [row[column]].flat()).flatMap((each) => [each, String(each).split(/[ .(:]/)[0]]));
    const lacks = (column, names) =>
        [...names].filter((name) => !named(column).has(name)).map((name) => `no row names ${name} in ${column}`);
    const classes = [...all.components].filter(
        (name) =>
            !name.endsWith("Args") &&
            existsSync(
                join(root, "components", `${name.replace(/(?<=[a-z])[A-Z]/g, (c) => `-${c}`).toLowerCase()}.ts`),
            ),
    );
    return [
        ...lacks("component", classes),
        ...lacks("audit", new Set([...all.kinds].filter((kind) => kind !== "unknown"))),
        ...lacks("probe", all.probes),
    ];
}

const TITLE = /\bit\(\s*(["`])(.*?)\1,/gs;

/** Whether a file has a test of this title, or one that begins so. What a template fills in can be any text. */
function hasTest(file, title) {
    const literal = (text) => text.replaceAll(/[.*+?^$()|[\]\\{}]/g, String.raw`\$&`);
    return [...read(file).matchAll(TITLE)].some(([, , found]) => {
        const parts = found.split(/\$\{[^}]*\}/).map(literal);
        return found.startsWith(title) || new RegExp(`^${parts.join(".*")}$`, "s").test(title);
    });
}

/** What runs a sample, `FILE: TEST` or `scripts/clients-samples.cjs: SAMPLE`, or a reason why nothing does. */
function runOf(run, problems) {
    const [, file = "", what = ""] = /^(\S+): (.+)$/s.exec(run) ?? [];
    if (file === "no") {
        return what;
    }
    const isTest = file.startsWith("test/") && existsSync(join(root, file)) && hasTest(file, what);
    if (!isTest && file !== "scripts/clients-samples.cjs") {
        problems.push(`scripts/generate/samples.json names ${run}, which there is not`);
    }
    return isTest ? `\`${file}\` (${what})` : `\`npm run test:clients\` (${what})`;
}

/** What runs each sample of a document, by page and language. */
function samplesOf(problems) {
    const rows = JSON.parse(read("scripts/generate/samples.json"));
    const lines = [...new Set(rows.map(({ page }) => page))].map((page) => {
        const link = existsSync(join(root, page)) ? `\`${page}\`` : `[${page}](https://${page})`;
        const list = rows
            .filter((row) => row.page === page)
            .map(({ language, samples, runs }) => {
                const all = [runs].flat().map((run) => runOf(run, problems));
                return `    - ${language}, ${samples === 1 ? "1 sample" : `${samples} samples`}: ${all.join(", ")}`;
            });
        return [`- ${link}`, ...list].join("\n");
    });
    return `## What runs the samples\n\nA sample of a document is code that its reader copies. \`npm run test:clients\` skips a language by name that the machine does not have.\n\n${lines.join("\n")}\n`;
}

function make() {
    const groups = JSON.parse(read("scripts/generate/coverage.json"));
    const all = known();
    const problems = missing(Object.values(groups).flat(), all);
    const sections = Object.entries(groups).map(([title, rows]) => {
        const lines = rows.map((row) => {
            const cells = COLUMNS.map((column) => cell(row, column, all, problems));
            const list = cells.map((text, index) => `    - ${TITLES[index]}: ${text}`);
            return [`- **${row.says}**`, ...list].join("\n");
        });
        return `## ${title}\n\n${lines.join("\n")}\n`;
    });
    sections.push(samplesOf(problems));
    if (problems.length > 0) {
        throw new Error(`scripts/generate/coverage.json:\n${problems.join("\n")}`);
    }
    const intro =
        "`npm run generate -- coverage` makes this page from `scripts/generate/coverage.json`. Each line in bold is what a document of Google says about calls with an identity, in the words of this project. Below it stands where this project does it; where it does not, the reason stands there.";
    return { "docs/coverage.md": `# What is covered\n\n${intro}\n\n${sections.join("\n")}` };
}

module.exports = { hasTest, make };
