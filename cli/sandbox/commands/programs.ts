import { defined } from "../../../common";
import { createRequire } from "node:module";
import type { Command } from "commander";
import { UserError } from "../../errors";
import { quiet, terminal, type Terminal } from "../../render";
import { cancellable } from "../cancel";
import type { DestroyOptions, OperationOptions } from "../../../engine";
import {
    deploy,
    type DeployOperation,
    findMapping,
    hasChanges,
    mappingNearby,
    nearestProject,
    type Outcome,
    readProgram,
} from "../deploy";
import { invoke } from "../invoke";
import { lazy } from "../lazy";
import type * as watcher from "../watch";
import { importStack, readStack } from "../read";
import { onSandbox, withProgramEarly } from "../session";
import { findStateFolder } from "../state-folder";
import { parseJson, startOptions, withJson, withStart } from "./flags";
import {
    type OperationFlags,
    refuseFlags,
    refuseOtherProject,
    type StackFlags,
    withOperation,
    withStack,
} from "./pulumi-flags";

/**
 * Pulumi's exit code if an operation on resources failed. The codes are documented and declared stable since
 * version 3.226.1 of the CLI, although some versions return 1 or 255 (3.259 did):
 * https://www.pulumi.com/docs/iac/cli/exit-codes/
 */
const OPERATION_FAILED = 4;
/** Pulumi's exit code if the user cancelled the operation. */
const CANCELLED = 8;

/** Pulumi's exit code if there are changes and none were expected. */
const CHANGED = 7;

/** The commands that are about a Pulumi program: deploy it, read its state, invoke what it made. */
export function registerPrograms(sandbox: Command): void {
    operation(sandbox, "preview", "show what an update of a Pulumi program would do");
    operation(sandbox, "up", "deploy a Pulumi program, with its smoke checks");
    withStack(withStart(sandbox.command("watch [directory]")))
        .description("deploy a Pulumi program with its checks, and again after each change of its files, until Ctrl-C")
        .action(async (directory: string | undefined, flags: StackFlags) => {
            const { folder, project, stack } = await programOf(directory ?? nearestProject(process.cwd()), flags);
            const { config = {}, configFile } = flags;
            const { watch } = createRequire(__filename)("../watch") as typeof watcher;
            const options = { directory: project.root, stack, config, terminal: terminal(process.stdout) };
            const ofSandbox = { folder, ...startOptions(flags), ...findMapping(project), deploys: true };
            await cancellable(options.terminal, false, (signal) =>
                withProgramEarly({ project, folder, runs: 1 }, () =>
                    onSandbox({ ...ofSandbox, ownSignals: true }, (session) =>
                        watch(session, { ...options, signal, ...defined({ configFile }) }),
                    ),
                ),
            );
        });
    operation(sandbox, "refresh", "update the state of a stack to what the sandbox holds");
    operation(sandbox, "destroy", "delete all resources of a stack");
    reading(sandbox, "outputs", "print the outputs of a stack as JSON; secrets are hidden");
    reading(sandbox, "state", "print the state of a stack as `pulumi stack export` does, or import one").option(
        "--import <file>",
        "import what `pulumi stack export` wrote (- for standard input); the old state is kept beside the new one",
    );
    withStack(withJson(withStart(sandbox.command("invoke <workflow>"))))
        .description(
            "execute a workflow of the last deployment, or another one of the sandbox, and print its result; give its name or that of its component",
        )
        .option("--data <json>", "the argument of the execution", parseJson)
        .option("--directory <directory>", "the folder of the program (default: the one that was deployed last)")
        .action(async (name: string, flags: StackFlags & { data?: unknown; directory?: string }) => {
            const folder = findStateFolder(flags.state, process.cwd(), process.env);
            // Another tool, such as the Pulumi CLI, may have deployed what there is.
            const isNamed = (flags.directory ?? folder.lastDeployment()?.directory) !== undefined;
            const program = isNamed ? await programOf(flags.directory, flags) : undefined;
            const mapping = program === undefined ? await mappingNearby(folder) : findMapping(program.project);
            const { data: argument, json = false } = flags;
            const options = { name, argument, json, terminal: terminal(process.stdout), ...defined({ program }) };
            process.exitCode = await onSandbox(
                { folder, ...startOptions(flags), ...mapping, deploys: false },
                (session) => invoke(session, options),
            );
        });
}

function operation(sandbox: Command, name: DeployOperation, description: string): void {
    const command = withStack(withJson(withStart(sandbox.command(`${name} [directory]`)))).description(description);
    withOperation(command, name).action(async (directory: string | undefined, flags: OperationFlags) => {
        refuseFlags(name, flags);
        const { folder, project, stack } = await programOf(directory ?? nearestProject(process.cwd()), flags);
        const { skipPreview = false, expectNoChanges = false, config = {}, json = false, configFile, parallel } = flags;
        const { strict, diff, showSames: sames, showReads: reads, urns, suppressOutputs } = flags;
        const options = {
            project,
            stack,
            config,
            json,
            skipPreview,
            limits: limitsOf(flags),
            display: {
                ...(diff && { diff }),
                ...(sames && { sames }),
                ...(reads && { reads }),
                ...(urns && { urns }),
                ...(suppressOutputs && { suppressOutputs }),
            },
            ...defined({ configFile, parallel, strict }),
            plugin: flags.provider === "plugin",
        };
        const start = { ...startOptions(flags), ...findMapping(project), ownSignals: true, deploys: name === "up" };
        // Text that is not part of the JSON goes to stderr.
        const reports = (flags.report ?? []).map((text) => lazy.verify().fileDestination("--report", text));
        const screen = terminal(json ? process.stderr : process.stdout);
        const changes = name !== "preview" && flags.previewOnly !== true;
        process.exitCode = await cancellable(screen, changes, async (signal) => {
            const deployed = (): Promise<Outcome> =>
                shownUnless(flags.quiet === true, (output) =>
                    onSandbox({ folder, ...start }, (session) =>
                        deploy(session, name, { ...options, signal, terminal: output }),
                    ),
                );
            const outcome = await withProgramEarly({ project, folder, runs: runsOf(name, flags) }, deployed);
            if (reports.length > 0) {
                lazy.verify().writeReports(outcome.evidence, reports, screen);
            }
            if (!outcome.succeeded) {
                return signal.aborted ? CANCELLED : OPERATION_FAILED;
            }
            if (!expectNoChanges || !hasChanges(outcome)) {
                return 0;
            }
            // This is Pulumi's wording.
            const what = name === "up" ? "update" : name;
            throw new UserError(`no changes were expected for ${what} but changes were proposed`, {
                exitCode: CHANGED,
            });
        });
    });
}

/** How often the program of an operation runs at the same time. */
function runsOf(name: DeployOperation, { previewOnly, runProgram }: OperationFlags): 0 | 1 | 2 {
    switch (name) {
        case "up":
            return previewOnly === true ? 1 : 2;
        case "preview":
            return 1;
        default:
            return runProgram === true ? 1 : 0;
    }
}

/** Runs an operation that shows what it does; a quiet one shows it only if it fails. */
async function shownUnless(isQuiet: boolean, run: (output: Terminal) => Promise<Outcome>): Promise<Outcome> {
    const screen = terminal(process.stdout);
    if (!isQuiet) {
        return run(screen);
    }
    const output = quiet(screen);
    let succeeded = false;
    try {
        const outcome = await run(output);
        ({ succeeded } = outcome);
        return outcome;
    } finally {
        if (!succeeded) {
            output.flush();
        }
    }
}

/** The limits of an operation, and what it does in addition. */
function limitsOf(flags: OperationFlags): OperationOptions & DestroyOptions {
    const { target, targetReplace = [], exclude, replace, refresh, runProgram, previewOnly } = flags;
    const targets = [...(target ?? []), ...targetReplace];
    const replaces = [...(replace ?? []), ...targetReplace];
    return {
        ...(targets.length > 0 && { target: targets }),
        ...(flags.targetDependents && { targetDependents: true }),
        ...(exclude && { exclude }),
        ...(flags.excludeDependents && { excludeDependents: true }),
        ...(replaces.length > 0 && { replace: replaces }),
        ...defined({ refresh }),
        ...(runProgram && { runProgram: true }),
        ...(previewOnly && { previewOnly: true }),
    };
}

/** Adds a command that reads or writes the state without starting a sandbox. */
function reading(sandbox: Command, name: "outputs" | "state", description: string): Command {
    return withStack(withJson(withStart(sandbox.command(`${name} [directory]`))))
        .description(description)
        .option("--show-secrets", "print secrets in the clear")
        .action(
            async (directory: string | undefined, flags: StackFlags & { showSecrets?: boolean; import?: string }) => {
                const { folder, project, stack } = await programOf(directory, flags);
                if (flags.import !== undefined) {
                    process.stdout.write(await importStack(folder, project, stack, flags.import));
                    return;
                }
                const read = await readStack(folder, project, stack, name, flags.showSecrets);
                process.stdout.write(`${JSON.stringify(read, undefined, 4)}\n`);
            },
        );
}

/** The program and stack that a command is about: the named ones, or those of the last deployment. */
async function programOf(directory: string | undefined, flags: StackFlags) {
    const folder = findStateFolder(flags.state, process.cwd(), process.env);
    const last = folder.lastDeployment();
    const where = directory ?? last?.directory;
    if (where === undefined) {
        throw new UserError(`nothing is deployed in ${folder.path}`, {
            fix: "run `gcp-invoke sandbox up DIRECTORY` first, or name another state with --state",
        });
    }
    const named = flags.stack ?? (directory === undefined ? last?.stack : undefined) ?? "dev";
    const stack = named.slice(named.lastIndexOf("/") + 1);
    const project = await readProgram(where, stack, flags.configFile);
    refuseOtherProject(named, project.name);
    return { folder, project, stack };
}
