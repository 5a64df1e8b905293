// The package.json that is published: `node scripts/manifest.cjs publish` before the package is packed, and `restore` after it.
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const file = join(root, "package.json");
const kept = join(root, ".cache", "package.json");

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

function text(manifest) {
    return `${JSON.stringify(manifest, undefined, 4)}\n`;
}

function publish() {
    const before = readFileSync(existsSync(kept) ? kept : file, "utf8");
    mkdirSync(join(root, ".cache"), { recursive: true });
    writeFileSync(kept, before);
    writeFileSync(file, text(published(JSON.parse(before))));
}

function restore() {
    if (existsSync(kept)) {
        renameSync(kept, file);
    }
}

module.exports = { published, text };

if (require.main === module) {
    const [step] = process.argv.slice(2);
    const steps = { publish, restore };
    if (steps[step] === undefined) {
        throw new Error(`no step "${step}"; there are ${Object.keys(steps).join(" and ")}`);
    }
    steps[step]();
}
