// The gcp-invoke command from the sources, for work in a checkout (users get dist/cli/main.js). An option for Node's
// inspector in front of the command goes to Node: `npm run gcp-invoke -- --inspect-brk sandbox up examples/quickstart`.
const { spawn } = require("node:child_process");
const { join } = require("node:path");
const { root, nodeArguments, environment } = require("./sources.cjs");

const args = process.argv.slice(2);
const inspector = args[0]?.startsWith("--inspect") ? [args.shift()] : [];
const child = spawn(process.argv[0], [...inspector, ...nodeArguments, join(root, "cli", "main.ts"), ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: "inherit",
    env: environment,
});
// The terminal sends Ctrl-C to both processes. A signal to this process alone is passed on, so that the other one ends too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
}
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
