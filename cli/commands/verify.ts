import { setTimeout as delay } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import { defined } from "../../common";
import { UserError } from "../errors";
import { QUIET } from "../global-options";
import { destinationsOf, quiet, terminal, type Terminal } from "../render";
import { commandInSandbox, localDeployment, stackArgument } from "../sandbox";
import {
    checkAgain,
    configuredCredentials,
    type Destination,
    formats,
    parseShard,
    readSpecs,
    SETTLED_SECONDS,
    type Shard,
    shardOf,
    shardOfTask,
    type SpecFlags,
    writeReports,
} from "../verify";

export interface VerifyFlags extends SpecFlags {
    shard?: Shard;
    format?: Destination[];
    watch?: number;
    only?: string;
    allowSlow?: boolean;
    deadline?: number;
    concurrency?: number;
    as?: string;
    cloud?: boolean;
    quiet?: boolean;
}

export function register(program: Command): void {
    program
        .command("verify")
        .summary("run the smoke checks of a deployed stack again")
        .description(
            "Runs the smoke checks of a deployed stack as its gates did, from the specs that the gates keep in the stack's state.\n" +
                "If `gcp-invoke sandbox up` deployed the stack, the checks run in the sandbox, and otherwise on Google Cloud.\n" +
                "The exit code is 0 if nothing failed, 1 if a probe failed or nothing could be checked, 2 if the command line is wrong.",
        )
        .argument(
            "[stack]",
            "a stack of the Pulumi.yaml in this folder, or the folder of another program (default: the selected stack)",
        )
        .option("--cloud", "check what the Pulumi CLI deployed, even if the sandbox has a stack of that folder")
        .option("--spec <file>", "read a spec (or a list of specs) from a file instead")
        .option(
            "--state <file>",
            "read the state from a file instead: what `pulumi stack export` prints, or the state of a sandbox; - means stdin. The folder of a sandbox's state means the stack there",
        )
        .option("--stack <name>", "the stack (default: the selected one)")
        .option(
            "--specs <place>",
            "check what all JSON files in a folder or in gs://BUCKET/PREFIX hold: states of stacks, specs, or lists of specs",
        )
        .option(
            "--shard <part>",
            "run only this part of the checks, such as 2/4 (default with --specs: the task of the Cloud Run job)",
            shard,
        )
        .option(
            "--format <format>",
            `the format of the reports: ${formats.join(", ")} (default: table). FORMAT=FILE writes it to a file; it can be given several times`,
            destinationsOf(formats),
        )
        .option("--only <text>", "run only the checks and probes whose name contains this text")
        .option("--watch <interval>", "repeat the checks at this interval, such as 5m, until Ctrl-C", interval)
        .option("--allow-slow", "wait as long as after a deploy for grants that have not arrived everywhere")
        .option("--deadline <time>", `when to give up (default: ${SETTLED_SECONDS}s)`, interval)
        .option("--concurrency <count>", "how many probes of a component run at the same time", count)
        .option(
            "--as <email>",
            "act as this service account (default: what the stack's configuration and the environment say)",
        )
        .option(...QUIET)
        .action(async (given: string | undefined, options: VerifyFlags) => {
            const { directory, flags } = stackArgument(given, options);
            const elsewhere =
                flags.cloud === true || [flags.spec, flags.state, flags.specs].some((from) => from !== undefined);
            const local = localDeployment(directory, flags, elsewhere);
            if (local && flags.quiet !== true) {
                process.stderr.write(`verifying the stack in the sandbox of ${local.folder.path}\n`);
            }
            process.exitCode = local
                ? await commandInSandbox("verify", local, optionsOf(flags))
                : await verify(directory, flags, terminal(process.stdout));
        });
}

/**
 * Runs the command.
 *
 * @returns the exit code: 0, or 1 if a probe failed
 */
export async function verify(directory: string, flags: VerifyFlags, out: Terminal): Promise<number> {
    const credentials = await configuredCredentials(directory, flags);
    const all = await readSpecs(directory, flags, credentials);
    const part = flags.shard ?? (flags.specs === undefined ? undefined : shardOfTask(process.env));
    const specs = part === undefined ? all : shardOf(all, part);
    if (part !== undefined && flags.quiet !== true) {
        const { index, count: parts } = part;
        process.stderr.write(`part ${index} of ${parts}: ${specs.length} of ${all.length} checks\n`);
    }
    if (specs.length === 0) {
        return 0;
    }
    // Tokens of the first rounds expire while it watches. Then a probe can show that they are refused.
    const oldTokens = new Map<string, string>();
    for (;;) {
        // A part of the checks asks about targets whose callers other parts declare.
        const reports = await checkAgain(specs, all, {
            credentials,
            oldTokens,
            ...defined({
                // A slow check waits as long as its spec says.
                deadlineSeconds: flags.deadline ?? (flags.allowSlow === true ? undefined : SETTLED_SECONDS),
                only: flags.only,
                concurrency: flags.concurrency,
            }),
        });
        if (reports.length === 0) {
            throw new UserError(`no probe's name contains "${flags.only ?? ""}"`);
        }
        const isTried = reports.some(({ probes }) => probes.some(({ verdict }) => verdict !== "not-tried"));
        const passed = isTried && reports.every(({ verdict }) => verdict !== "failed");
        const held = flags.quiet === true ? quiet(out) : undefined;
        writeReports(reports, flags.format ?? [{ format: "table" }], held ?? out);
        if (!passed) {
            held?.flush();
        }
        if (flags.watch === undefined) {
            if (!isTried) {
                throw new UserError("no probe could be tried, so that nothing is known", {
                    fix: "the report says why not, for each probe",
                });
            }
            return passed ? 0 : 1;
        }
        await delay(flags.watch * 1000);
    }
}

/** The options, for a process that gets the state. */
function optionsOf({ stack: _, format = [], shard: part, ...flags }: VerifyFlags): string[] {
    const written = format.map(({ format: name, file }) => `--format=${name}${file === undefined ? "" : `=${file}`}`);
    const parts = part === undefined ? [] : [`--shard=${part.index}/${part.count}`];
    const others = Object.entries(flags).flatMap(([name, value]) => {
        const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
        return value === true ? [option] : [option, String(value)];
    });
    return [...others, ...written, ...parts];
}

/** `2/4`. */
function shard(text: string): Shard {
    const part = parseShard(text);
    if (part === undefined) {
        throw new InvalidArgumentError("write it like 2/4: the second of four parts");
    }
    return part;
}

/** `90s`, `5m`, `1h` or seconds. */
function interval(text: string): number {
    const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? [];
    if (number === undefined || Number(number) === 0) {
        throw new InvalidArgumentError("write it like 90s, 5m or 1h");
    }
    return Number(number) * ({ s: 1, m: 60, h: 3600 }[unit] ?? 1);
}

function count(text: string): number {
    if (!/^[1-9]\d*$/.test(text)) {
        throw new InvalidArgumentError("write a whole number from 1");
    }
    return Number(text);
}
