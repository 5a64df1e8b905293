import { spawn } from "node:child_process";
import { UserError } from "../errors";
import { mappingOfLastDeployment } from "./deploy";
import { clientEnvironment } from "./environment";
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
    options: { as?: string; keepBackend?: boolean },
): Promise<number> {
    const client = await parts.control().findRunning(folder.path);
    if (client) {
        const { variables } = await client.call("POST", "/v1/environment", options.as ? { as: options.as } : {});
        return run(command, args, clientEnvironment(folder, variables as Record<string, string | null>, options));
    }
    return withSandbox({ folder, ...(await mappingOfLastDeployment(folder)) }, async ({ sandbox }) => {
        const code = await run(command, args, clientEnvironment(folder, sandbox.environment(options.as), options));
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
