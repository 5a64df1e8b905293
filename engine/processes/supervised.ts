/**
 * Runs a program that cannot notice itself that the engine has ended, and ends it then. The engine holds the other end of the
 * file 3, which the system closes when the engine has ended in any way.
 */
const CODE = `
const { spawn } = require("node:child_process");
const { Socket } = require("node:net");
const child = spawn(process.argv[1], process.argv.slice(2), { stdio: ["ignore", "inherit", "inherit"] });
const engine = new Socket({ fd: 3 });
engine.once("close", () => child.kill("SIGKILL") && process.exit(1)).resume();
child.once("error", (error) => {
    console.error(error.message);
    process.exit(1);
});
child.once("exit", (code, signal) => (signal === null ? process.exit(code) : process.kill(process.pid, signal)));
`;

/** The command that runs a program and ends it with the engine. */
export function supervised(program: string, args: string[] = []): { command: string; args: string[] } {
    return { command: process.execPath, args: ["-e", CODE, "--", program, ...args] };
}
