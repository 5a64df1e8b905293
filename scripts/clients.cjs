// What `npm run test:clients` runs: Google's own client libraries, over gRPC and REST, against a sandbox. They are
// installed into a temporary folder, for this only: none is a dependency. What cannot be installed is skipped by name.
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, rmSync, mkdtempSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

require("./register.cjs");
const { root } = require("./sources.cjs");
const { Sandbox } = require("../sandbox");
const { languages } = require("./clients-languages.cjs");

/** By the name of the calls in test/clients/calls.cjs. */
const LIBRARIES = {
    run: "@google-cloud/run@4",
    workflows: "@google-cloud/workflows@5",
    tasks: "@google-cloud/tasks@7",
    scheduler: "@google-cloud/scheduler@6",
    "secret-manager": "@google-cloud/secret-manager@7",
    pubsub: "@google-cloud/pubsub@5",
    "iam-credentials": "@google-cloud/iam-credentials@4",
    storage: "@google-cloud/storage@8",
};

/** Kept between runs: the libraries are large. */
const folder = process.env.CLIENTS_FOLDER ?? join(tmpdir(), "pulumi-gcp-invoke-clients");

function install(name, library) {
    const place = join(folder, name);
    if (existsSync(join(place, "node_modules", ...library.replace(/@\d+$/, "").split("/")))) return true;
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), '{ "private": true }\n');
    const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", library];
    return spawnSync("npm", args, { cwd: place, stdio: "ignore", timeout: 300_000 }).status === 0;
}

async function main() {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const sandbox = await Sandbox.start({ project: "demo", projectNumber: "123456789012" });
    const credentials = mkdtempSync(join(tmpdir(), "clients-"));
    try {
        const accounts = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
        await sandbox.request("POST", accounts, { body: { accountId: "caller" } });
        const file = join(credentials, "credentials.json");
        const refreshToken = sandbox.cloud.tokens.mintRefreshToken({ kind: "user", email: "owner@example.com" });
        const user = { type: "authorized_user", client_id: "id", client_secret: "none", refresh_token: refreshToken };
        writeFileSync(file, JSON.stringify(user), { mode: 0o600 });
        for (const [name, library] of Object.entries(LIBRARIES)) {
            if (!install(name, library)) {
                console.log(`skipped ${name}: ${library} cannot be installed here`);
                counts.skipped += 1;
                continue;
            }
            const env = {
                ...process.env,
                ...sandbox.environment(),
                GOOGLE_APPLICATION_CREDENTIALS: file,
                CLIENTS_FOLDER: join(folder, name, "package.json"),
            };
            const child = spawn(process.execPath, [join(root, "test", "clients", "calls.cjs"), name], {
                stdio: "inherit",
                env,
            });
            const code = await new Promise((done) => child.on("exit", done));
            counts[code === 0 ? "passed" : "failed"] += 1;
        }
        const others = await languages(sandbox, folder, root);
        for (const name of Object.keys(counts)) counts[name] += others[name];
    } finally {
        rmSync(credentials, { recursive: true });
        await sandbox.close();
    }
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    process.exitCode = counts.failed > 0 ? 1 : 0;
}

main();
