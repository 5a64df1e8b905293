import { dirname, resolve } from "node:path";
import { onModules, projectPath } from "./modules.mjs";

/** Arrows between the top folders point one way only; an `import()` and the import of a type are arrows too. */
export const arrows = {
    meta: { type: "problem", schema: [{ type: "object" }] },
    create({ cwd, filename, options: [allowed], report }) {
        const [from] = projectPath(cwd, filename).split("/");
        const folders = [...Object.keys(allowed), "examples", "test"];
        return onModules((node, specifier) => {
            if (!specifier.startsWith(".")) {
                return;
            }
            const [to] = projectPath(cwd, resolve(dirname(filename), specifier)).split("/");
            if (to === from || !folders.includes(to) || allowed[from]?.includes(to) !== false) {
                return;
            }
            const may = allowed[from].map((folder) => `${folder}/`).join(", ") || "no other folder";
            report({
                node,
                message: `${from}/ may import ${may}: arrows point one way only (ARCHITECTURE.md)`,
            });
        });
    },
};
