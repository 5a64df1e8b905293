import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { didYouMean } from "../../common";
import { UserError } from "../errors";
import { nearestProject } from "./deploy";
import { onSandbox } from "./session";
import type { Target } from "./target";
import { type Deployment, findStateFolder, nameOfStack, type StateFolder } from "./state-folder";

/**
 * The stack that `gcp-invoke sandbox up` deployed from a directory. Undefined if it deployed none.
 *
 * @param stack - its name; with its project before it, as in `shop/dev`, the directory may be another one
 * @default - the stack of the directory that was deployed last
 */
export function sandboxDeployment(
    directory: string,
    stack: string | undefined,
    env: NodeJS.ProcessEnv = process.env,
): { folder: StateFolder; deployment: Deployment } | undefined {
    const folder = findStateFolder(undefined, resolve(directory), env);
    const all = folder.deployments();
    // What stands before the name of a stack is its project, or its organization alone.
    const [name, project] = stack?.split("/").reverse() ?? [];
    const deployment =
        all.find((each) => project !== undefined && nameOfStack(each) === `${project}/${name}`) ??
        all.find((each) => resolve(each.directory) === resolve(directory) && (name ?? each.stack) === each.stack);
    if (deployment === undefined && stack !== undefined && all.length > 0) {
        const names = all.map(nameOfStack);
        const similar = didYouMean(stack, [...names, ...all.map((each) => each.stack)]);
        process.stderr.write(
            `the sandbox in ${folder.path} has no stack "${stack}", but ${names.join(", ")}${similar}; Pulumi is asked\n`,
        );
    }
    return deployment && { folder, deployment };
}

/**
 * Starts the sandbox on its state, unless it is running, and runs a command on the stack as a user would, in a
 * process that reaches the sandbox through its proxy.
 *
 * @param args - the arguments of the command, in addition to the state of the stack
 * @returns the exit code of the command
 */
export async function commandInSandbox(
    command: "graph" | "verify" | "who",
    { folder, deployment }: { folder: StateFolder; deployment: Deployment },
    args: readonly string[],
): Promise<number> {
    const state = folder.stateOf(deployment);
    const mapping = join(deployment.directory, "sandbox.yaml");
    return onSandbox({ folder, ...(existsSync(mapping) && { mapping }), deploys: false }, ({ sandbox }) =>
        commandOn(sandbox, command, state, args),
    );
}

/**
 * Runs a command as a user would, in a process that reaches a sandbox through its proxy.
 *
 * @param state - the file of the stack's state
 * @returns the exit code of the command
 */
export async function commandOn(
    sandbox: Pick<Target, "clientEnvironment">,
    command: "graph" | "verify" | "who",
    state: string,
    args: readonly string[] = [],
): Promise<number> {
    const main = join(__dirname, "..", `main${__filename.slice(-3)}`);
    const child = spawn(process.execPath, [...process.execArgv, main, command, "--state", state, ...args], {
        stdio: "inherit",
        env: { ...process.env, ...(await sandbox.clientEnvironment()) },
    });
    return new Promise<number>((done, fail) => {
        child.on("error", fail);
        child.on("exit", (code) => done(code ?? 1));
    });
}

/**
 * The argument of a command about a stack: a directory if there is one of that name, and otherwise the name of a stack.
 * @throws UserError if it can be neither
 */
export function stackArgument<Flags extends { stack?: string }>(
    given: string | undefined,
    flags: Flags,
): { directory: string; flags: Flags } {
    if (given === undefined || (existsSync(given) && statSync(given).isDirectory())) {
        return { directory: given ?? nearestProject(process.cwd()), flags };
    }
    if (!/^[\w-][\w.-]*(\/[\w.-]+){0,2}$/.test(given)) {
        throw new UserError(`${given} is neither a directory nor a stack's name`, { exitCode: 2 });
    }
    if (flags.stack !== undefined && flags.stack !== given) {
        throw new UserError(`the stack is given twice: ${given}, and --stack ${flags.stack}`, { exitCode: 2 });
    }
    return { directory: nearestProject(process.cwd()), flags: { ...flags, stack: given } };
}
