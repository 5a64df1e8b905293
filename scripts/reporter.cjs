// Mocha's progress as `npm test` shows it: a line for each top-level suite, failures as they happen and again in full at
// the end, skipped tests by name with their reason. Leaves the counts in the file given as the reporter option `file`.
const { writeFileSync } = require("node:fs");
const { styleText } = require("node:util");
const { reporters, Runner } = require("mocha");

const E = Runner.constants;
/** What still keeps the process alive this long after the last test is a leak, and is named. */
const LEAK_MILLISECONDS = 10_000;

class Reporter extends reporters.Base {
    constructor(runner, options) {
        super(runner, options);
        const skipped = [];
        let counts;
        let begun;
        runner.on(E.EVENT_SUITE_BEGIN, (suite) => {
            if (suite.parent?.root !== true) return;
            counts = { passed: 0, failed: 0, skipped: 0 };
            begun = performance.now();
        });
        runner.on(E.EVENT_TEST_PASS, () => count(counts, "passed"));
        runner.on(E.EVENT_TEST_FAIL, (test) => {
            count(counts, "failed");
            console.log(`${styleText("red", "✗")} ${test.fullTitle()}`);
        });
        runner.on(E.EVENT_TEST_PENDING, (test) => {
            count(counts, "skipped");
            skipped.push(`${test.fullTitle()}: ${reason(test)}`);
        });
        runner.on(E.EVENT_SUITE_END, (suite) => {
            if (suite.parent?.root !== true) return;
            const seconds = ((performance.now() - begun) / 1000).toFixed(1);
            const mark = counts.failed === 0 ? styleText("green", "✓") : styleText("red", "✗");
            const shown = Object.entries(counts).filter(([, n]) => n > 0);
            console.log(
                `${mark} ${suite.title}: ${shown.map(([name, n]) => `${n} ${name}`).join(", ")} (${seconds} s)`,
            );
        });
        runner.once(E.EVENT_RUN_END, () => {
            if (this.failures.length > 0) reporters.Base.list(this.failures);
            if (skipped.length > 0) console.log(`\nskipped:\n${skipped.map((line) => `  - ${line}`).join("\n")}\n`);
            const { passes, failures, pending } = this.stats;
            const results = { passed: passes, failed: failures, skipped: pending };
            const { file } = options.reporterOptions ?? {};
            if (file) writeFileSync(file, JSON.stringify(results));
            setTimeout(() => {
                console.error(
                    `the tests ended, but something stays open: ${process.getActiveResourcesInfo().join(", ")}${handles()}`,
                );
                process.exit(1);
            }, LEAK_MILLISECONDS).unref();
        });
    }
}

/** What is known of open handles: a program that was started, who is connected, what listens. */
function handles() {
    const known = process._getActiveHandles().flatMap((handle) => {
        if (handle.spawnargs) return [`${handle.spawnargs.slice(0, 6).join(" ")} (process ${handle.pid})`];
        if (handle.listening) return [`a server at ${JSON.stringify(handle.address())}`];
        return handle.remotePort ? [`a connection to port ${handle.remotePort}`] : [];
    });
    return known.length > 0 ? `; ${known.join("; ")}` : "";
}

function count(counts, kind) {
    if (counts) counts[kind] += 1;
}

/** `skip(this, reason)` of test/support leaves the reason on the test, or on the suite whose hook called it. */
function reason(test) {
    for (let at = test; at; at = at.parent) if (at.skipReason) return at.skipReason;
    return "no reason given";
}

module.exports = Reporter;
