// Makes the table of connectors (workflow/run/connectors/methods.json), their types (workflow/build/apis/*.ts, which
// connectors.ts joins), and the table of OAuth scopes (workflow/auth/scopes/oauth-scopes.json) from Google's discovery
// documents. No package of npm has these documents, but a package of PyPI has:
//     pip download --no-deps google-api-python-client -d discovery
//     npm run generate -- connectors --discovery discovery/google_api_python_client-*.whl
// Without it, nothing can be made. Then the files are compared with their hash in connectors.json, so that an edit by hand is
// found. connectors.json also says from which input they were made.
const { execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { globSync, readFileSync } = require("node:fs");
const { basename, join } = require("node:path");

const root = join(__dirname, "..", "..");
const record = "scripts/generate/connectors.json";
const table = "workflow/run/connectors/methods.json";
const read = (file) => readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n");
const hash = (content) => createHash("sha256").update(content).digest("hex");

/** The generated files. */
const made = () => [
    table,
    "workflow/auth/scopes/oauth-scopes.json",
    ...globSync("workflow/build/apis/*.ts", { cwd: root })
        .filter((file) => basename(file) !== "index.ts")
        .sort(),
];
/** One hash of all generated files. */
const hashOfMade = () =>
    hash(
        made()
            .map((file) => `${file.replaceAll("\\", "/")}\n${read(file)}`)
            .join("\n"),
    );

function make(options) {
    const at = options.indexOf("--discovery");
    if (at < 0) {
        const known = JSON.parse(read(record)).made;
        if (known !== hashOfMade()) {
            throw new Error(
                `${table} or a file in workflow/build is not what was made from the discovery documents; run npm run generate -- connectors --discovery FILE (${join("scripts", "generate", "connectors.cjs")} says where it is from)`,
            );
        }
        return {};
    }
    const input = options[at + 1];
    // These scripts write their files themselves.
    for (const script of ["connectors.py", "connector_types.py", "scopes.py"]) {
        execFileSync("python3", [join(__dirname, script), input], { stdio: "inherit" });
    }
    execFileSync(process.execPath, [join(root, "node_modules/oxfmt/bin/oxfmt"), table], { cwd: root });
    const said = { input: basename(input), sha256: hash(readFileSync(input)), made: hashOfMade() };
    return { [record]: `${JSON.stringify(said, undefined, 4)}\n` };
}

module.exports = { make };
