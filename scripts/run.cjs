// Sets up what a fresh clone needs, then runs a script of this folder: `node scripts/run.cjs SCRIPT ARGS`.
// Plain CommonJS for Node 20 and later, because it runs before anything is installed.
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { delimiter, dirname, join } = require("node:path");

const root = join(__dirname, "..");
const WANTED = [22, 18];

/** Installs what the lock file of a folder says, if it changed since the last time. Only the difference is installed. */
function install(folder, message) {
    const stamp = join(folder, "node_modules", ".setup-stamp");
    const lock = readFileSync(join(folder, "package-lock.json"));
    const want = createHash("sha256").update(lock).update(`${process.platform}-${process.arch}`).digest("hex");
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === want) {
        return;
    }
    console.error(message);
    const command = existsSync(join(folder, "node_modules")) ? "npm install --no-save" : "npm ci";
    const { status } = spawnSync(`${command} --loglevel=error`, {
        cwd: folder,
        stdio: ["ignore", "ignore", "inherit"],
        shell: true,
    });
    if (status !== 0) {
        console.error(`\`${command}\` failed in ${folder}: see above. Is the npm registry reachable?`);
        process.exit(1);
    }
    // It is written under another name first: if checkouts share their files by hard links, only this one changes.
    writeFileSync(`${stamp}.${process.pid}`, want);
    renameSync(`${stamp}.${process.pid}`, stamp);
}

/** The binary itself, not npm's link or .cmd file: it can be spawned without a shell everywhere. */
function newerNode() {
    const tools = join(root, "tools", "node");
    install(
        tools,
        `Node ${process.versions.node} is older than ${WANTED.join(".")}: fetching a newer one for this project (once) ...`,
    );
    const { optionalDependencies } = JSON.parse(readFileSync(join(tools, "package.json"), "utf8"));
    const file = process.platform === "win32" ? "node.exe" : "node";
    const found = Object.keys(optionalDependencies)
        .map((name) => join(tools, "node_modules", name, "bin", file))
        .find(existsSync);
    if (found) {
        return found;
    }
    console.error(
        `There is no Node for ${process.platform}-${process.arch} in the npm registry: install Node ${WANTED.join(".")} or newer`,
    );
    process.exit(1);
}

const [major, minor] = process.versions.node.split(".").map(Number);
const tooOld = major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1]);
const node = tooOld ? newerNode() : process.execPath;
install(root, "Installing dependencies (once) ...");

const [script, ...args] = process.argv.slice(2);
// First on PATH, so that every `node` that the script starts is this one.
process.env.PATH = [dirname(node), process.env.PATH].join(delimiter);
const file = join(__dirname, script);
if (node === process.execPath || script === "cli.cjs") {
    // Another process would need time to start. The command itself is started by its script, as the first argument says.
    process.argv = [node, file, ...args];
    require(file);
} else {
    const { status, signal } = spawnSync(node, [file, ...args], { stdio: "inherit" });
    process.exit(signal ? 1 : (status ?? 1));
}
