// Releases the package from the changesets in .changeset/.
//   npm run release             rehearses: bumps, writes the changelog, builds and packs in a copy; changes nothing here
//   npm run release -- version  takes the changesets into package.json, package-lock.json and CHANGELOG.md, for review
//   npm run release -- publish  publishes what package.json says, with provenance; only the release workflow may
// `rehearse FOLDER` leaves the copy in FOLDER and prints what was done as JSON, for the tests.
const { execFileSync } = require("node:child_process");
const {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { build } = require("./build.cjs");
const { writePublished } = require("./manifest.cjs");
const { root } = require("./sources.cjs");

const changeset = join(root, "node_modules", "@changesets", "cli", "bin.js");
const read = (folder, name) => JSON.parse(readFileSync(join(folder, name), "utf8"));

function run(command, args, cwd, stdio = ["ignore", "pipe", "inherit"]) {
    return execFileSync(command, args, { cwd, stdio, encoding: "utf8", shell: process.platform === "win32" });
}

/** The changesets that wait for a release, by file name. */
const waiting = (folder) =>
    readdirSync(join(folder, ".changeset")).filter((name) => name.endsWith(".md") && name !== "README.md");

/** Moves the changesets of a folder, if there are any, into its version and its changelog. */
function version(folder) {
    const before = read(folder, "package.json").version;
    const taken = waiting(folder);
    if (taken.length > 0) {
        run(process.execPath, [changeset, "version"], folder);
    }
    const after = read(folder, "package.json").version;
    // changesets leaves the lock file as it was, and `npm ci` refuses one that says another version.
    const lock = read(folder, "package-lock.json");
    lock.version = lock.packages[""].version = after;
    writeFileSync(join(folder, "package-lock.json"), `${JSON.stringify(lock, undefined, 4)}\n`);
    return { before, after, taken, changelog: newest(readFileSync(join(folder, "CHANGELOG.md"), "utf8"), after) };
}

/** The part of a changelog about one version. */
function newest(text, wanted) {
    const [, section = ""] = text.split(`\n## ${wanted}\n`);
    return section.split("\n## ")[0].trim();
}

/** The package as it would be published next, in `folder`. */
function rehearse(folder) {
    const { files } = read(root, "package.json");
    const needed = [
        "package.json",
        "package-lock.json",
        ".changeset",
        ".oxfmtrc.json",
        ...files.filter((file) => !file.startsWith("!")),
    ];
    mkdirSync(folder, { recursive: true });
    for (const name of needed) {
        if (name !== "dist") {
            cpSync(join(root, name), join(folder, name), { recursive: true });
        }
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    const done = version(folder);
    // Without the check of types, which is `npm run types` and takes most of the time; `npm run build` does both.
    build({ folder: join(folder, "dist"), check: false });
    writePublished(folder);
    const packed = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--offline"], folder))[0];
    const { filename, size, unpackedSize, files: contents } = packed;
    return { ...done, tarball: join(folder, filename), size, unpackedSize, files: contents.map(({ path }) => path) };
}

function publish() {
    const missing = ["GITHUB_ACTIONS", "ACTIONS_ID_TOKEN_REQUEST_URL"].filter((name) => !process.env[name]);
    if (missing.length > 0) {
        throw new Error(
            `publishing needs the identity of the release workflow for its provenance, and ${missing.join(" and ")} is not set; merge the pull request that the workflow opens`,
        );
    }
    const changesets = waiting(root);
    if (changesets.length > 0) {
        throw new Error(`${changesets.join(", ")} waits in .changeset/; run npm run release -- version first`);
    }
    run(process.execPath, [changeset, "publish"], root, "inherit");
}

function report({ before, after, taken, changelog, size, files }) {
    const from = taken.length > 0 ? `${before} → ${after} (${taken.join(", ")})` : `${before}: no changeset waits`;
    console.log(
        `${from}\n\n${changelog}\n\n${files.length} files, ${Math.round(size / 1024)} KB packed; not published`,
    );
}

function main([verb, folder]) {
    if (verb === "version") {
        return console.log(version(root).after);
    }
    if (verb === "publish") {
        return publish();
    }
    if (verb === "rehearse" && folder !== undefined) {
        return console.log(JSON.stringify(rehearse(folder)));
    }
    if (verb !== undefined && verb !== "rehearse") {
        throw new Error(`no step "${verb}"; there are rehearse (the default), version and publish`);
    }
    const copy = mkdtempSync(join(tmpdir(), "release-"));
    try {
        report(rehearse(copy));
    } finally {
        rmSync(copy, { recursive: true });
    }
}

try {
    main(process.argv.slice(2));
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
}
