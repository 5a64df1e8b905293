// `npm run bench` runs this: test/bench/main.ts on the sources. It prints figures and no verdict, because machines differ.
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");
const { root, nodeArguments, environment } = require("./sources.cjs");

const { status } = spawnSync(
    process.execPath,
    [...nodeArguments, join(root, "test", "bench", "main.ts"), ...process.argv.slice(2)],
    {
        cwd: root,
        stdio: "inherit",
        env: environment,
    },
);
process.exit(status ?? 1);
