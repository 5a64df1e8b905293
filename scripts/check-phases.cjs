// The checks and test files of `npm test` and `npm run quick`.
const { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");
const { root } = require("./sources.cjs");

/** The command of a package. */
const bin = (...path) => [process.execPath, join(root, "node_modules", ...path)];
const cache = (name) => join(root, ".cache", name);

/** The slowest tests, for the order as long as no run has recorded the time of each file: how their paths begin. */
const SLOW = [
    // Its large bodies have the garbage collector look through all that the files before it have loaded.
    "test/sandbox/workloads/limits.",
    // The other tests of the package come later, because they wait until this one has built it.
    ...["test/packed/packed.", "test/examples/", "test/docs/testing.", "test/packed/", "test/e2e/", "test/engine/"],
    ...["test/components/", "test/cli/sandbox/", "test/sandbox/closing.", "test/smoke/callers/", "test/cli/"],
    ...["test/workflow/auth/proof/", "test/docs/"],
];
/** The folders whose tests the quick loop runs. */
const QUICK = ["workflow", "credentials", "policy", "access", "smoke", "components"];
/** How a test file is told that starts a process, a program or a sandbox, or that compiles a program. The quick loop leaves it out. */
const STARTS =
    /node:child_process|support\/(command|packed|quickstart|sandboxed|strays)"|from "(\.\.\/)+sandbox"|from "typescript"/;

/** What `npm test` and `npm run quick` check beside the tests: all files, because a change can break a file that did not change. */
const checks = [
    { name: "lint and types", command: bin("oxlint", "bin", "oxlint") },
    { name: "format", command: [...bin("oxfmt", "bin", "oxfmt"), "--check"] },
];

/** How many seconds each test file took when it last ran here. */
const recorded = cache("seconds.json");

function secondsOf() {
    try {
        return JSON.parse(readFileSync(recorded, "utf8"));
    } catch {
        return {};
    }
}

/** Records how long test files took, for the order of the next run. */
function record(seconds) {
    const files = Object.entries(seconds).filter(([name]) => name.endsWith(".test.ts"));
    const now = Object.fromEntries(files.map(([name, took]) => [relative(root, name), Math.round(took * 10) / 10]));
    mkdirSync(join(root, ".cache"), { recursive: true });
    writeFileSync(recorded, JSON.stringify({ ...secondsOf(), ...now }));
}

/** The proof of the resolver takes many seconds, because it tries many programs for each kind of value flow. */
const isLong = (file) => /[\\/]proof\.test\.ts$/.test(file);

/** The test files, those that take longest first, so that both cores have work until the end of a run. */
function testFiles(quick) {
    const found = globSync(["test/**/*.test.ts", "examples/**/*.test.ts"], { cwd: root }).sort();
    const folder = (file) => file.split(/[\\/]/)[1];
    const rank = (file) => {
        const path = file.replaceAll("\\", "/");
        const at = SLOW.findIndex((start) => path.startsWith(start));
        return at < 0 ? SLOW.length : at;
    };
    const files = quick
        ? found.filter((file) => QUICK.includes(folder(file)) && !isLong(file) && !starts(file))
        : found;
    const seconds = secondsOf();
    return files
        .sort((a, b) => (seconds[b] ?? 0) - (seconds[a] ?? 0) || rank(a) - rank(b))
        .map((file) => join(root, file));
}

const known = new Map();

/** Whether a file does so by itself, or by what it imports from other files of tests. */
function starts(file) {
    if (!known.has(file)) {
        // A file that imports itself by way of others adds nothing.
        known.set(file, false);
        const text = readFileSync(join(root, file), "utf8");
        known.set(file, STARTS.test(text) || importedTests(file, text).some(starts));
    }
    return known.get(file);
}

function importedTests(file, text) {
    return [...text.matchAll(/ from "(\.[^"]*)"/g)].flatMap(([, path]) => {
        const imported = join(dirname(file), path);
        const names = [`${imported}.ts`, join(imported, "index.ts")];
        return names.filter((name) => /^test[\\/]/.test(name) && existsSync(join(root, name)));
    });
}

module.exports = { checks, testFiles, record };
