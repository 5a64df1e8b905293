// How Node is told to run this checkout's TypeScript: shared by the scripts that start a process on it.
const { join } = require("node:path");

const root = join(__dirname, "..");

module.exports = {
    root,
    nodeArguments: [
        "--no-experimental-strip-types",
        "--conditions=pulumi-gcp-invoke-source",
        `--require=${join(__dirname, "register.cjs")}`,
    ],
    environment: { ...process.env, NODE_COMPILE_CACHE: join(root, ".cache", "compile") },
};
