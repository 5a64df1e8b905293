// `npm run test:clients` runs Google's client libraries, over gRPC and REST, against a sandbox. They are installed into
// `.cache/clients`, because none of them is a dependency. A library that cannot be installed is skipped by name. The run ends
// with the counts of each language.
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

require("./register.cjs");
const { root } = require("./sources.cjs");
const { Sandbox } = require("../sandbox");
const { install: installLanguage, languages, runLanguage } = require("./clients-languages.cjs");
const { runTables } = require("./clients-gcloud.cjs");
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

/** The libraries of the A2A protocol, one for each version of it. test/clients/a2a.cjs checks an agent of theirs. */
const AGENTS = { "a2a-0": ["@a2a-js/sdk@0", "express@5"], "a2a-1": ["@a2a-js/sdk@1", "express@5"] };

/** Clients of several protocols, which test/clients/protocols.cjs tries at each kind of address. */
const PROTOCOLS = ["ws@8", "eventsource@4", "undici@7", "https-proxy-agent@7", "@grpc/grpc-js@1"];

/** The folder is kept between runs, because the libraries are large. */
const folder = process.env.CLIENTS_FOLDER ?? join(root, ".cache", "clients");

function install(name, ...libraries) {
    const place = join(folder, name);
    const has = (library) => existsSync(join(place, "node_modules", ...library.replace(/@\d+$/, "").split("/")));
    if (libraries.every(has)) {
        return true;
    }
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), '{ "private": true }\n');
    const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...libraries];
    return spawnSync("npm", args, { cwd: place, stdio: "ignore", timeout: 300_000 }).status === 0;
}

function run(script, args, env) {
    const child = spawn(process.execPath, [join(root, "test", "clients", script), ...args], {
        stdio: "inherit",
        env: { ...process.env, ...env },
    });
    return new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
}

/** Calls each of Google's libraries for Node, as the owner of the project, and checks the agents. */
async function nodeLibraries(env, board, wanted) {
    const counts = countsOf(board, "node");
    for (const [name, libraries] of Object.entries({ ...LIBRARIES, ...AGENTS })) {
        if (!install(name, ...[libraries].flat())) {
            console.log(`skipped ${name}: ${[libraries].flat().join(", ")} cannot be installed here`);
            counts.skipped += 1;
        } else if (wanted("node")) {
            const at = { CLIENTS_FOLDER: join(folder, name, "package.json") };
            const script = name in AGENTS ? "a2a.cjs" : "calls.cjs";
            counts[(await run(script, [name], { ...env, ...at })) === 0 ? "passed" : "failed"] += 1;
        }
    }
}

/** Tries clients of Node and curl at each kind of address. */
async function protocols(env, board) {
    const counts = countsOf(board, "node");
    if (!install("protocols", ...PROTOCOLS)) {
        console.log(`skipped clients of several protocols: ${PROTOCOLS.join(", ")} cannot be installed here`);
        counts.skipped += 1;
        return;
    }
    const at = { CLIENTS_FOLDER: join(folder, "protocols", "package.json") };
    counts[(await run("protocols.cjs", [], { ...env, ...at })) === 0 ? "passed" : "failed"] += 1;
}

/** Makes the same calls in every language, as an account that may do only this, with each kind of credentials that it knows. */
async function matrix(sandbox, board, wanted, envs) {
    const env = envs.caller;
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
                {
                    words,
                    lack: () => installLanguage(name, folder),
                    start: () => runLanguage(name, folder, envs, countsOf(board, name)),
                },
            ]),
        ),
    };
    for (const [name, { words, lack, start }] of Object.entries(all).filter(([known]) => wanted(known))) {
        const counts = countsOf(board, name);
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
async function documented(sandbox, board, wanted, env) {
    const all = samples(env.SERVICE_URL);
    if (!all) {
        console.log(`skipped the samples beside the checkout: ${documents} has no documents`);
    }
    for (const sample of (all ?? []).filter(({ language }) => wanted(language))) {
        const counts = countsOf(board, sample.language);
        const why = lacking(sample, folder);
        const problem = why === undefined ? await trySample(sandbox, sample, folder, env) : undefined;
        const how = why !== undefined ? "skipped" : problem === undefined ? "passed" : "failed";
        console.log(`${how === "passed" ? "ok" : how} ${sample.name}${(why ?? problem) ? `: ${why ?? problem}` : ""}`);
        counts[how] += 1;
    }
}

/** Calls from AWS and with a certificate by Google's library for Python, if `matrix` has installed it. */
async function federation(board) {
    const counts = countsOf(board, "python");
    if (counts.skipped > 0) {
        console.log("skipped what calls from AWS and with a certificate: the library for Python is not installed");
        counts.skipped += 1;
        return;
    }
    const script = join(root, "test", "clients", "python", "federation.py");
    const { tryFederation } = require("../test/clients/federation");
    for (const { name, problem } of await tryFederation(["python3", script], { PYTHONPATH: join(folder, "python") })) {
        console.log(problem === undefined ? `ok ${name}` : `failed ${name}: ${problem}`);
        counts[problem === undefined ? "passed" : "failed"] += 1;
    }
}

/** Runs the commands of test/clients/gcloud as the owner. */
async function commands(board, env) {
    const counts = countsOf(board, "gcloud");
    for (const { name, problem } of await runTables(env)) {
        console.log(problem === undefined ? `ok ${name}` : `failed ${name}: ${problem}`);
        counts[problem === undefined ? "passed" : "failed"] += 1;
    }
}

/** The counts of a language on the scoreboard. */
function countsOf(board, language) {
    return (board[language] ??= { passed: 0, failed: 0, skipped: 0 });
}

/** @param names the languages to try; all by default */
async function main(names) {
    const board = {};
    const wanted = (name) => names.length === 0 || names.includes(name);
    const sandbox = await Sandbox.start({ project: "demo", projectNumber: "123456789012", mapping });
    try {
        await sandbox.request("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", {
            body: { accountId: "caller" },
        });
        if (wanted("node")) {
            await nodeLibraries(await sandbox.clientEnvironment(), board, wanted);
        }
        const { member, env: told } = await prepare(sandbox);
        const env = { ...(await sandbox.clientEnvironment({ as: member })), ...told };
        const owner = { ...(await sandbox.clientEnvironment()), ...told };
        if (wanted("node")) {
            await protocols(owner, board);
        }
        await matrix(sandbox, board, wanted, { caller: env, owner });
        await documented(sandbox, board, wanted, env);
        if (wanted("gcloud") && board.gcloud.skipped === 0) {
            await commands(board, { ...process.env, ...owner });
        }
        const refused = sandbox.refused().map(({ host }) => host);
        if (refused.length > 0) {
            console.log(`hosts that the sandbox does not serve: ${refused.join(", ")}`);
        }
    } finally {
        await sandbox.close();
    }
    if (wanted("python")) {
        await federation(board);
    }
    const sum = { passed: 0, failed: 0, skipped: 0 };
    for (const [language, counts] of Object.entries(board)) {
        const told = Object.entries(counts).map(([how, count]) => `${count} ${how}`);
        console.log(`${language}: ${told.join(", ")}`);
        for (const how of Object.keys(sum)) {
            sum[how] += counts[how];
        }
    }
    console.log(`${Math.round((100 * sum.passed) / Math.max(1, sum.passed + sum.failed))} % of what was tried passed`);
    console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
    process.exitCode = sum.failed > 0 ? 1 : 0;
}

main(process.argv.slice(2));
