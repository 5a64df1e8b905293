import { dirname, relative, resolve, sep } from "node:path";
import { fileOf, onModules, projectPath } from "./modules.mjs";

/**
 * Files import from another folder only by its `index.ts`, which says what the folder offers, or by a door that the
 * options name: a second entry for files for which the index would load too much.
 */
export const doors = {
    meta: { type: "problem", schema: [{ type: "object" }] },
    create({ cwd, filename, options: [{ doors: named = [] }], report }) {
        const from = projectPath(cwd, filename);
        return onModules((node, specifier) => {
            if (!specifier.startsWith(".")) {
                return;
            }
            const to = projectPath(cwd, fileOf(filename, specifier) ?? `${resolve(dirname(filename), specifier)}.ts`);
            const folder = foldersOf(to).find((each) => !from.startsWith(`${each}/`));
            if (folder === undefined || to.startsWith("../") || to === `${folder}/index.ts` || named.includes(to)) {
                return;
            }
            const door = relative(dirname(filename), resolve(cwd, folder)).split(sep).join("/");
            report({
                node,
                message: `"${specifier}" reaches past the index of ${folder}/: import from "${door.startsWith(".") ? door : `./${door}`}", and let ${folder}/index.ts offer what you need`,
            });
        });
    },
};

/** The folders that contain a file, the outermost first. */
function foldersOf(file) {
    const parts = file.split("/").slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** An index only says what its folder offers, and what must run before it is loaded. Code belongs in a file with a name. */
export const indexes = {
    meta: { type: "problem", schema: [] },
    create: ({ report }) => ({
        Program({ body }) {
            const mayStand = ({ type, source, specifiers = [] }) =>
                (type.startsWith("Export") && source) || (type === "ImportDeclaration" && specifiers.length === 0);
            for (const node of body.filter((each) => !mayStand(each))) {
                report({
                    node,
                    message: "index.ts only re-exports: move this to a file with a name, and export it from here",
                });
            }
        },
    }),
};
