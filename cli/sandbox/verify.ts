import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { didYouMean } from "../../common";
import { UserError } from "../errors";
import { isWithin } from "../within";
import { hasProject, nearestProject } from "./deploy";
import { onSandbox } from "./session";
import type { Target } from "./target";
import { type Deployment, findStateFolder, nameOfStack, type StateFolder } from "./state-folder";

/**
 * The stack that `gcp-invoke sandbox up` deployed from a directory. Undefined if it deployed none.
 *
 * @param stack - its name; with its project before it, as in `shop/dev`, the directory may be another one
 * @default - the stack of the directory that was deployed last; of a directory without a program, the only one below it
 * @throws UserError if the directory has no program, and several stacks are below it
 */
export function sandboxDeployment(
    directory: string,
    stack: string | undefined,
    env: NodeJS.ProcessEnv = process.env,
): { folder: StateFolder; deployment: Deployment } | undefined {
    const folder = findStateFolder(undefined, resolve(directory), env);
    const deployment = stackIn(folder, directory, stack);
    const others = deployment === undefined && stack !== undefined ? otherStacks(folder, stack) : "";
    if (others !== "") {
        process.stderr.write(`the sandbox in ${folder.path} has no stack "${stack}"${others}; Pulumi is asked\n`);
    }
    return deployment && { folder, deployment };
}

function stackIn(folder: StateFolder, directory: string, stack: string | undefined): Deployment | undefined {
    const all = folder.deployments();
    // What stands before the name of a stack is its project, or its organization alone.
    const [name, project] = stack?.split("/").reverse() ?? [];
    return (
        all.find((each) => project !== undefined && nameOfStack(each) === `${project}/${name}`) ??
        all.find((each) => resolve(each.directory) === resolve(directory) && (name ?? each.stack) === each.stack) ??
        (stack === undefined ? onlyBelow(directory, all) : undefined)
    );
}

/**
 * The only stack of the programs below a folder that has no program itself, as after `sandbox up infrastructure`.
 * @throws UserError if there are several
 */
function onlyBelow(directory: string, all: readonly Deployment[]): Deployment | undefined {
    if (hasProject(directory)) {
        return undefined;
    }
    const below = all.filter((each) => isWithin(directory, each.directory));
    if (below.length > 1) {
        throw new UserError(
            `${resolve(directory)} has no program, and below it these stacks were deployed to the sandbox: ${below.map(nameOfStack).join(", ")}`,
            {
                fix: "name one of them with --stack",
            },
        );
    }
    return below[0];
}

/** What a sandbox has instead of a stack; empty if it has nothing. */
function otherStacks(folder: StateFolder, stack: string): string {
    const all = folder.deployments();
    const names = all.map(nameOfStack);
    const similar = didYouMean(stack, [...names, ...all.map((each) => each.stack)]);
    return names.length === 0 ? "" : `, but ${names.join(", ")}${similar}`;
}

/**
 * The stack that a command about a deployed stack reads from a sandbox: from the one whose folder `--state` names, or else from the
 * one of the directory. Undefined if it is to read it elsewhere, such as from Google Cloud.
 *
 * @param elsewhere - whether its options name another place
 */
export const localDeployment = (
    directory: string,
    flags: StackFlags,
    elsewhere: boolean,
): ReturnType<typeof sandboxDeployment> =>
    deploymentIn(directory, flags) ?? (elsewhere ? undefined : sandboxDeployment(directory, flags.stack));

/** The options of such a command that say which stack it is. */
interface StackFlags {
    state?: string;
    stack?: string;
    cloud?: boolean;
}

/**
 * The stack of a directory in the sandbox whose folder `--state` names, as it does in the commands of `gcp-invoke sandbox`.
 * Undefined if it names none.
 *
 * @throws UserError if that sandbox has no such stack. Nothing else is asked then, such as Google Cloud.
 */
function deploymentIn(
    directory: string,
    { state, stack, cloud }: StackFlags,
): { folder: StateFolder; deployment: Deployment } | undefined {
    if (state === undefined || cloud === true || !isFolder(state)) {
        return undefined;
    }
    const folder = findStateFolder(state, process.cwd(), process.env);
    const deployment = stackIn(folder, directory, stack);
    if (deployment === undefined) {
        const what = stack === undefined ? `no stack of ${resolve(directory)}` : `no stack "${stack}"`;
        throw new UserError(`the sandbox in ${folder.path} has ${what}${otherStacks(folder, stack ?? "")}`, {
            fix: "deploy it with `gcp-invoke sandbox up`, or name the file of a state with --state",
        });
    }
    return { folder, deployment };
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
    const child = spawn(process.execPath, [...process.execArgv, main, command, ...args, "--state", state], {
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
    if (given === undefined || isFolder(given)) {
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

function isFolder(path: string): boolean {
    return existsSync(path) && statSync(path).isDirectory();
}
