// The part of `npm run test:clients` for languages other than Node. Each language has scripts in test/clients. They get tokens
// in every way that its auth library knows, and use each service over every transport of its client library. The libraries are
// installed into a folder that is kept between runs. A language that the machine lacks is skipped by name.
const { spawn, spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { root } = require("./sources.cjs");

const scripts = join(root, "test", "clients");
const has = (command, args) => spawnSync(command, args, { stdio: "ignore", timeout: 60_000 }).status === 0;

/** Runs a command of an installation. @throws Error with the last lines that it printed */
function step(command, args, options = {}) {
    const { status, stderr, stdout, error } = spawnSync(command, args, { timeout: 580_000, ...options });
    if (status === 0) {
        return;
    }
    const printed = `${stdout ?? ""}${stderr ?? ""}`.trim().split("\n").slice(-3).join("; ");
    throw new Error(`${command} ${args[0]}: ${error?.message ?? printed}`);
}

const hashOf = (manifest) => createHash("sha256").update(readFileSync(manifest)).digest("hex");
const stampOf = (folder) => join(folder, ".manifest");
const stamp = (folder, manifest) => writeFileSync(stampOf(folder), hashOf(manifest));
const isInstalled = (folder, manifest) =>
    existsSync(stampOf(folder)) && readFileSync(stampOf(folder), "utf8") === hashOf(manifest);

/**
 * Installs into a folder what a manifest says, unless it was installed already by the same manifest. The folder gets its
 * name only when the installation is complete.
 */
function installOnce(folder, manifest, install) {
    if (isInstalled(folder, manifest)) {
        return;
    }
    const begun = `${folder}.${process.pid}`;
    mkdirSync(begun, { recursive: true });
    install(begun);
    stamp(begun, manifest);
    rmSync(folder, { recursive: true, force: true });
    renameSync(begun, folder);
}

/** How each language is installed, how its scripts are started, and the texts by which their requests are recognised. */
const languages = {
    python: {
        lacks: () => (has("python3", ["--version"]) ? undefined : "this machine has no python3"),
        install: (folder) => {
            const manifest = join(scripts, "python", "requirements.txt");
            installOnce(join(folder, "python"), manifest, (to) =>
                step("python3", ["-m", "pip", "install", "--quiet", "--target", to, "-r", manifest]),
            );
        },
        commands: (folder) =>
            ["identity.py", "services.py", "agents.py", "protocols.py", "samples.py"].map((script) => ({
                command: ["python3", join(scripts, "python", script)],
                env: { PYTHONPATH: join(folder, "python") },
                samples: { "agents.py": "caller", "protocols.py": "owner", "samples.py": "owner" }[script],
            })),
        words: ["python-rest", "python-grpc"],
    },
    go: {
        lacks: () => (has("go", ["version"]) ? undefined : "this machine has no go"),
        install: (folder) => {
            const own = join(folder, "go");
            mkdirSync(own, { recursive: true });
            for (const file of ["grpc.go", "main.go", "protocols.go", "samples.go"]) {
                copyFileSync(join(scripts, "go", file), join(own, file));
            }
            const manifest = join(scripts, "go", "go.mod");
            if (!isInstalled(own, manifest)) {
                copyFileSync(manifest, join(own, "go.mod"));
                step("go", ["mod", "tidy"], { cwd: own });
                stamp(own, manifest);
            }
            step("go", ["build", "-o", "clients", "."], { cwd: own });
        },
        commands: (folder) => [
            { command: [join(folder, "go", "clients")] },
            { command: [join(folder, "go", "clients"), "grpc"], samples: "caller" },
            { command: [join(folder, "go", "clients"), "receivers"], samples: "owner" },
            { command: [join(folder, "go", "clients"), "samples"], samples: "owner" },
        ],
        words: ["go-rest", "go-grpc"],
    },
    java: {
        lacks: () =>
            !has("java", ["-version"])
                ? "this machine has no java"
                : has("mvn", ["--version"])
                  ? undefined
                  : "this machine has no mvn, which installs its libraries",
        install: (folder) => {
            const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy-dependencies";
            const pom = join(scripts, "java", "pom.xml");
            installOnce(join(folder, "java"), pom, (to) =>
                step("mvn", ["-q", "-B", "-f", pom, goal, `-DoutputDirectory=${join(to, "lib")}`]),
            );
        },
        commands: (folder) =>
            ["Clients.java", "Samples.java"].map((file) => ({
                command: ["java", "-cp", join(folder, "java", "lib", "*"), join(scripts, "java", file)],
                samples: file === "Samples.java" ? "owner" : undefined,
            })),
        words: ["java-rest", "java-grpc"],
    },
    rust: {
        lacks: () => (has("cargo", ["--version"]) ? undefined : "this machine has no cargo"),
        install: (folder) => {
            const own = join(folder, "rust");
            mkdirSync(join(own, "src"), { recursive: true });
            for (const file of ["Cargo.toml", "src/main.rs"]) {
                copyFileSync(join(scripts, "rust", file), join(own, file));
            }
            // Nothing is debugged in the libraries, and without their symbols they take half of the time and of the disk.
            const env = { ...process.env, CARGO_PROFILE_DEV_DEBUG: "0", CARGO_INCREMENTAL: "0" };
            step("cargo", ["build", "--quiet"], { cwd: own, env, timeout: 1_800_000 });
        },
        commands: (folder) =>
            ["caller", "owner"].map((samples) => ({
                command: [join(folder, "rust", "target", "debug", "clients"), `as-${samples}`],
                samples,
            })),
        // Its libraries for Pub/Sub have a transport that takes no proxy.
        words: [],
    },
    gcloud: {
        lacks: () => (has("gcloud", ["--version"]) ? undefined : "this machine has no gcloud"),
        install: () => undefined,
        commands: () => [
            { command: ["bash", join(scripts, "gcloud.sh")] },
            { command: ["bash", join(scripts, "user.sh")], samples: "owner" },
        ],
        words: ["gcloud"],
    },
};

/** How long the scripts of a language may take. A call that hangs does not hang the run. */
const SECONDS = 600;

/** Runs a command, and shows what it prints. @returns its exit code and its lines */
function run([command, ...args], env) {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], env });
    const timer = setTimeout(() => {
        console.log(`failed ${command}: it took more than ${SECONDS} s, and was ended`);
        child.kill("SIGKILL");
        // What the command has started may hold its output open.
        child.stdout.destroy();
    }, SECONDS * 1000);
    let text = "";
    child.stdout.on("data", (chunk) => {
        process.stdout.write(chunk);
        text += chunk;
    });
    const end = (code) => {
        clearTimeout(timer);
        return { code: code ?? 1, lines: text.split("\n") };
    };
    return new Promise((done) => child.on("error", () => done(end(1))).on("close", (code) => done(end(code))));
}

/** @returns what the machine lacks; undefined if the libraries of the language are installed */
function install(name, folder) {
    const { lacks, install: get } = languages[name];
    const lack = lacks();
    if (lack !== undefined) {
        return lack;
    }
    try {
        get(folder);
        return undefined;
    } catch (error) {
        return `its libraries cannot be installed here: ${error.message}`;
    }
}

/**
 * Runs the scripts of a language in an environment of the sandbox.
 * @param folder the folder of the libraries
 * @param envs the environments of the account `caller`, and of the owner; a command with `samples` says as whom these run
 * @param counts a sample that a script reports (`ok NAME`, `failed NAME: WHY`, `skipped NAME: WHY`) is counted here
 * @returns the exit code of the first script that failed, or 0
 */
async function runLanguage(name, folder, envs, counts) {
    let worst = 0;
    for (const { command, env: own = {}, samples } of languages[name].commands(folder)) {
        const { code, lines } = await run(command, { ...process.env, ...envs[samples ?? "caller"], ...own });
        if (samples) {
            for (const [, how] of lines.map((line) => /^(ok|failed|skipped) \S/.exec(line) ?? [])) {
                if (how !== undefined) {
                    counts[how === "ok" ? "passed" : how] += 1;
                }
            }
        }
        worst ||= code;
    }
    return worst;
}

module.exports = { install, languages, runLanguage };
