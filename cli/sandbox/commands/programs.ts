import type { Command } from "commander";
import { UserError } from "../../errors";
import { terminal } from "../../render";
import { cancellable } from "../cancel";
import { deploy, type DeployOperation, findMapping, readProgram } from "../deploy";
import { invoke } from "../invoke";
import { importStack, readStack } from "../read";
import { onSandbox } from "../session";
import { findStateFolder } from "../state-folder";
import { collectConfig, parseJson, type StartFlags, startOptions, withStart } from "./flags";

/**
 * Pulumi's code for an operation on resources that failed. The codes are documented, and said to be stable, since
 * version 3.226.1 of the CLI, of which some versions answer 1 or 255 all the same (3.259 did):
 * https://www.pulumi.com/docs/iac/cli/exit-codes/
 */
const OPERATION_FAILED = 4;
/** And for one that the user cancelled, by the same document. */
const CANCELLED = 8;

interface ProgramFlags extends StartFlags {
    stack?: string;
    config?: Record<string, string>;
    target?: string[];
    runProgram?: boolean;
    skipPreview?: boolean;
    showSecrets?: boolean;
    import?: string;
}

/** The commands that are about a Pulumi program: deploy it, read its state, invoke what it made. */
export function registerPrograms(sandbox: Command): void {
    operation(sandbox, "preview", "show what an update of a Pulumi program would do");
    operation(sandbox, "up", "deploy a Pulumi program, with its smoke checks");
    operation(sandbox, "refresh", "bring a stack's state to what the sandbox holds");
    operation(sandbox, "destroy", "delete everything that a stack has");
    reading(sandbox, "outputs", "print a stack's outputs as JSON; secrets are hidden");
    reading(sandbox, "state", "print a stack's state as `pulumi stack export` does, or take one in").option(
        "--import <file>",
        "take what `pulumi stack export` wrote as the stack's state (- for standard input); the old one is kept beside it",
    );
    withStack(sandbox.command("invoke <workflow>"))
        .description("execute a workflow of the last deployment, by its name or its component's, and print its result")
        .option("--data <json>", "the argument of the execution", parseJson)
        .option("--directory <directory>", "the program, where it is not the last one deployed")
        .action(async (name: string, flags: ProgramFlags & { data?: unknown; directory?: string }) => {
            const { folder, project, stack } = await target(flags.directory, flags);
            const options = { project, stack, name, argument: flags.data, terminal: terminal(process.stdout) };
            process.exitCode = await onSandbox(
                { folder, ...startOptions(flags), ...findMapping(project), deploys: false },
                (session) => invoke(session, options),
            );
        });
}

function operation(sandbox: Command, name: DeployOperation, description: string): void {
    const command = withStack(sandbox.command(`${name} [directory]`))
        .description(description)
        .option(
            "--target <urn>",
            "only this resource; * stands for a part of a URN, ** for anything; may be repeated",
            (urn: string, others: string[] | undefined) => [...(others ?? []), urn],
        );
    if (name !== "preview") {
        command.option("-f, --skip-preview", "make no preview before an update; nothing else makes one");
        command.option("-y, --yes", "taken as Pulumi takes it; nothing is asked here");
    }
    if (name === "destroy") command.option("--run-program", "run the program, so that its delete hooks are called");
    command.action(async (directory: string | undefined, flags: ProgramFlags) => {
        const { folder, project, stack } = await target(directory ?? ".", flags);
        const options = {
            project,
            stack,
            config: flags.config ?? {},
            json: flags.json ?? false,
            ...(flags.target && { target: flags.target }),
            ...(flags.runProgram && { runProgram: true }),
            ...(flags.skipPreview && { skipPreview: true }),
        };
        const start = { ...startOptions(flags), ...findMapping(project), ownSignals: true, deploys: name === "up" };
        // What is not of the JSON goes elsewhere.
        const screen = terminal(options.json ? process.stderr : process.stdout);
        process.exitCode = await cancellable(screen, name !== "preview", async (signal) => {
            const { succeeded } = await onSandbox({ folder, ...start }, (session) =>
                deploy(session, name, { ...options, signal, terminal: terminal(process.stdout) }),
            );
            if (succeeded) return 0;
            return signal.aborted ? CANCELLED : OPERATION_FAILED;
        });
    });
}

/** Reads the state, or writes it, without starting anything. */
function reading(sandbox: Command, name: "outputs" | "state", description: string): Command {
    return withStack(sandbox.command(`${name} [directory]`))
        .description(description)
        .option("--show-secrets", "print secrets in the clear")
        .action(async (directory: string | undefined, flags: ProgramFlags) => {
            const { folder, project, stack } = await target(directory, flags);
            if (flags.import !== undefined) {
                process.stdout.write(await importStack(folder, project, stack, flags.import));
                return;
            }
            const read = await readStack(folder, project, stack, name, flags.showSecrets);
            process.stdout.write(`${JSON.stringify(read, undefined, 4)}\n`);
        });
}

function withStack(command: Command): Command {
    return withStart(command)
        .option("--stack <name>", "the stack (default: dev)")
        .option(
            "--config <key=value>",
            "configuration over that of the project's files; may be repeated",
            collectConfig,
        );
}

/** The program and stack that a command is about: those named, else those of the last deployment. */
async function target(directory: string | undefined, flags: ProgramFlags) {
    const folder = findStateFolder(flags.state, process.cwd(), process.env);
    const last = folder.lastDeployment();
    const where = directory ?? last?.directory;
    if (where === undefined) {
        throw new UserError(
            `nothing is deployed in ${folder.path}; run \`gcp-invoke sandbox up DIRECTORY\` first, or name another state with --state`,
        );
    }
    const stack = flags.stack ?? (directory === undefined ? last?.stack : undefined) ?? "dev";
    return { folder, project: await readProgram(where, stack), stack };
}
