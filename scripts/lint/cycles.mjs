import { fileOf, importsOf, projectPath } from "./modules.mjs";

/** No file imports itself by way of others, not even for a type: what two files need of one another is a third. */
export const cycles = {
    meta: { type: "problem", schema: [] },
    create({ cwd, filename, report }) {
        const reported = new Set();
        return {
            "ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration"(node) {
                const start = node.source && fileOf(filename, node.source.value);
                const path = start && wayTo(filename, start);
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

/** The shortest way to a file from one that may import it, by way of others; undefined where there is none. */
function wayTo(goal, start) {
    const before = new Map([[start, undefined]]);
    for (const file of before.keys()) {
        if (file === goal) {
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
    const way = [];
    for (let at = file; at !== undefined; at = before.get(at)) {
        way.unshift(at);
    }
    return way;
}
