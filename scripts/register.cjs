// Runs the TypeScript sources without type-checking, as ts-node's transpile-only mode does, but caches the JavaScript.
// Loading the compiler alone takes half a second, and every `gcp-invoke` in a checkout would need that time.
const { createHash } = require("node:crypto");
const Module = require("node:module");
const { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { threadId } = require("node:worker_threads");
const { basename, join, relative, sep } = require("node:path");
const { isLazyIndex, lazyIndex } = require("./compile/lazy-index.cjs");
const { leaner } = require("./lean-programs.cjs");

const root = join(__dirname, "..");
const cache = join(root, ".cache", "transpiled");
const version = createHash("sha256")
    .update(readFileSync(join(root, "tsconfig.json")))
    .update(readFileSync(join(__dirname, "compile", "lazy-index.cjs")))
    .update(readFileSync(join(root, "node_modules", "typescript", "package.json")))
    .digest("hex");

/** The JavaScript of one file, from the cache where the same text was seen before, also in a copy of the file. */
function transpiled(filename) {
    const source = readFileSync(filename, "utf8");
    const name = createHash("sha256").update(version).update(basename(filename)).update(source).digest("hex");
    return cached(`${name}.js`, () => transpile(filename, source));
}

/** What the cache has by a name. If it has nothing yet, that is made and kept. */
function cached(name, make) {
    const kept = join(cache, name);
    try {
        return readFileSync(kept, "utf8");
    } catch {
        const made = make();
        mkdirSync(cache, { recursive: true });
        // It is written under another name first, because another process or thread may read or write the same file at this moment.
        const written = `${kept}.${process.pid}-${threadId}`;
        writeFileSync(written, made);
        renameSync(written, kept);
        return made;
    }
}

/**
 * The JavaScript that is run for a file, without the map at its end. A source of the package is recognized by the time of its
 * last change, because a command has hundreds of them and would read each one twice.
 */
function executable(filename) {
    const path = relative(root, filename);
    if (!own.test(path)) {
        return transpiled(filename);
    }
    const { mtimeNs, size } = statSync(filename, { bigint: true });
    return cached(`${path.replaceAll(sep, "+")}.${mtimeNs}.${size}.${version.slice(0, 16)}.bare.js`, () => {
        const js = transpiled(filename);
        const made = isLazyIndex(path.replace(/\.ts$/, "")) ? lazyIndex(js) : js;
        return made.replace(/\/\/# sourceMappingURL=\S+\s*$/, "");
    });
}

function transpile(fileName, source) {
    const ts = require("typescript");
    return ts.transpileModule(source, {
        fileName,
        compilerOptions: {
            target: ts.ScriptTarget.ES2023,
            module: ts.ModuleKind.CommonJS,
            esModuleInterop: true,
            inlineSourceMap: true,
            inlineSources: false,
        },
    }).outputText;
}

// Pulumi's SDK keeps the stack of every promise that it makes: with source maps, tests of programs spend two thirds of
// their time on lines that nobody reads. `npm test` does without, and maps the stacks of failures (stacks.cjs).
const hasMaps = process.env.SOURCE_MAPS !== "off";
/** The files that run as they were compiled here. */
const compiled = new Set();
require.extensions[".ts"] = (module, filename) => {
    if (filename.includes(`${sep}node_modules${sep}`)) {
        throw new Error(`${filename}: TypeScript in node_modules is not run`);
    }
    // ts-node, which Pulumi's runner registers in front of this for a program, puts a function of its own in the place of
    // _compile. That compiles what it is given and checks its types, so it must get the source. Only for the package's own
    // sources it is left out, because compiling them again costs each program a second.
    const compiles = Object.hasOwn(module, "_compile");
    if (compiles && !own.test(relative(root, filename))) {
        module._compile(readFileSync(filename, "utf8"), filename);
    } else {
        compiled.add(filename);
        Module.prototype._compile.call(module, executable(filename), filename);
    }
};

/** The package's own folders, which a program in this checkout imports. */
const own =
    /^(index\.ts|(access|components|workflow|credentials|smoke|plugin|policy|engine|sandbox|cli|testing|errors|common)[\\/].*)$/;

if (hasMaps) {
    const { mapStacks } = require("../engine/processes/mapped-stacks.ts");
    mapStacks((file) => (compiled.has(file) && existsSync(file) ? transpiled(file) : undefined));
} else {
    leaner();
}

module.exports = { transpiled };
