// Makes pictures of the console: `npm run console:shots`. They are in .cache/console-shots.
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");
const { root, nodeArguments, environment } = require("./sources.cjs");

const { status } = spawnSync(process.execPath, [...nodeArguments, join(root, "test", "cli", "console", "shots.ts")], {
    cwd: root,
    stdio: "inherit",
    env: environment,
});
process.exitCode = status ?? 1;
