import { execFile, spawnSync } from "node:child_process";

/** Whether a command ends well. */
export function runs(command: string, args: string[]): boolean {
    return spawnSync(command, args, { timeout: 60_000, stdio: "ignore" }).status === 0;
}

/**
 * Runs a command in a folder.
 * @returns what it printed
 * @throws Error with all that it printed, if it fails
 */
export async function must(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
    return await new Promise((resolve, reject) => {
        execFile(command, args, options, (error, stdout, stderr) => {
            if (error === null) {
                resolve(stdout);
            } else {
                reject(new Error(`${command} ${args.join(" ")}: ${error.message}\n${stdout}\n${stderr}`));
            }
        });
    });
}
