// Maps the stacks of errors to the lines of the TypeScript sources, for runs without Node's source maps (register.cjs).
const { SourceMap } = require("node:module");
const { transpiled } = require("./register.cjs");

const maps = new Map();

/** The source map at the end of a file's JavaScript; undefined if there is no such file. */
function mapOf(file) {
    if (!maps.has(file)) {
        let map;
        try {
            const [, encoded] =
                /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(transpiled(file)) ?? [];
            if (encoded) {
                map = new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString()));
            }
        } catch {
            // The file is gone, such as a program in a temporary folder. Its lines stay unmapped.
        }
        maps.set(file, map);
    }
    return maps.get(file);
}

/** The text with each `file.ts:line:column` mapped to a place in the source. */
function mapped(text) {
    return text.replace(/((?:[A-Za-z]:)?[^\s():]+\.ts):(\d+):(\d+)/g, (place, file, line, column) => {
        const found = mapOf(file)?.findEntry(line - 1, column - 1);
        return found?.originalLine === undefined
            ? place
            : `${file}:${found.originalLine + 1}:${found.originalColumn + 1}`;
    });
}

/** Maps the stack of an error and of its causes. */
function mapError(error) {
    for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth += 1) {
        if (typeof at.stack === "string") {
            at.stack = mapped(at.stack);
        }
    }
}

module.exports = { mapped, mapError };
