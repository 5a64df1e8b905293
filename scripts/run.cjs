// Sets up what a fresh clone needs, then runs an npm script: `node scripts/run.cjs SCRIPT -- ARGS`.
// Plain CommonJS for Node 20 and later, because it runs before anything is installed.
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { delimiter, join } = require("node:path");

const root = join(__dirname, "..");
const WANTED = [22, 18];

/** `npm ci` in a folder where its lock file changed since the last time. */
function install(folder, message) {
    const stamp = join(folder, "node_modules", ".setup-stamp");
    const lock = readFileSync(join(folder, "package-lock.json"));
    const want = createHash("sha256").update(lock).update(`${process.platform}-${process.arch}`).digest("hex");
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === want) return;
    console.error(message);
    const { status } = spawnSync("npm ci --loglevel=error", {
        cwd: folder,
        stdio: ["ignore", "ignore", "inherit"],
        shell: true,
    });
    if (status !== 0) {
        console.error(`\`npm ci\` failed in ${folder}: see above. Is the npm registry reachable?`);
        process.exit(1);
    }
    writeFileSync(stamp, want);
}

const [major, minor] = process.versions.node.split(".").map(Number);
const tooOld = major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1]);
let path = process.env.PATH;
if (tooOld) {
    const tools = join(root, "tools", "node");
    install(
        tools,
        `Node ${process.versions.node} is older than ${WANTED.join(".")}: fetching a newer one for this project (once) ...`,
    );
    const bin = join(tools, "node_modules", ".bin");
    if (!existsSync(join(bin, process.platform === "win32" ? "node.cmd" : "node"))) {
        console.error(
            `There is no Node for ${process.platform}-${process.arch} in the npm registry: install Node ${WANTED.join(".")} or newer`,
        );
        process.exit(1);
    }
    path = bin + delimiter + path;
}
install(root, "Installing dependencies (once) ...");

const [script, ...rest] = process.argv.slice(2);
const args = rest[0] === "--" ? rest.slice(1) : rest;
const { status, signal } = spawnSync("npm", ["run", "--silent", script, "--", ...args], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, PATH: path },
});
process.exit(signal ? 1 : (status ?? 1));
