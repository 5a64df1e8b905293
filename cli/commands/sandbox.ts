import { type Command, InvalidArgumentError, Option } from "commander";
import { UserError } from "../errors";
import { terminal } from "../render";
import { deploy, type DeployOperation, findMapping, readProgram } from "../sandbox/deploy";
import { invoke } from "../sandbox/invoke";
import { readStack } from "../sandbox/read";
import { withSandbox } from "../sandbox/session";
import { findStateFolder, type StateFolder } from "../sandbox/state-folder";

interface SandboxFlags {
    state?: string;
    port?: number;
    json?: boolean;
    stack?: string;
    config?: Record<string, string>;
}

/** `gcp-invoke sandbox …`: a local Google Cloud, and programs that run in it. */
export function register(program: Command): void {
    const sandbox = program
        .command("sandbox")
        .description("a local Google Cloud that enforces IAM, and programs in it");
    operation(sandbox, "preview", "show what an update of a Pulumi program would do");
    operation(sandbox, "up", "deploy a Pulumi program, with its smoke checks");
    operation(sandbox, "refresh", "bring a stack's state to what the sandbox holds");
    operation(sandbox, "destroy", "delete everything that a stack has");
    withFlags(
        sandbox.command("outputs [directory]").description("print a stack's outputs as JSON; secrets are hidden"),
    ).action((directory: string | undefined, flags: SandboxFlags) => print(directory, flags, "outputs"));
    withFlags(
        sandbox
            .command("state [directory]")
            .description("print a stack's state as `pulumi stack export` does; secrets are encrypted"),
    ).action((directory: string | undefined, flags: SandboxFlags) => print(directory, flags, "state"));
    withFlags(
        sandbox
            .command("invoke <name>")
            .description(
                "execute a workflow of the last deployment, by its name or its component's, and print its result",
            )
            .option("--data <json>", "the argument of the execution", parseJson)
            .option("--directory <directory>", "the program, where it is not the last one deployed"),
    ).action(async (name: string, flags: SandboxFlags & { data?: unknown; directory?: string }) => {
        const { folder, project, stack } = await target(flags.directory, flags);
        const mapping = findMapping(project);
        process.exitCode = await withSandbox({ folder, ...portOf(flags), ...(mapping ? { mapping } : {}) }, (session) =>
            invoke(session, { project, stack, name, argument: flags.data, terminal: terminal(process.stdout) }),
        );
    });
}

function operation(sandbox: Command, name: DeployOperation, description: string): void {
    withFlags(sandbox.command(`${name} [directory]`).description(description)).action(
        async (directory: string | undefined, flags: SandboxFlags) => {
            const { folder, project, stack } = await target(directory ?? ".", flags);
            const mapping = findMapping(project);
            const options = { project, stack, config: flags.config ?? {}, json: flags.json ?? false };
            const { succeeded } = await withSandbox(
                { folder, ...portOf(flags), ...(mapping ? { mapping } : {}) },
                (session) => deploy(session, name, { ...options, terminal: terminal(process.stdout) }),
            );
            process.exitCode = succeeded ? 0 : 1;
        },
    );
}

/** The program and stack that a command is about: those named, else those of the last deployment. */
async function target(directory: string | undefined, flags: SandboxFlags) {
    const folder = findStateFolder(flags.state, process.cwd(), process.env);
    const last = folder.lastDeployment();
    const where = directory ?? last?.directory;
    if (where === undefined) throw nothingDeployed(folder);
    const stack = flags.stack ?? (directory === undefined ? last?.stack : undefined) ?? "dev";
    return { folder, project: await readProgram(where, stack), stack };
}

function nothingDeployed(folder: StateFolder): UserError {
    return new UserError(
        `nothing is deployed in ${folder.path}; run \`gcp-invoke sandbox up DIRECTORY\` first, or name another state with --state`,
    );
}

/** Reads the state without starting anything. */
async function print(directory: string | undefined, flags: SandboxFlags, what: "outputs" | "state"): Promise<void> {
    const { folder, project, stack } = await target(directory, flags);
    process.stdout.write(`${JSON.stringify(await readStack(folder, project, stack, what), undefined, 4)}\n`);
}

function withFlags(command: Command): Command {
    return command
        .option("--stack <name>", "the stack (default: dev)")
        .option(
            "--config <key=value>",
            "configuration over that of the project's files; may be repeated",
            collectConfig,
        )
        .option("--state <directory>", "where the sandbox keeps everything (default: the nearest .gcp-invoke)")
        .addOption(
            new Option("--port <port>", "the proxy's port on 127.0.0.1 (default: a free one)").argParser(parsePort),
        )
        .option("--json", "one JSON object a line");
}

function portOf({ port }: SandboxFlags): { port?: number } {
    return port === undefined ? {} : { port };
}

function collectConfig(text: string, previous: Record<string, string> = {}): Record<string, string> {
    const at = text.indexOf("=");
    if (at < 1) throw new InvalidArgumentError("it must be key=value, such as gcp:project=demo.");
    return { ...previous, [text.slice(0, at)]: text.slice(at + 1) };
}

function parsePort(text: string): number {
    const port = Number(text);
    if (Number.isInteger(port) && port > 0 && port < 65536) return port;
    throw new InvalidArgumentError("it must be a number from 1 to 65535.");
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch (error) {
        throw new InvalidArgumentError(`it must be JSON: ${error instanceof Error ? error.message : String(error)}.`);
    }
}
