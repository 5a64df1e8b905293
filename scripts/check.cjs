// `npm test` runs this: lint with types, the format, and mocha's tests, in three processes. It ends with
// `N passed, N failed, N skipped`.
// With arguments it only runs mocha, with these arguments: `npm test -- test/workflow/**/*.test.ts --grep audience`.
// `--quick` is `npm run quick`: the tests that start no process, lint with types, and the format.
const { spawn } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { availableParallelism, tmpdir } = require("node:os");
const { join, relative } = require("node:path");
const { styleText } = require("node:util");
const { checks, record, testFiles } = require("./check-phases.cjs");
const { nodeArguments, environment, root } = require("./sources.cjs");

const ALL = ["test/**/*.test.ts", "examples/**/*.test.ts"];
// Each test process would leave processes for programs that it never runs.
const env = { ...environment, SOURCE_MAPS: "off", GCP_INVOKE_RESERVE: "off" };
/** In the quick loop the tests of properties generate fewer programs. */
const share = { PROPERTY_RUNS: "20" };

/** Runs a command. Resolves with its exit code and, if it does not write to the terminal itself, its output. */
async function run([command, ...args], stdio = ["ignore", "pipe", "pipe"]) {
    const child = spawn(command, args, { cwd: root, env, stdio });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk) => (text += chunk));
    }
    const code = await new Promise((resolve) => child.on("close", resolve));
    return { code, text: text.trim() || `${args.join(" ")} ended with ${code}` };
}

async function check({ name, command }) {
    const begun = performance.now();
    const { code, text } = await run(command);
    const mark = code === 0 ? styleText("green", "✓") : styleText("red", "✗");
    console.log(`${mark} ${name} (${since(begun)} s)${code === 0 ? "" : `\n\n${text}\n`}`);
    const seconds = { [name]: (performance.now() - begun) / 1000 };
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? [] : [name], skipped: [], seconds };
}

/** Runs mocha itself, with the arguments of the command line. */
async function mocha(args) {
    const folder = mkdtempSync(join(tmpdir(), "check-"));
    const file = join(folder, "results.json");
    try {
        const reporter = ["--reporter", join(__dirname, "reporter.cjs"), "--reporter-option", `file=${file}`];
        const bin = join(root, "node_modules", "mocha", "bin", "mocha.js");
        const { code } = await run([process.execPath, bin, ...reporter, ...args], "inherit");
        const results = JSON.parse(readFileSync(file, "utf8"));
        // A run that ended early after its last test counts as one more failure.
        return code !== 0 && results.failed.length === 0 ? { ...results, failed: ["the end of the run"] } : results;
    } catch (error) {
        return broken(`the tests did not run to their end: ${error.message}`);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

const broken = (problem) => ({ passed: 0, failed: [problem], skipped: [], seconds: {} });

/** Larger spaces for new objects, in megabytes: with V8's own sizes, tests spend a tenth of their time on collecting garbage. */
const SPACES = ["--min-semi-space-size=32", "--max-semi-space-size=64"];

/** Runs test files in one process, each time the first one that waits. */
async function worker(files) {
    if (files.length === 0) {
        return [];
    }
    const child = spawn(process.execPath, [...SPACES, ...nodeArguments, join(__dirname, "check-worker.cjs")], {
        cwd: root,
        env,
        stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const found = [];
    let current;
    const next = () => child.send({ file: (current = files.shift()) });
    child.on("message", (results) => {
        found.push({ ...results, file: current });
        next();
    });
    next();
    const code = await new Promise((resolve) => child.on("close", resolve));
    if (current !== undefined) {
        found.push({ ...broken(`the tests of ${current} did not run to their end`), file: current });
    } else if (code !== 0) {
        found.push(broken("the end of the run"));
    }
    // If a process has died, another one runs the files that still wait.
    return current !== undefined && files.length > 0 ? [...found, ...(await worker(files))] : found;
}

const since = (begun) => ((performance.now() - begun) / 1000).toFixed(1);

async function everything(quick) {
    const waiting = [...checks];
    const files = testFiles(quick);
    // Each process runs checks as long as one waits, and then test files.
    const oneProcess = async () => {
        const found = [];
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
            found.push(await check(next));
        }
        return [...found, ...(await worker(files))];
    };
    // Tests that start programs or sandboxes often wait, and leave their core to one process more.
    const count = Math.min(2, availableParallelism()) + (quick ? 0 : 1);
    return secondTry((await Promise.all(Array.from({ length: count }, oneProcess))).flat());
}

/**
 * Runs the files that failed once more, when nothing else runs. What passes then is reported by its name and its first
 * error, and does not fail the run: a busy machine made it fail, or it fails only at times.
 */
async function secondTry(first) {
    const failed = first.filter(({ file, failed }) => file !== undefined && failed.length > 0);
    if (failed.length === 0) {
        return first;
    }
    console.log(`\nonce more, and alone: ${failed.map(({ file }) => relative(root, file)).join(", ")}`);
    const second = await worker(failed.map(({ file }) => file));
    const passes = (file) => second.some((results) => results.file === file && results.failed.length === 0);
    const unsteady = failed.filter(({ file }) => passes(file)).flatMap((results) => results.failed);
    return [
        ...first.filter((results) => !failed.includes(results)),
        ...second,
        { passed: 0, failed: [], skipped: [], seconds: {}, unsteady },
    ];
}

function report(results, begun) {
    record(Object.assign({}, ...results.map(({ seconds }) => seconds)));
    const failed = results.flatMap((result) => result.failed);
    const skipped = results.flatMap((result) => result.skipped);
    const list = (title, lines) => lines.length > 0 && console.log(`\n${title}:\n${lines.join("\n")}`);
    list(
        "slowest",
        results
            .flatMap(({ seconds }) => Object.entries(seconds))
            .sort(([, a], [, b]) => b - a)
            .slice(0, 10)
            .map(([name, seconds]) => `${seconds.toFixed(1).padStart(7)} s  ${name.replace(`${root}/`, "")}`),
    );
    list(
        "skipped",
        skipped.sort().map((line) => `  - ${line}`),
    );
    list(
        "failed at first, and passed alone",
        results.flatMap(({ unsteady = [] }) => unsteady.map((line) => `  ${styleText("yellow", "~")} ${line}`)),
    );
    list(
        "failed",
        failed.map((line) => `  ${styleText("red", "✗")} ${line}`),
    );
    const passed = results.reduce((sum, result) => sum + result.passed, 0);
    console.log(`\nall of it took ${since(begun)} s`);
    console.log(`${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
    process.exitCode = failed.length === 0 ? 0 : 1;
}

async function main(args) {
    const begun = performance.now();
    const quick = args[0] === "--quick";
    if (args.length === 0 || quick) {
        // What the test files of this run share: the package, which is built only once.
        const folder = mkdtempSync(join(tmpdir(), "run-"));
        Object.assign(env, { TEST_RUN_FOLDER: folder }, quick && { ...share, ...process.env });
        try {
            return report(await everything(quick), begun);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    }
    const named = args.some((arg) => /^(test|examples)/.test(arg));
    report([await mocha(named ? args : [...ALL, ...args])], begun);
}

void main(process.argv.slice(2));
