import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";

export const root = join(__dirname, "..", "..");

/** What is generated from definitions of Google's: nobody reads it as a whole. */
const GENERATED = ["engine/provider/catalog/table.ts", "sandbox/apis/descriptors/", "workflow/build/apis/"];

/** The top folders of the sources. */
export const TOP = [
    "common",
    "errors",
    "components",
    "workflow",
    "credentials",
    "access",
    "smoke",
    "plugin",
    "policy",
    "engine",
    "sandbox",
    "cli",
    "testing",
];

/** The project's source files that are written by hand, without tests and examples. */
export function sourceFiles(): string[] {
    return ["index.ts", ...TOP.flatMap((folder) => filesBelow(folder))].filter(
        (file) => !GENERATED.some((generated) => file.startsWith(generated)),
    );
}

/** The project's scripts. */
export function scriptFiles(): string[] {
    return filesBelow("scripts", /\.(cjs|mjs|py)$/);
}

/** The files below a folder whose names end so, by their paths in the project. */
export function filesBelow(folder: string, ending = /\.ts$/): string[] {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && ending.test(entry.name))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** Each import of one source file by another, types too, but not what is loaded when it is needed. */
export function importsOfProject(): { from: string; to: string }[] {
    const files = new Set(sourceFiles());
    return [...files].flatMap((from) =>
        ts
            .createSourceFile(from, readFileSync(join(root, from), "utf8"), ts.ScriptTarget.Latest)
            .statements.flatMap((statement) => {
                if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) {
                    return [];
                }
                const { moduleSpecifier } = statement;
                if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) {
                    return [];
                }
                const path = join(dirname(from), moduleSpecifier.text).split(sep).join("/");
                const to = [`${path}.ts`, `${path}/index.ts`].find((file) => files.has(file));
                return to === undefined ? [] : [{ from, to }];
            }),
    );
}
