// The files that are published in another form than the one in which people edit them: package.json, and documents and schemas
// without the spaces that only people need. `node scripts/manifest.cjs publish` writes them before the package is packed, and
// `restore` writes back what was there.
const { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const root = join(__dirname, "..");
const kept = join(root, ".cache", "published");

/**
 * A manifest without the tools of this repository. Pulumi runs `npm install` in the folder of a package of components, which
 * installs its development dependencies too: these are then the two packages that the components themselves need. For those
 * who install this package, they are peers.
 */
function published({ devDependencies: _, scripts: __, exports: entries, ...manifest }) {
    const { "@pulumi/gcp": gcp, "@pulumi/pulumi": pulumi } = manifest.peerDependencies;
    const exports = Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, withoutSource(entry)]));
    return { ...manifest, exports, devDependencies: { "@pulumi/gcp": gcp, "@pulumi/pulumi": pulumi } };
}

/** The sources are not in the package, so the condition that names them, which the examples have, finds nothing there. */
function withoutSource(entry) {
    if (typeof entry === "string") {
        return entry;
    }
    const { "pulumi-gcp-invoke-source": _, ...others } = entry;
    return others;
}

/** The form in which a file is published. */
function formOf(path, text) {
    if (path === "package.json") {
        return `${JSON.stringify(published(JSON.parse(text)), undefined, 4)}\n`;
    }
    return path.endsWith(".json") ? `${JSON.stringify(JSON.parse(text))}\n` : withNarrowTables(text);
}

/** A document whose tables are not filled up with spaces. What is code stays as it is. */
function withNarrowTables(text) {
    const narrow = (line) => line.replace(/ {2,}(?=\|)/g, " ").replace(/-{4,}/g, "---");
    const parts = text.split(/^(```[^]*?^```)/m);
    return parts.map((part, at) => (at % 2 === 1 ? part : part.replace(/^\|.*\|$/gm, narrow))).join("");
}

/** The files in a folder that have another form when they are published, as paths with slashes. */
function filesIn(folder) {
    const below = (name, end) =>
        readdirSync(join(folder, name), { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(end))
            .map((file) => `${name}/${file.replaceAll("\\", "/")}`);
    return ["package.json", "README.md", ...below("docs", ".md"), ...below("schemas", ".json")];
}

/** Writes these files in the form in which they are published. */
function writePublished(folder) {
    for (const path of filesIn(folder)) {
        writeFileSync(join(folder, path), formOf(path, readFileSync(join(folder, path), "utf8")));
    }
}

function publish() {
    // If it ended early the last time, what was there before is still kept.
    restore();
    for (const path of filesIn(root)) {
        mkdirSync(dirname(join(kept, path)), { recursive: true });
        cpSync(join(root, path), join(kept, path));
    }
    writePublished(root);
}

function restore() {
    if (existsSync(kept)) {
        cpSync(kept, root, { recursive: true });
        rmSync(kept, { recursive: true });
    }
}

module.exports = { writePublished };

if (require.main === module) {
    const [step] = process.argv.slice(2);
    const steps = { publish, restore };
    if (steps[step] === undefined) {
        throw new Error(`no step "${step}"; there are ${Object.keys(steps).join(" and ")}`);
    }
    steps[step]();
}
