import { fileOf, importsOf, projectPath } from "./modules.mjs";

/** No file imports itself by path of others, not even for a type. What two files need from each other belongs in a third. */
export const cycles = {
    meta: { type: "problem", schema: [] },
    create({ cwd, filename, report }) {
        const reported = new Set();
        return {
            "ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration"(node) {
                const start = node.source && fileOf(filename, node.source.value);
                const path = start && pathTo(filename, start);
                if (!path || reported.has(start)) {
                    return;
                }
                reported.add(start);
                const names = [filename, ...path].map((file) => projectPath(cwd, file));
                report({ node, message: `these files import one another in a cycle: ${names.join(" → ")}` });
            },
        };
    },
};

/** The shortest path of imports from one file to another; undefined if there is none. */
function pathTo(target, start) {
    const before = new Map([[start, undefined]]);
    for (const file of before.keys()) {
        if (file === target) {
            return trace(file, before);
        }
        for (const next of importsOf(file)) {
            if (!before.has(next)) {
                before.set(next, file);
            }
        }
    }
    return undefined;
}

function trace(file, before) {
    const path = [];
    for (let at = file; at !== undefined; at = before.get(at)) {
        path.unshift(at);
    }
    return path;
}
