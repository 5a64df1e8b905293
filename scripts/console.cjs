// Builds the page of the console: `console/` becomes one script and one style sheet.
const { join } = require("node:path");

/** @returns the folder */
function buildConsole(folder) {
    const { buildSync } = require("esbuild");
    const root = join(__dirname, "..");
    buildSync({
        absWorkingDir: root,
        entryPoints: { page: "console/main.tsx" },
        outdir: folder,
        bundle: true,
        minify: true,
        format: "esm",
        target: "es2022",
        tsconfig: "console/tsconfig.json",
        legalComments: "none",
        logLevel: "warning",
    });
    return folder;
}

module.exports = { buildConsole };

if (require.main === module) {
    buildConsole(process.argv[2] ?? join(__dirname, "..", ".cache", "console"));
}
