// `npm test` runs Pulumi programs without what costs most of their processor time and changes no result: ts-node, because
// register.cjs does its work; source maps for the stacks that the SDK takes of every promise, and these stacks themselves;
// and libraries that the SDK loads to serialize functions, to send traces, and to read installed packages. To serialize
// functions, the SDK also attaches a debugger to the process and changes a flag of V8. A debugger looks at every script that is
// loaded, and code that was compiled with other flags is not taken from the cache.
const Module = require("node:module");
const { join, sep } = require("node:path");

const root = join(__dirname, "..");
/** The programs in these folders have the form of the examples. Programs of other forms are elsewhere. */
const folders = ["examples", "temp", "test"].map((name) => join(root, name) + sep);

/** Makes the program leaner that this process runs, as its only work or inside of a test. */
function leaner() {
    const [, runner = "", ...args] = process.argv;
    const directory = args.find((arg) => arg.startsWith("--pwd="))?.slice("--pwd=".length);
    const runs = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run\b/.test(runner);
    if (runs && folders.some((folder) => `${directory}${sep}`.startsWith(folder))) {
        process.env.PULUMI_NODEJS_TYPESCRIPT = "false";
    }
    const load = Module._load;
    Module._load = (request, parent, ...rest) => {
        const loadNow = () => load(request, parent, ...rest);
        if (!/[\\/]@pulumi[\\/]pulumi[\\/]/.test(parent?.filename)) {
            return loadNow();
        }
        const change = CHANGES.find(([names]) => names.test(request))?.[1];
        return change === undefined ? loadNow() : change(loadNow);
    };
}

/** How modules that the SDK loads are changed. */
const CHANGES = [
    [/^source-map-support\/register$/, () => ({})],
    [/typescript-shim$/, (load) => lazy(load, {})],
    [/^\.\/automation$/, (load) => lazy(load, { __esModule: true })],
    [/\/v8$/, (load) => lazy(load, { __esModule: true })],
    [/\/v8Hooks$/, (load) => lazy(load, { __esModule: true, isInitializedAsync: async () => {} })],
    [
        /^normalize-package-data$/,
        (load) =>
            (...args) =>
                load()(...args),
    ],
    [/^@npmcli\/arborist$|^@opentelemetry\/(?!(api|semantic-conventions)$)/, later],
    [/\/debuggable$/, (load) => withoutStacks(load())],
];

/** Loads a module when one of its exports is read. */
const lazy = (load, known) => new Proxy(known, { get: (_, name) => known[name] ?? load()[name] });

/** Loads a library when one of its functions or classes is used. */
function later(load) {
    const member = (name) =>
        function (...args) {
            return new.target === undefined ? load()[name](...args) : new (load()[name])(...args);
        };
    return new Proxy({}, { get: (_, name) => member(name) });
}

const changed = new WeakSet();

/** The SDK's promises that tell when a program forgot them, without the stack of each, which nobody prints. */
function withoutStacks(debuggable) {
    if (changed.has(debuggable)) {
        return debuggable;
    }
    changed.add(debuggable);
    const { debuggablePromise } = debuggable;
    debuggable.debuggablePromise = (...args) => {
        const limit = Error.stackTraceLimit;
        Error.stackTraceLimit = 0;
        try {
            return debuggablePromise(...args);
        } finally {
            Error.stackTraceLimit = limit;
        }
    };
    return debuggable;
}

module.exports = { leaner };
