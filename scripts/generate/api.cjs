// Makes etc/*.api.md, a report of the public types for each entry of the package, so that a reviewer sees each change of them.
// A declaration that is not exported, but to which an exported one refers, is at the end of the report.
const { execFileSync } = require("node:child_process");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { compiler, root } = require("../sources.cjs");
const { exportsOf, referenced, textOf } = require("./api-declarations.cjs");

const { exports: entries } = require("../../package.json");

const place = ({ file, name }) => `${file}#${name}`;

function report(title, file) {
    const found = [...exportsOf(file)].sort(([a], [b]) => (a < b ? -1 : 1));
    const shown = new Set(
        found
            .map(([, at]) => at)
            .filter((at) => at.file)
            .map(place),
    );
    const lines = found.map(([name, at]) => {
        if (at.package) {
            return `export { ${at.name} as ${name} } from "${at.package}";`;
        }
        const text = textOf(at).join("\n");
        return at.name === name ? text : `// exported as ${name}\n${text}`;
    });
    const others = [];
    const queue = found.map(([, at]) => at).filter((at) => at.file && at.name !== "*");
    // The loop also reads what is added to the list while it runs.
    for (const at of queue) {
        for (const next of referenced(at)) {
            if (shown.has(place(next))) {
                continue;
            }
            shown.add(place(next));
            others.push(next);
            queue.push(next);
        }
    }
    const below = others
        .flatMap(textOf)
        .map((text) => text.replace(/^export /, ""))
        .sort();
    const blocks = [lines.join("\n\n"), ...(below.length > 0 ? [`// Not exported:\n\n${below.join("\n\n")}`] : [])];
    return `# ${title}\n\nMade by \`npm run generate -- api\`: the public types. Who changes them says so in a changeset.\n\n\`\`\`ts\n${blocks.join("\n\n")}\n\`\`\`\n`;
}

/** The reports on the declarations in `dist`, by file. */
function reports(dist) {
    return Object.fromEntries(
        Object.entries(entries)
            .filter(([, entry]) => entry.types)
            .map(([name, { types }]) => {
                const short = name === "." ? "index" : name.slice(2);
                const title = name === "." ? "pulumi-gcp-invoke" : `pulumi-gcp-invoke/${short}`;
                return [`etc/${short}.api.md`, report(title, join(dist, types.replace("./dist/", "")))];
            }),
    );
}

function make() {
    const dist = mkdtempSync(join(tmpdir(), "api-"));
    try {
        execFileSync(
            process.execPath,
            [compiler, "-p", "tsconfig.build.json", "--noCheck", "--emitDeclarationOnly", "--outDir", dist],
            { cwd: root, stdio: "inherit" },
        );
        return reports(dist);
    } finally {
        rmSync(dist, { recursive: true });
    }
}

module.exports = { make, report, reports };
