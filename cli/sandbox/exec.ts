import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { UserError } from "../errors";
import { mappingNearby } from "./deploy";
import { clientEnvironment, type ClientOptions, runningEnvironment } from "./environment";
import { findRunning } from "../../sandbox/light";
import { printRefused, type RefusedHosts } from "./refused";
import { withSandbox } from "./session";
import type { StateFolder } from "./state-folder";

/**
 * Runs a command against the sandbox that is running on the state folder, or against one that it starts, and lists the
 * hosts that the command asked for and did not get.
 *
 * @returns the command's exit code, 128 + the number of the signal that ended it; as shells do, 127 if there is no
 * such command, and 126 if it cannot be run
 */
export async function exec(
    folder: StateFolder,
    command: string,
    args: string[],
    options: ClientOptions & { allow?: string[] },
): Promise<number> {
    const { allow = [] } = options;
    const client = await findRunning(folder.path);
    if (client && allow.length > 0) {
        throw new UserError(`a sandbox is running on ${folder.path}, and lacks a certificate for ${allow.join(", ")}`, {
            fix: `stop it, or serve it with a sandbox.yaml that has hosts: [{ host: ${allow[0] ?? ""}, forward: https://${allow[0] ?? ""} }]`,
        });
    }
    if (client) {
        const refused = async (): Promise<RefusedHosts> =>
            (await client.call("GET", "/v1/refused")).hosts as RefusedHosts;
        const variables = await runningEnvironment(folder, client, options);
        const before = await refused();
        const code = await run(command, args, variables);
        // The command may have ended the sandbox.
        printRefused(since(before, await refused().catch(() => before)), process.stderr);
        return code;
    }
    const start = { folder, ...(await mappingNearby(folder)), allowedHosts: allow, ownSignals: true };
    return withSandbox(start, async ({ sandbox }) => {
        const variables = clientEnvironment(folder, await sandbox.clientEnvironment(options), options);
        const code = await run(command, args, variables);
        printRefused(sandbox.refused(), process.stderr);
        return code;
    });
}

function since(before: RefusedHosts, now: RefusedHosts): RefusedHosts {
    const counts = new Map(before.map(({ host, count }) => [host, count]));
    return now
        .map(({ host, count }) => ({ host, count: count - (counts.get(host) ?? 0) }))
        .filter(({ count }) => count > 0);
}

function run(command: string, args: string[], variables: Record<string, string | undefined>): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...variables } });
        const release = passSignals(child);
        child.on("error", (error: NodeJS.ErrnoException) => {
            release();
            const known: Record<string, UserError> = {
                ENOENT: new UserError(`there is no command ${command}`, {
                    fix: "install it, or give its path",
                    exitCode: 127,
                }),
                EACCES: new UserError(`${command} cannot be run`, {
                    fix: "make it executable, or name its interpreter",
                    exitCode: 126,
                }),
            };
            reject(known[error.code ?? ""] ?? error);
        });
        child.on("exit", (code, signal) => {
            release();
            resolve(signal ? 128 + constants.signals[signal] : (code ?? 1));
        });
    });
}

/**
 * The command decides what a signal means, and this process waits for its end. A terminal sends Ctrl-C to both
 * processes.
 */
function passSignals(child: ChildProcess): () => void {
    const pass = (signal: NodeJS.Signals): void => {
        if (signal !== "SIGINT" || !process.stdin.isTTY) {
            child.kill(signal);
        }
    };
    const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
    signals.forEach((signal) => process.on(signal, pass));
    return () => signals.forEach((signal) => process.off(signal, pass));
}
