// Builds the package: `node scripts/build.cjs`, which `npm run build` does.
const { spawnSync } = require("node:child_process");
const { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { basename, dirname, join, relative, resolve, sep } = require("node:path");
const { brotliCompressSync } = require("node:zlib");

const ts = require("typescript");
const { buildConsole } = require("./console.cjs");
const { isLazyIndex, lazyIndex } = require("./compile/lazy-index.cjs");
const { compiler, root } = require("./sources.cjs");

/**
 * Compiles the sources to `folder`. The programs have no comments and hardly a space, large tables are compressed, and only
 * the declarations that an entry point leads to are kept: together these are a third of what would be installed otherwise.
 */
function build({ folder = join(root, "dist"), check = true } = {}) {
    rmSync(folder, { recursive: true, force: true });
    compile(["-p", "tsconfig.build.json", "--outDir", folder, ...(check ? [] : ["--noCheck"])]);
    prune(folder);
    cpSync(join(root, PYTHON), join(resolve(root, folder), PYTHON));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const whole = (name) => join(resolve(root, folder), name);
    const tables = new Set(files.map(whole).filter((file) => file.endsWith(".json") && writeTable(file)));
    for (const name of files) {
        const file = whole(name);
        if (name.endsWith(".js")) {
            const text = readExpanded(tables, file, shareHelper(folder, file, readFileSync(file, "utf8")));
            const isLazy = isLazyIndex(name.replace(/\.js$/, ""));
            writeFileSync(
                file,
                basename(name) === "index.js" ? compactIndex(isLazy ? lazyIndex(text) : text) : compact(text),
            );
        } else if (name.endsWith(".d.ts")) {
            writeFileSync(file, (GENERATED.test(name) ? dense : narrow)(readFileSync(file, "utf8")));
        }
    }
    buildConsole(join(resolve(root, folder), "cli", "console", "page"));
}

/** The types of the connectors, which nobody wrote by hand. */
const GENERATED = /^workflow[\\/]build[\\/]apis[\\/]/;

/** The program of another language that the package has. */
const PYTHON = join("engine", "languages", "run.py");

/** What the compiler writes into each program that imports all of a module. */
const HELPER = /^var __createBinding = [^]*?^var __importStar = [^]*?^\}\)\(\);\n/m;

/** A program with the compiler's helper in a file of its own. In each program it would take a tenth of all. */
function shareHelper(folder, file, text) {
    const [helper] = HELPER.exec(text) ?? [];
    // Where all of a module is exported too, the helper is used once more.
    if (helper === undefined || text.includes("__exportStar")) {
        return text;
    }
    const shared = join(resolve(root, folder), "import-star.js");
    writeFileSync(shared, `"use strict";\n${helper}exports.__importStar = __importStar;\n`);
    const path = relative(dirname(file), shared).replaceAll(sep, "/");
    const line = `const { __importStar } = require("${path.startsWith(".") ? path : `./${path}`}");\n`;
    return text.replace(helper, () => line);
}

/** The characters from which on a table is compressed. */
const LARGE = 40_000;

/**
 * Writes a table without line ends, and a large one as a program that expands it, because a bundler takes that along too.
 * Says whether it is large.
 */
function writeTable(file) {
    const text = JSON.stringify(JSON.parse(readFileSync(file, "utf8")));
    if (text.length < LARGE) {
        writeFileSync(file, text);
        return false;
    }
    const compressed = brotliCompressSync(text).toString("base64");
    const expand = `require("node:zlib").brotliDecompressSync(Buffer.from("${compressed}","base64"))`;
    writeFileSync(`${file}.js`, `"use strict";module.exports=JSON.parse(${expand}.toString());\n`);
    rmSync(file);
    return true;
}

/** A program that reads each of the tables from the program that {@link writeTable} makes of it. */
function readExpanded(tables, file, text) {
    return text.replace(/require\("(\.[^"]*\.json)"\)/g, (statement, path) =>
        tables.has(resolve(dirname(file), path)) ? `require("${path}.js")` : statement,
    );
}

/**
 * A program without the spaces that only people need, in lines that a stack still tells apart. Names that only one function
 * uses are short, which is a tenth of all; those that a stack shows stay: of the functions and classes of a file, and of methods.
 */
function compact(text) {
    return transformed(text, { minifySyntax: true, minifyIdentifiers: true, lineLimit: 120, target: "esnext" });
}

/** An index without these spaces. Node looks there for the names that other modules import, and finds them in no other syntax. */
function compactIndex(text) {
    return transformed(text, {});
}

function transformed(text, options) {
    return require("esbuild").transformSync(text, { minifyWhitespace: true, charset: "utf8", ...options }).code;
}

/** Generated declarations without the spaces that only people need, in a line for each member and statement. */
function dense(text) {
    const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
    let depth = 0;
    let written = "";
    while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) {
        const token = scanner.getTokenText();
        const [comment = ""] =
            /\/\*\*[^]*?\*\//.exec(text.slice(scanner.getTokenFullStart(), scanner.getTokenStart())) ?? [];
        depth += token === "{" ? 1 : token === "}" ? -1 : 0;
        const isStatement = depth === 0 && written.endsWith("}") && /^(export|interface|type)$/.test(token);
        const isApart = /[\w$]$/.test(written) && /^[\w$]/.test(token);
        const space = isStatement ? "\n" : isApart ? " " : "";
        const end = token === ";" && depth <= 1 ? "\n" : "";
        // The last member of a type needs no semicolon.
        const before = token === "}" ? written.replace(/;\n?$/, "") : written;
        written = `${before}${space}${comment}${token}${end}`;
    }
    return named(written);
}

/** Declarations in which a union of texts that occurs more than once has a name. */
function named(text) {
    const unions = text.match(/"\w+"(?:\|"\w+")+/g) ?? [];
    const repeated = [...new Set(unions)].filter(
        (union) => union.length > 30 && unions.indexOf(union) !== unions.lastIndexOf(union),
    );
    const names = new Map(repeated.map((union, index) => [union, `$${index}`]));
    const types = repeated.map((union) => `type ${names.get(union)}=${union};\n`);
    return text.replace(/"\w+"(?:\|"\w+")+/g, (union) => names.get(union) ?? union) + types.join("");
}

/** Declarations, indented by one space in place of four. Within texts of several lines, every space counts. */
function narrow(text) {
    const source = ts.createSourceFile("a.js", text, ts.ScriptTarget.Latest);
    const kept = new Set();
    const visit = (node) => {
        if (ts.isLiteralExpression(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node)) {
            const lineOf = (at) => source.getLineAndCharacterOfPosition(at).line;
            for (let line = lineOf(node.getStart(source)) + 1; line <= lineOf(node.end); line++) {
                kept.add(line);
            }
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    return text
        .split("\n")
        .map((line, at) =>
            kept.has(at) ? line : line.replace(/^(?: {4})+/, (spaces) => " ".repeat(spaces.length / 4)),
        )
        .join("\n");
}

function compile(args) {
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...args], { cwd: root, encoding: "utf8" });
    if (status !== 0) {
        throw new Error(`the package does not compile:\n${stdout}`);
    }
}

/** An import or an export of names from another file, an export of all its names, or an import within a type. */
const REFERENCE =
    /(?:import|export)\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{([^}]*)\}|\w+)\s+from\s+"(\.[^"]*)";|import\("(\.[^"]*)"\)(?:\.(\w+))?/g;

/** The names in `a, type b as c`, each as it is called where it comes from and where it goes to. */
function namesIn(list) {
    const each = list.split(",").map((name) => name.replace(/\btype\s+/, "").trim());
    return each
        .filter(Boolean)
        .map((name) => name.split(/\s+as\s+/))
        .map(([from, to = from]) => ({ from, to }));
}

/**
 * Deletes the declarations to which no entry point leads. An `index.d.ts` only passes names on, so that it leads to those
 * of its names that somebody takes, and keeps no others.
 */
function prune(folder) {
    const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    /** The names that are taken from each file; `*` stands for all. */
    const taken = new Map();
    const fileOf = (from, path) => {
        const target = resolve(dirname(from), path);
        return [`${target}.d.ts`, join(target, "index.d.ts")].find((each) => existsSync(each));
    };
    const take = (file, names) => {
        const known = taken.get(file) ?? new Set();
        const added = names.filter((name) => !known.has(name));
        taken.set(file, new Set([...known, ...added]));
        if (added.length === 0 && known.size > 0) {
            return;
        }
        for (const [statement, list, path, inline, member] of readFileSync(file, "utf8").matchAll(REFERENCE)) {
            const target = fileOf(file, path ?? inline);
            const wanted =
                list === undefined ? [member ?? "*"] : passedOn(file, statement, list).map(({ from }) => from);
            // A table in JSON has no declarations.
            if (target !== undefined && wanted.length > 0) {
                take(target, wanted);
            }
        }
    };
    const passedOn = (file, statement, list) => {
        const names = taken.get(file);
        const isPassed = file.endsWith("index.d.ts") && statement.startsWith("export") && !names.has("*");
        return namesIn(list).filter(({ to }) => !isPassed || names.has(to));
    };
    for (const { types } of Object.values(exports).filter((entry) => entry.types)) {
        take(resolve(root, types.replace("./dist", folder)), ["*"]);
    }
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        const file = join(resolve(root, folder), name);
        if (!name.endsWith(".d.ts")) {
            continue;
        }
        if (!taken.has(file)) {
            rmSync(file);
        } else if (name.endsWith("index.d.ts") && !taken.get(file).has("*")) {
            const text = readFileSync(file, "utf8").replace(REFERENCE, (statement, list) => {
                const kept = list === undefined ? [] : passedOn(file, statement, list);
                const names = kept.map(({ from, to }) => (from === to ? to : `${from} as ${to}`));
                return list === undefined
                    ? statement
                    : kept.length === 0
                      ? ""
                      : statement.replace(list, ` ${names.join(", ")} `);
            });
            writeFileSync(file, text);
        }
    }
}

module.exports = { build };

if (require.main === module) {
    build();
}
