// Runs the commands of test/clients/gcloud against a sandbox, as the owner of its project. A line there is a command of
// gcloud, then `  => ` with a pattern of what it prints, or `  !> ` with a pattern of the error with which it must fail.
const { spawn } = require("node:child_process");
const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { root } = require("./sources.cjs");

const tables = join(root, "test", "clients", "gcloud");
const SECONDS = 60;
const FLOW = 'main:\n  params: [args]\n  steps:\n    - done:\n        return: ${"hello " + args.name}\n';

/** The commands of a table. @throws Error for a line that expects nothing */
function parse(text) {
    return text
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => {
            const [, command, sign, pattern] = /^(.*?) {2}(=>|!>) ?(.*)$/.exec(line) ?? [];
            if (command === undefined) {
                throw new Error(`a command of gcloud says not what it prints: ${line}`);
            }
            const words = /\bgcloud [a-z]+ [a-z-]+ [a-z]+ \w+ --data-file/.test(command)
                ? command
                : `gcloud ${command}`;
            return { command, words, fails: sign === "!>", pattern: new RegExp(pattern, "m") };
        });
}

function run(words, cwd, env) {
    const child = spawn("bash", ["-c", words], { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), SECONDS * 1000);
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.stderr.on("data", (chunk) => (text += chunk));
    return new Promise((done) =>
        child.on("close", (code) => {
            clearTimeout(timer);
            done({ code, text });
        }),
    );
}

/** Runs one table in an own configuration, one command after the other. @returns how each ended */
async function runTable(file, environment) {
    const folder = mkdtempSync(join(tmpdir(), "gcloud-"));
    const project = environment.GOOGLE_CLOUD_PROJECT;
    const location = "europe-west1";
    const env = {
        ...environment,
        CLOUDSDK_CONFIG: join(folder, "config"),
        CLOUDSDK_CORE_DISABLE_PROMPTS: "1",
        CLOUDSDK_CORE_PROJECT: project,
        CLOUDSDK_RUN_REGION: location,
        CLOUDSDK_WORKFLOWS_LOCATION: location,
        CLOUDSDK_FUNCTIONS_REGION: location,
        FOLDER: folder,
        PROJECT: project,
        ROBOT: `robot-one@${project}.iam.gserviceaccount.com`,
    };
    writeFileSync(join(folder, "claims.json"), `{"sub": "x", "exp": ${Math.floor(Date.now() / 1000) + 600}}\n`);
    writeFileSync(join(folder, "flow.yaml"), FLOW);
    const ends = [];
    try {
        for (const { command, words, fails, pattern } of parse(readFileSync(join(tables, file), "utf8"))) {
            const { code, text } = await run(words, folder, env);
            const last = text.trim().slice(-400);
            const problem =
                (code !== 0) !== fails
                    ? `exit code ${code}: ${last}`
                    : pattern.test(text)
                      ? undefined
                      : `printed nothing of ${pattern}: ${last}`;
            ends.push({ name: `gcloud ${command}`, problem });
        }
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
    return ends;
}

/** Runs all tables, two at a time: nearly all of the time is gcloud's own start. */
async function runTables(env) {
    const left = readdirSync(tables).sort();
    const ends = [];
    const worker = async () => {
        for (let file = left.shift(); file !== undefined; file = left.shift()) {
            ends.push(...(await runTable(file, env)));
        }
    };
    await Promise.all([worker(), worker()]);
    return ends;
}

module.exports = { runTables };
