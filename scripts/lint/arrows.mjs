import { dirname, resolve } from "node:path";
import { onModules, projectPath } from "./modules.mjs";

/**
 * Arrows between the top folders point one way only; an `import()` and the import of a type are arrows too. The second
 * option lists the rooms of a folder, if they have an order: each may import those that the list names after it.
 */
export const arrows = {
    meta: { type: "problem", schema: [{ type: "object" }, { type: "object" }] },
    create({ cwd, filename, options: [allowed, rooms = {}], report }) {
        const [from, fromRoom] = projectPath(cwd, filename).split("/");
        const order = rooms[from] ?? [];
        const folders = [...Object.keys(allowed), "examples", "test"];
        return onModules((node, specifier) => {
            if (!specifier.startsWith(".")) {
                return;
            }
            const [to, toRoom] = projectPath(cwd, resolve(dirname(filename), specifier)).split("/");
            if (to === from && order.includes(toRoom) && order.indexOf(toRoom) < order.indexOf(fromRoom)) {
                report({
                    node,
                    message: `${from}/${fromRoom}/ may not import ${to}/${toRoom}/, which comes before it (ARCHITECTURE.md)`,
                });
            }
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
