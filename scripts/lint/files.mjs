import { projectPath } from "./modules.mjs";

const FILE_SYSTEM = /^(node:)?fs(\/promises)?$/;
/** Functions that make, change or name a file or folder. */
const WRITES =
    /^(appendFile|chmod|copyFile|cp|createWriteStream|ftruncate|lchmod|link|mkdir|mkdtemp|open|rename|symlink|truncate|write|writeFile|writev)(Sync|Disposable)?$/;

/**
 * Files and folders are written by the functions of `common/private-files.ts`, which follow no link, and make what they
 * write private. Who writes in another way is named in `.oxlintrc.json`, with the reason beside the code.
 */
export const files = {
    meta: { type: "problem", schema: [{ type: "object" }] },
    create({ cwd, filename, options: [{ writers }], report }) {
        if (writers.includes(projectPath(cwd, filename))) {
            return {};
        }
        const complain = (node, what) =>
            report({
                node,
                message: `${what} of node:fs goes round common/private-files.ts: use makePrivateFolder, writePrivateFile, openPrivateFile or LineFile`,
            });
        return {
            ImportDeclaration({ source, specifiers, importKind }) {
                if (!FILE_SYSTEM.test(source.value) || importKind === "type") {
                    return;
                }
                for (const specifier of specifiers) {
                    const name = specifier.imported?.name ?? specifier.imported?.value;
                    if (name === undefined) {
                        complain(specifier, "the whole");
                    } else if (WRITES.test(name) || name === "promises") {
                        complain(specifier, name);
                    }
                }
            },
            ImportExpression({ source }) {
                if (FILE_SYSTEM.test(source.value)) {
                    complain(source, "the whole");
                }
            },
            CallExpression({ callee, arguments: [first] }) {
                const loads =
                    callee.type === "Identifier"
                        ? callee.name === "require"
                        : /^(getBuiltinModule|mainModule)$/.test(callee.property?.name);
                if (loads && FILE_SYSTEM.test(first?.value)) {
                    complain(first, "the whole");
                }
            },
        };
    },
};
