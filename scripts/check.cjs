// What `npm test` runs: lint and types (one check each), then mocha's tests. Ends with `N passed, N failed, N skipped`.
// With arguments only mocha runs, and gets them: `npm test -- test/workflow/**/*.test.ts --grep audience`.
const { spawn } = require("node:child_process");
const { globSync, mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { availableParallelism, tmpdir } = require("node:os");
const { join } = require("node:path");
const { styleText } = require("node:util");

const root = join(__dirname, "..");
const bin = (...path) => [process.execPath, join(root, "node_modules", ...path)];

/** Runs the commands one after the other. Resolves with the first failure's output, or with nothing. */
async function output(commands) {
    for (const [command, ...args] of commands) {
        const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
        let text = "";
        child.stdout.on("data", (chunk) => (text += chunk));
        child.stderr.on("data", (chunk) => (text += chunk));
        const code = await new Promise((resolve) => child.on("close", resolve));
        if (code !== 0) return text.trim() || `${args.join(" ")} ended with ${code}`;
    }
    return undefined;
}

async function check(name, commands) {
    const begun = performance.now();
    const problem = await output(commands);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const mark = problem === undefined ? styleText("green", "✓") : styleText("red", "✗");
    console.log(`${mark} ${name} (${seconds} s)${problem === undefined ? "" : `\n\n${problem}\n`}`);
    return problem === undefined;
}

/** Runs mocha with our reporter, which shows progress itself and leaves its counts in a file. */
async function tests(args) {
    const folder = mkdtempSync(join(tmpdir(), "check-"));
    const file = join(folder, "results.json");
    try {
        const [node, mocha] = bin("mocha", "bin", "mocha.js");
        const reporter = ["--reporter", join(__dirname, "reporter.cjs"), "--reporter-option", `file=${file}`];
        const child = spawn(node, [mocha, ...reporter, ...args], { cwd: root, stdio: "inherit" });
        const code = await new Promise((resolve) => child.on("close", resolve));
        const results = JSON.parse(readFileSync(file, "utf8"));
        // A run that broke off after its last test counts as one more failure.
        return code !== 0 && results.failed === 0 ? { ...results, failed: 1 } : results;
    } catch (error) {
        console.error(`the tests did not run to their end: ${error.message}`);
        return { passed: 0, failed: 1, skipped: 0 };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** All files in as many parts as cores are put to use, some of each folder in every part: one process keeps one core busy. */
function parts(patterns) {
    const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();
    const count = Math.min(2, availableParallelism());
    return Array.from({ length: count }, (_, part) => files.filter((_file, index) => index % count === part));
}

async function main() {
    const args = process.argv.slice(2);
    // Both at once: each is one process on one core.
    const checks =
        args.length > 0
            ? []
            : await Promise.all([
                  check("lint", [
                      [...bin("eslint", "bin", "eslint.js"), "--max-warnings=0", "."],
                      [...bin("prettier", "bin", "prettier.cjs"), "--log-level=warn", "--check", "."],
                  ]),
                  check("types", [[...bin("typescript", "bin", "tsc"), "--noEmit", "-p", "."]]),
              ]);
    const all = ["test/**/*.test.ts", "examples/**/*.test.ts"];
    const runs =
        args.length === 0 ? parts(all) : [args.some((arg) => /^(test|examples)/.test(arg)) ? args : [...all, ...args]];
    const results = await Promise.all(runs.map(tests));
    const sum = (key) => results.reduce((total, result) => total + result[key], 0);
    const passed = sum("passed") + checks.filter(Boolean).length;
    const failed = sum("failed") + checks.filter((ok) => !ok).length;
    console.log(`${passed} passed, ${failed} failed, ${sum("skipped")} skipped`);
    process.exitCode = failed === 0 ? 0 : 1;
}

void main();
