// How Node is told to run this checkout's TypeScript: shared by the scripts that start a process on it.
const { join } = require("node:path");

const root = join(__dirname, "..");

/** The compiler of TypeScript in Go, which takes a fifth of the time. `typescript` is the one that has an API. */
const compiler = join(root, "node_modules", "typescript-native", "bin", "tsc");

module.exports = {
    root,
    compiler,
    nodeArguments: [
        "--no-experimental-strip-types",
        "--conditions=pulumi-gcp-invoke-source",
        `--require=${join(__dirname, "register.cjs")}`,
    ],
    environment: { ...process.env, NODE_COMPILE_CACHE: join(root, ".cache", "compile") },
};
