// One of the processes that run the test files for check.cjs. It runs the file that it is sent, answers with the results,
// and gets the next file. What one file has loaded, the next does not load again.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
require("./register.cjs");
const Mocha = require("mocha");
const { openHandles } = require("./open-handles.cjs");
const Reporter = require("./reporter.cjs");
const { mapError } = require("./stacks.cjs");

const { timeout } = JSON.parse(readFileSync(join(__dirname, "..", ".mocharc.json"), "utf8"));

process.on("message", ({ file }) => {
    if (file !== undefined) {
        return runFile(file);
    }
    process.disconnect();
    openHandles();
});

function runFile(file) {
    const begun = performance.now();
    const answer = (results) => process.send({ ...results, seconds: { [file]: (performance.now() - begun) / 1000 } });
    try {
        let results;
        const mocha = new Mocha({
            timeout,
            reporter: Reporter,
            reporterOptions: { done: (found) => (results = found) },
        });
        mocha.addFile(file);
        mocha.loadFiles();
        mocha.run(() => {
            mocha.dispose();
            answer(results);
        });
    } catch (error) {
        mapError(error);
        console.error(`${file} cannot be loaded: ${error.stack}`);
        answer({ passed: 0, failed: [`${file} cannot be loaded`], skipped: [] });
    }
}
