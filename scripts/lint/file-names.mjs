import { basename } from "node:path";

/** File names are in lower case with hyphens, and may have suffixes that tools know: `smoke-check.test.ts`. */
export const fileNames = {
    meta: { type: "problem", schema: [] },
    create: ({ filename, report }) => ({
        Program(node) {
            const name = basename(filename);
            if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.[cm]?[jt]sx?$/.test(name)) {
                report({
                    node,
                    message: `${name} is no file name of this project: use lower case and hyphens, such as smoke-check.ts`,
                });
            }
        },
    }),
};
