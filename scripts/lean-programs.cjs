// In `npm test` a Pulumi program of this checkout starts without three things that cost half of its processor time and
// change no result: ts-node, because register.cjs does its work; source maps for the stacks that the SDK takes of every
// promise; and npm's own library, which the SDK loads to serialize functions.
const Module = require("node:module");
const { join, sep } = require("node:path");

const root = join(__dirname, "..");
/** The programs in these folders have the form of the examples. Programs of other forms are elsewhere. */
const folders = ["examples", "temp", "test"].map((name) => join(root, name) + sep);

/** Makes the program leaner that this process will run. Does nothing in any other process. */
function leaner() {
    const [, runner = "", ...args] = process.argv;
    if (!/[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run\b/.test(runner)) {
        return;
    }
    const directory = args.find((arg) => arg.startsWith("--pwd="))?.slice("--pwd=".length);
    if (folders.some((folder) => `${directory}${sep}`.startsWith(folder))) {
        process.env.PULUMI_NODEJS_TYPESCRIPT = "false";
    }
    const load = Module._load;
    Module._load = (request, ...rest) => {
        if (request === "source-map-support/register") {
            return {};
        }
        return request === "@npmcli/arborist" ? later(() => load(request, ...rest)) : load(request, ...rest);
    };
}

const later = (library) => ({
    Arborist: function (options) {
        return new (library().Arborist)(options);
    },
});

module.exports = { leaner };
