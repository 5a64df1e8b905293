// Builds the package: `node scripts/build.cjs`, which `npm run build` does.
const { spawnSync } = require("node:child_process");
const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { dirname, join, resolve } = require("node:path");

const { compiler, root } = require("./sources.cjs");

/**
 * Compiles the sources to `folder`. The programs have no comments, tables have no line ends, and only the declarations that an entry point leads to
 * are kept: together these are a third of what would be installed otherwise.
 */
function build({ folder = join(root, "dist"), check = true } = {}) {
    rmSync(folder, { recursive: true, force: true });
    const common = ["-p", "tsconfig.build.json", "--outDir", folder];
    compile([...common, "--emitDeclarationOnly", ...(check ? [] : ["--noCheck"])]);
    compile([...common, "--declaration", "false", "--removeComments", "--noCheck"]);
    prune(folder);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        if (name.endsWith(".json")) {
            const file = join(resolve(root, folder), name);
            writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, "utf8"))));
        }
    }
}

function compile(args) {
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...args], { cwd: root, encoding: "utf8" });
    if (status !== 0) {
        throw new Error(`the package does not compile:\n${stdout}`);
    }
}

/** Deletes the declarations that no import from an entry point leads to. */
function prune(folder) {
    const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const entries = Object.values(exports).flatMap(({ types }) => (types ? [types.replace("./dist", folder)] : []));
    const kept = new Set();
    const visit = (file) => {
        if (!kept.has(file)) {
            kept.add(file);
            const text = readFileSync(file, "utf8");
            for (const [, path] of text.matchAll(/(?:from|import\(|import) ?"(\.[^"]*)"/g)) {
                const target = resolve(dirname(file), path);
                const found = [`${target}.d.ts`, join(target, "index.d.ts")].find((each) => existsSync(each));
                // A table in JSON has no declarations.
                if (found !== undefined) {
                    visit(found);
                }
            }
        }
    };
    entries.map((entry) => resolve(root, entry)).forEach(visit);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        const file = join(resolve(root, folder), name);
        if (name.endsWith(".d.ts") && !kept.has(file)) {
            rmSync(file);
        }
    }
}

module.exports = { build };

if (require.main === module) {
    build();
}
