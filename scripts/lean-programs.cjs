// `npm test` runs Pulumi programs without what costs most of their processor time and changes no result: what the engine
// leaves out in each program (lean-sdk.ts), in tests that are programs themselves too; ts-node, because register.cjs does its
// work; and source maps for stacks.
const Module = require("node:module");
const { join, sep } = require("node:path");

const root = join(__dirname, "..");
/** The programs in these folders have the form of the examples. Programs of other forms are elsewhere. */
const folders = ["examples", "temp", "test"].map((name) => join(root, name) + sep);

/** Makes the program leaner that this process runs, as its only work or inside of a test. */
function leaner() {
    require("../engine/processes/lean-sdk.ts");
    const load = Module._load;
    Module._load = (request, parent, ...rest) => {
        if (/[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run\b/.test(request)) {
            withoutCompiler();
        }
        return request === "source-map-support/register" && /[\\/]@pulumi[\\/]pulumi[\\/]/.test(parent?.filename)
            ? {}
            : load(request, parent, ...rest);
    };
}

/** Lets register.cjs alone compile a program in one of the folders, when the SDK's script that runs it is loaded. */
function withoutCompiler() {
    const directory = process.argv.find((arg) => arg.startsWith("--pwd="))?.slice("--pwd=".length);
    if (directory !== undefined && folders.some((folder) => `${directory}${sep}`.startsWith(folder))) {
        process.env.PULUMI_NODEJS_TYPESCRIPT = "false";
    }
}

module.exports = { leaner };
