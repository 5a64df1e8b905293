import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";

/** A path as the rules know it: relative to the project, with slashes. */
export const projectPath = (root, file) => relative(root, file).split(sep).join("/");

/** The file that a relative import names; undefined where it names none of the project's own TypeScript. */
export function fileOf(from, specifier) {
    if (!/^\.\.?(\/|$)/.test(specifier)) {
        return undefined;
    }
    const path = resolve(dirname(from), specifier);
    return [`${path}.ts`, join(path, "index.ts"), path].find((file) => file.endsWith(".ts") && existsSync(file));
}

/** Calls back for all that names a module: imports, exports, `import()`, `import("…")` as a type, `require("…")`. */
export function onModules(callback) {
    const tell = (source) => {
        if (source?.type === "Literal" && typeof source.value === "string") {
            callback(source, source.value);
        }
    };
    return {
        ImportDeclaration: ({ source }) => tell(source),
        ExportNamedDeclaration: ({ source }) => tell(source),
        ExportAllDeclaration: ({ source }) => tell(source),
        ImportExpression: ({ source }) => tell(source),
        TSImportType: ({ source, argument }) => tell(source ?? argument?.literal),
        TSExternalModuleReference: ({ expression }) => tell(expression),
        CallExpression({ callee, arguments: [first] }) {
            if (callee.type === "Identifier" && ["require", "load"].includes(callee.name)) {
                tell(first);
            }
        },
    };
}

const imports = new Map();

/** The files that a file imports, types too, but not what it loads later. Each file is read once a process. */
export function importsOf(file) {
    const known = imports.get(file) ?? readImports(file);
    imports.set(file, known);
    return known;
}

function readImports(file) {
    return ts
        .createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest)
        .statements.filter((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
        .flatMap(({ moduleSpecifier }) => (moduleSpecifier ? (fileOf(file, moduleSpecifier.text) ?? []) : []));
}
