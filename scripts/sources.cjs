// The options with which Node runs the TypeScript of this checkout, for all scripts that start such a process.
const { join } = require("node:path");

const root = join(__dirname, "..");

/** The TypeScript compiler that is written in Go. It takes a quarter of the time; `typescript` is the one with an API. */
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
