// The gcp-invoke command from the sources, for work in a checkout (users get dist/cli/main.js).
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

const root = join(__dirname, "..");
const { status, signal } = spawnSync(
    process.execPath,
    [
        "--no-experimental-strip-types",
        "--conditions=pulumi-gcp-invoke-source",
        "--require=ts-node/register",
        join(root, "cli", "main.ts"),
        ...process.argv.slice(2),
    ],
    {
        cwd: process.env.INIT_CWD ?? process.cwd(),
        stdio: "inherit",
        env: {
            ...process.env,
            TS_NODE_PROJECT: join(root, "tsconfig.json"),
            NODE_COMPILE_CACHE: join(root, ".cache", "compile"),
        },
    },
);
process.exit(signal ? 1 : (status ?? 1));
