// An `index.ts` only passes names on. Here each file that it names is loaded when somebody takes a name from it: a program or a
// command needs few of the hundreds of files, and most of the time that it takes to start is spent on loading them.

/** What the compiler writes for `export { name } from "./file"`: it loads the file, and a function for each name reads it. */
const LOADS = /^(?:var|const) (\w+) = require\(("[^"]*")\);$/gm;
const READS = /Object\.defineProperty\(exports(, .*?get: function \(\) \{ return (?:__importDefault\()?)(\w+)(\)?\.)/g;
/** What it writes for `export * as name from "./file"`. */
const LOADS_ALL = /^exports\.(\w+) = __importStar\(require\(("[^"]*")\)\);$/gm;

/**
 * Whether a file, by its path in the package and without its extension, is an index that is to load files so. Those of the
 * engine load all at once, because whoever loads the engine is told then, and not at some later step, what is not installed.
 */
const isLazyIndex = (path) => /^(?!engine[\\/])(.*[\\/])?index$/.test(path);

/**
 * The JavaScript of an index, which loads a file when a name of it is read. No line moves. The properties are defined on `this`,
 * because Node 20 would not offer for import what it finds defined on `exports` in a form that it does not know.
 */
function lazyIndex(text) {
    return text
        .replace(LOADS, (_, name, path) => `let ${name}$; const ${name} = () => (${name}$ ??= require(${path}));`)
        .replace(READS, "Object.defineProperty(this$1$2()$3")
        .replace(LOADS_ALL, (_, name, path) => {
            const read = `get: function () { return __importStar(require(${path})); }`;
            return `Object.defineProperty(this, "${name}", { enumerable: true, ${read} });`;
        });
}

module.exports = { isLazyIndex, lazyIndex };
