import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { CredentialOptions } from "../../credentials";
import {
    formatGithub,
    formatJunit,
    formatReport,
    parseSpec,
    type Report,
    type SmokeSpec,
    specsOfState,
    verifySpecs,
} from "../../smoke";
import { UserError } from "../errors";
import { terminal, type Terminal } from "../render";
import { sandboxDeployment, verifyInSandbox } from "../sandbox";

/** This command expects that all grants have arrived, so it does not wait as long as a check after a deploy. */
const settledSeconds = 60;

export interface VerifyFlags {
    spec?: string;
    state?: string;
    stack?: string;
    format: "table" | "json" | "junit" | "github";
    watch?: number;
    only?: string;
    allowSlow?: boolean;
    deadline?: number;
    concurrency?: number;
    as?: string;
    cloud?: boolean;
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
            "read the state from a file instead: what `pulumi stack export` prints, or the state of a sandbox; - means stdin",
        )
        .option("--stack <name>", "the stack (default: the selected one)")
        .addOption(
            new Option("--format <format>", "the format of the reports")
                .choices(["table", "json", "junit", "github"])
                .default("table"),
        )
        .option("--only <text>", "run only the checks and probes whose name contains this text")
        .option("--watch <interval>", "repeat the checks at this interval, such as 5m, until Ctrl-C", interval)
        .option("--allow-slow", "wait as long as after a deploy for grants that have not arrived everywhere")
        .option("--deadline <time>", `when to give up (default: ${settledSeconds}s)`, interval)
        .option("--concurrency <count>", "how many probes of a component run at the same time", count)
        .option(
            "--as <email>",
            "act as this service account (default: what the stack's configuration and the environment say)",
        )
        .action(async (given: string | undefined, options: VerifyFlags) => {
            const { directory, flags } = placeOf(given, options);
            const elsewhere = flags.cloud === true || flags.spec !== undefined || flags.state !== undefined;
            const local = elsewhere ? undefined : sandboxDeployment(directory, flags.stack);
            if (local) {
                process.stderr.write(`verifying the stack in the sandbox of ${local.folder.path}\n`);
            }
            process.exitCode = local
                ? await verifyInSandbox(local, optionsOf(flags))
                : await verify(directory, flags, terminal(process.stdout));
        });
}

/** The argument is a directory if there is one of that name, and otherwise the name of a stack. */
function placeOf(given: string | undefined, flags: VerifyFlags): { directory: string; flags: VerifyFlags } {
    if (given === undefined || (existsSync(given) && statSync(given).isDirectory())) {
        return { directory: given ?? ".", flags };
    }
    if (!/^[\w-][\w.-]*(\/[\w.-]+){0,2}$/.test(given)) {
        throw new UserError(`${given} is neither a directory nor a stack's name`, { exitCode: 2 });
    }
    if (flags.stack !== undefined && flags.stack !== given) {
        throw new UserError(`the stack is given twice: ${given}, and --stack ${flags.stack}`, { exitCode: 2 });
    }
    return { directory: ".", flags: { ...flags, stack: given } };
}

/**
 * Runs the command.
 *
 * @returns the exit code: 0, or 1 if a probe failed
 */
export async function verify(directory: string, flags: VerifyFlags, out: Terminal): Promise<number> {
    const specs = await readSpecs(directory, flags);
    const credentials = await credentialsOf(directory, flags);
    // Tokens of the first rounds expire while it watches. Then a probe can show that they are refused.
    const oldTokens = new Map<string, string>();
    for (;;) {
        const reports = await verifySpecs(specs, {
            credentials,
            oldTokens,
            ...(flags.allowSlow !== true && { deadlineSeconds: settledSeconds }),
            ...(flags.deadline !== undefined && { deadlineSeconds: flags.deadline }),
            ...(flags.only !== undefined && { only: flags.only }),
            ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
            onProgress: (component, { probe, state, message, retryInSeconds }) => {
                // Progress is for people, and stdout may be read by a program.
                if (state === "waiting") {
                    process.stderr.write(
                        `${component}: ${probe}: ${message ?? ""}; next try in ${Math.ceil(retryInSeconds ?? 0)} s\n`,
                    );
                }
            },
        });
        if (reports.length === 0) {
            throw new UserError(`no probe's name contains "${flags.only ?? ""}"`);
        }
        out.write(`${format(reports, flags.format, out)}\n`);
        if (flags.watch === undefined) {
            return reports.some(({ verdict }) => verdict === "failed") ? 1 : 0;
        }
        await delay(flags.watch * 1000);
    }
}

/** Prints the reports in one of the formats of the command. */
export function format(reports: readonly Report[], as: VerifyFlags["format"], out: Terminal): string {
    switch (as) {
        case "json":
            return JSON.stringify({ version: 1, reports }, undefined, 4);
        case "junit":
            return formatJunit(reports);
        case "github":
            return formatGithub(reports);
        case "table": {
            // Only a screen has a width. In a file or a log no line is cut.
            const width = out.interactive ? { width: Math.max(out.columns, 100) } : {};
            return reports.map((report) => formatReport(report, { color: out.color, ...width })).join("\n\n");
        }
    }
}

async function readSpecs(directory: string, flags: VerifyFlags): Promise<SmokeSpec[]> {
    if (flags.spec !== undefined) {
        const { spec: file } = flags;
        const content = readJson(file);
        return (Array.isArray(content) ? content : [content]).map((each) => parseSpec(each, file));
    }
    const state = flags.state === undefined ? await exportStack(directory, flags.stack) : readJson(flags.state);
    const specs = specsOfState(state);
    if (specs.length > 0) {
        return specs;
    }
    throw new UserError(
        `${flags.state ?? `the stack of ${resolve(directory)}`} keeps no smoke spec: no component of pulumi-gcp-invoke was deployed with its check (is gcp-invoke:smoke off?)`,
    );
}

function readJson(file: string): unknown {
    try {
        return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
    } catch (error) {
        throw new UserError(`cannot read ${file}: ${(error as Error).message}`);
    }
}

async function exportStack(directory: string, stack: string | undefined): Promise<unknown> {
    return JSON.parse(await pulumi(["stack", "export"], directory, stack));
}

/** The configuration of the stack says as whom the provider acts. The environment says all else that it needs. */
async function credentialsOf(directory: string, flags: VerifyFlags): Promise<CredentialOptions> {
    if (flags.as !== undefined) {
        return { impersonateServiceAccount: flags.as };
    }
    if (flags.spec !== undefined || flags.state !== undefined) {
        return {};
    }
    const config = JSON.parse(await pulumi(["config", "--json"], directory, flags.stack)) as Record<
        string,
        { value?: string } | undefined
    >;
    const account = config["gcp:impersonateServiceAccount"]?.value;
    return account === undefined ? {} : { impersonateServiceAccount: account };
}

async function pulumi(command: string[], directory: string, stack: string | undefined): Promise<string> {
    const where = ["--cwd", directory, "--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])];
    try {
        const { stdout } = await promisify(execFile)("pulumi", [...command, ...where], {
            maxBuffer: 256 * 1024 * 1024,
        });
        return stdout;
    } catch (error) {
        const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
        throw code === "ENOENT"
            ? new UserError(
                  "nothing was deployed to a sandbox from this folder (gcp-invoke sandbox up), and the Pulumi CLI is not on the PATH",
                  { fix: "install it, or give the stack's state with --state FILE or a spec with --spec FILE" },
              )
            : new UserError(
                  `pulumi ${command.join(" ")} failed in ${resolve(directory)}: ${(stderr ?? message).trim()}`,
              );
    }
}

/** The options, for a process that gets the state. */
function optionsOf({ stack: _, ...flags }: VerifyFlags): string[] {
    return Object.entries(flags).flatMap(([name, value]) => {
        const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
        return value === true ? [option] : [option, String(value)];
    });
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
