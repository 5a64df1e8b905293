import { spawn } from "node:child_process";
import { UserError } from "../errors";
import { mappingOfLastDeployment } from "./deploy";
import { clientEnvironment, type ClientOptions, runningEnvironment } from "./environment";
import { parts } from "./parts";
import { printRefused } from "./refused";
import { withSandbox } from "./session";
import type { StateFolder } from "./state-folder";

/**
 * Runs a command against the sandbox that runs on the state folder, else against one started for it.
 *
 * @returns the command's exit code, 127 where there is no such command
 */
export async function exec(
    folder: StateFolder,
    command: string,
    args: string[],
    options: ClientOptions,
): Promise<number> {
    const client = await parts.control().findRunning(folder.path);
    if (client) {
        return run(command, args, await runningEnvironment(folder, client, options));
    }
    return withSandbox({ folder, ...(await mappingOfLastDeployment(folder)) }, async ({ sandbox }) => {
        const variables = clientEnvironment(folder, await sandbox.clientEnvironment(options), options);
        const code = await run(command, args, variables);
        printRefused(sandbox.cloud.hosts.refused(), process.stderr);
        return code;
    });
}

function run(command: string, args: string[], variables: Record<string, string | undefined>): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...variables } });
        child.on("error", (error: NodeJS.ErrnoException) => {
            const known =
                error.code === "ENOENT"
                    ? new UserError(`there is no command ${command}; install it, or give its path`, 127)
                    : error;
            reject(known);
        });
        child.on("exit", (code, signal) => resolve(signal ? 1 : (code ?? 1)));
    });
}
