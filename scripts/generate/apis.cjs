// Makes docs/apis.md: what the sandbox implements, as `gcp-invoke sandbox apis --markdown` prints it.
const { execFileSync } = require("node:child_process");
const { join } = require("node:path");
const { environment, nodeArguments, root } = require("../sources.cjs");

function make() {
    const command = [...nodeArguments, join(root, "cli", "main.ts"), "sandbox", "apis", "--markdown"];
    return {
        "docs/apis.md": execFileSync(process.execPath, command, { cwd: root, env: environment, encoding: "utf8" }),
    };
}

module.exports = { make };
