// `npm run test:clients` runs Google's client libraries, over gRPC and REST, against a sandbox. They are installed into a
// temporary folder, because none of them is a dependency. A library that cannot be installed is skipped by name.
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

require("./register.cjs");
const { root } = require("./sources.cjs");
const { Sandbox } = require("../sandbox");
const { install: installLanguage, languages, runLanguage } = require("./clients-languages.cjs");
const { documents, lacking, samples, trySample } = require("./clients-samples.cjs");
const { mapping, missing, prepare } = require("./clients-world.cjs");

/** Libraries by the names of their calls in test/clients/calls.cjs. */
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

/** The folder is kept between runs, because the libraries are large. */
const folder = process.env.CLIENTS_FOLDER ?? join(tmpdir(), "pulumi-gcp-invoke-clients");

function install(name, library) {
    const place = join(folder, name);
    if (existsSync(join(place, "node_modules", ...library.replace(/@\d+$/, "").split("/")))) {
        return true;
    }
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), '{ "private": true }\n');
    const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", library];
    return spawnSync("npm", args, { cwd: place, stdio: "ignore", timeout: 300_000 }).status === 0;
}

function run(script, args, env) {
    const child = spawn(process.execPath, [join(root, "test", "clients", script), ...args], {
        stdio: "inherit",
        env: { ...process.env, ...env },
    });
    return new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
}

/** Calls each of Google's libraries for Node, as the owner of the project. */
async function nodeLibraries(sandbox, counts, wanted) {
    const env = await sandbox.clientEnvironment();
    for (const [name, library] of Object.entries(LIBRARIES)) {
        if (!install(name, library)) {
            console.log(`skipped ${name}: ${library} cannot be installed here`);
            counts.skipped += 1;
        } else if (wanted("node")) {
            const at = { CLIENTS_FOLDER: join(folder, name, "package.json") };
            counts[(await run("calls.cjs", [name], { ...env, ...at })) === 0 ? "passed" : "failed"] += 1;
        }
    }
}

/** Makes the same calls in every language, as an account that may do only this, with each kind of credentials that it knows. */
async function matrix(sandbox, counts, wanted, env) {
    const scripts = [["identity.cjs"], ["services.cjs", "rest"], ["services.cjs", "libraries"]];
    const node = async () => {
        for (const [script, ...args] of scripts) {
            const code = await run(script, args, { ...env, CLIENTS_FOLDER: folder });
            if (code !== 0) {
                return code;
            }
        }
        return 0;
    };
    const all = {
        node: { words: ["node-rest", "node-grpc"], start: node },
        ...Object.fromEntries(
            Object.entries(languages).map(([name, { words }]) => [
                name,
                { words, lack: () => installLanguage(name, folder), start: () => runLanguage(name, folder, env) },
            ]),
        ),
    };
    for (const [name, { words, lack, start }] of Object.entries(all).filter(([known]) => wanted(known))) {
        const why = lack?.();
        if (why !== undefined) {
            console.log(`skipped ${name}: ${why}`);
            counts.skipped += 1;
            continue;
        }
        const code = await start();
        const lost = code === 0 ? (await Promise.all(words.map((word) => missing(sandbox, word)))).flat() : [];
        const problem = code === 0 ? lost.length > 0 && `never arrived: ${lost.join(", ")}` : `exit code ${code}`;
        console.log(problem ? `failed ${name}: ${problem}` : `ok ${name}`);
        counts[problem ? "failed" : "passed"] += 1;
    }
}

/** Runs Google's samples in the languages whose libraries `matrix` has installed. */
async function documented(sandbox, counts, wanted, env) {
    const all = samples(env.SERVICE_URL);
    if (!all) {
        console.log(`skipped samples: ${documents} has no documents`);
    }
    for (const sample of (all ?? []).filter(({ language }) => wanted(language))) {
        const why = lacking(sample, folder);
        const problem = why === undefined ? await trySample(sandbox, sample, folder, env) : undefined;
        const how = why !== undefined ? "skipped" : problem === undefined ? "passed" : "failed";
        console.log(`${how === "passed" ? "ok" : how} ${sample.name}${(why ?? problem) ? `: ${why ?? problem}` : ""}`);
        counts[how] += 1;
    }
}

/** @param names the languages to try; all by default */
async function main(names) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const wanted = (name) => names.length === 0 || names.includes(name);
    const sandbox = await Sandbox.start({ project: "demo", projectNumber: "123456789012", mapping });
    try {
        await sandbox.request("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", {
            body: { accountId: "caller" },
        });
        if (wanted("node")) {
            await nodeLibraries(sandbox, counts, wanted);
        }
        const { member, env: told } = await prepare(sandbox);
        const env = { ...(await sandbox.clientEnvironment({ as: member })), ...told };
        await matrix(sandbox, counts, wanted, env);
        await documented(sandbox, counts, wanted, env);
        const refused = sandbox.refused().map(({ host }) => host);
        if (refused.length > 0) {
            console.log(`hosts that the sandbox does not serve: ${refused.join(", ")}`);
        }
    } finally {
        await sandbox.close();
    }
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    process.exitCode = counts.failed > 0 ? 1 : 0;
}

main(process.argv.slice(2));
