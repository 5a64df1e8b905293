// Mocha's progress as `npm test` shows it: a line for each top-level suite, failures as they happen, and again in full at
// the end of the run. The results go to the reporter option `done`, or as JSON to the file in the option `file`.
const { writeFileSync } = require("node:fs");
const { styleText } = require("node:util");
const { reporters, Runner } = require("mocha");
const { openHandles } = require("./open-handles.cjs");
const { mapError } = require("./stacks.cjs");

const E = Runner.constants;

class Reporter extends reporters.Base {
    constructor(runner, options) {
        super(runner, options);
        const results = { passed: 0, failed: [], skipped: [], seconds: {} };
        let counts;
        let begun;
        runner.on(E.EVENT_SUITE_BEGIN, (suite) => {
            if (suite.parent?.root !== true) {
                return;
            }
            counts = { passed: 0, failed: 0, skipped: 0 };
            begun = performance.now();
        });
        runner.on(E.EVENT_TEST_PASS, () => {
            results.passed += 1;
            if (counts) {
                counts.passed += 1;
            }
        });
        runner.on(E.EVENT_TEST_FAIL, (test, error) => {
            mapError(error);
            results.failed.push(`${test.fullTitle()}\n${beginning(error)}`);
            if (counts) {
                counts.failed += 1;
            }
            console.log(`${styleText("red", "✗")} ${test.fullTitle()}`);
        });
        runner.on(E.EVENT_TEST_PENDING, (test) => {
            const why = reason(test);
            // A test that is skipped without a reason fails, because nobody would know why it does not run.
            if (why) {
                results.skipped.push(`${test.fullTitle()}: ${why}`);
            } else {
                results.failed.push(`${test.fullTitle()}: skipped, and nothing says why; call skip(this, reason)`);
            }
            if (counts) {
                counts.skipped += 1;
            }
        });
        runner.on(E.EVENT_SUITE_END, (suite) => {
            if (suite.parent?.root !== true) {
                return;
            }
            const seconds = (performance.now() - begun) / 1000;
            if (suite.file) {
                results.seconds[suite.file] = (results.seconds[suite.file] ?? 0) + seconds;
            }
            const mark = counts.failed === 0 ? styleText("green", "✓") : styleText("red", "✗");
            const shown = Object.entries(counts).filter(([, n]) => n > 0);
            console.log(
                `${mark} ${suite.title}: ${shown.map(([name, n]) => `${n} ${name}`).join(", ")} (${seconds.toFixed(1)} s)`,
            );
        });
        runner.once(E.EVENT_RUN_END, () => {
            if (this.failures.length > 0) {
                reporters.Base.list(this.failures);
            }
            const { done, file } = options.reporterOptions ?? {};
            if (done) {
                return done(results);
            }
            if (file) {
                writeFileSync(file, JSON.stringify(results));
            }
            openHandles();
        });
    }
}

/** The first lines of an error, which the list at the end of a run shows, because CI may cut off what stands before it. */
function beginning(error) {
    const lines = String(error?.message ?? error).split("\n");
    return lines
        .slice(0, 12)
        .map((line) => `      ${line.slice(0, 300)}`)
        .join("\n");
}

/** `skip(this, reason)` of test/support leaves the reason on the test, or on the suite whose hook called it. */
function reason(test) {
    for (let at = test; at; at = at.parent) {
        if (at.skipReason) {
            return at.skipReason;
        }
    }
    return undefined;
}

module.exports = Reporter;
