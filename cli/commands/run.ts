import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import {
    compileWorkflow,
    execute,
    fromJson,
    parseWorkflow,
    toJson,
    validateWorkflow,
    type Host,
    type LogEntry,
} from "../../workflow";
import { collect } from "../audit";
import { UserError } from "../errors";
import {
    type Ask,
    checkStepNames,
    Pauses,
    readRecording,
    RecordingHost,
    ReplayHost,
    saveRecording,
    saveTest,
    Tracer,
} from "../run";
import { CommandHost } from "../workflow-host";
import { messageOf } from "../../errors";

export interface RunFlags {
    argument?: string;
    env?: string[];
    trace?: boolean;
    break?: string[];
    step?: boolean;
    record?: string;
    replay?: string;
    saveTest?: string;
}

export function register(program: Command): void {
    program
        .command("run")
        .summary("run a workflow's source on this machine")
        .description(
            "Runs a workflow without deploying it. Calls go to the real network; if a step has auth, they use the credentials of " +
                "this machine. The result goes to stdout as JSON, log entries and the trace to stderr. Google's own variables are set " +
                "if this machine knows their values (the project from GOOGLE_CLOUD_PROJECT); give the others with --env.",
        )
        .argument("<file>", "the workflow's source, YAML or JSON; - reads it from stdin")
        .option("--argument <json>", "the argument of main")
        .option("--env <name=value>", "an environment variable; may be repeated", collect)
        .option(
            "--trace",
            "show every step: its variables before and after, its call, the token's claims, the answer, the time",
        )
        .option("--break <step>", "stop before a step, named step or routine.step; may be repeated", collect)
        .option("--step", "stop before each step")
        .option(
            "--record <file>",
            "write what the run depended on: its argument, its environment and the answers it got",
        )
        .option(
            "--replay <file>",
            "run with the argument, the environment and the answers of a recording, without a network",
        )
        .option("--save-test <file>", "write a JavaScript test that runs the workflow with these answers")
        .action(async (file: string, flags: RunFlags) => {
            const stop = new AbortController();
            process.once("SIGINT", () => stop.abort());
            process.exitCode = await run(file, flags, process.stdout, process.stderr, { stop });
        });
}

interface Out {
    write(text: string): unknown;
}

/**
 * Runs the command.
 *
 * @returns the exit code: 0 if the workflow succeeded
 * @throws UserError if a deploy would refuse the source, or a flag has a mistake
 */
export async function run(
    file: string,
    flags: RunFlags,
    out: Out,
    log: Out,
    options: { stop?: AbortController; host?: Host; ask?: Ask } = {},
): Promise<number> {
    const parsed = parseWorkflow(readSource(file), { file: file === "-" ? "<stdin>" : file });
    const diagnostics = validateWorkflow(parsed);
    const lines = diagnostics.map(
        ({ span, severity, message }) =>
            `${parsed.file}:${span.start.line}:${span.start.column}: ${severity}: ${message}`,
    );
    if (parsed.program === undefined || diagnostics.some(({ severity }) => severity === "error")) {
        throw new UserError(`the workflow would not deploy:\n${lines.join("\n")}`);
    }
    lines.forEach((line) => log.write(`${line}\n`));
    checkStepNames(flags.break ?? [], parsed.program);
    const { stop = new AbortController() } = options;
    const write = (text: string): unknown => log.write(text);
    const tracer = flags.trace === true ? new Tracer(write) : undefined;
    const pauses =
        flags.step === true || flags.break !== undefined
            ? new Pauses(flags.break ?? [], flags.step === true, options.ask ?? askTerminal, write, () => stop.abort())
            : undefined;
    const replayed = flags.replay === undefined ? undefined : readRecording(flags.replay);
    const argument = readArgument(flags.argument ?? replayed?.argument);
    const env = {
        ...builtIn(file),
        ...replayed?.env,
        ...Object.fromEntries((flags.env ?? []).map(readPair)),
    };
    const onLog = (entry: LogEntry): unknown => log.write(logLine(entry));
    const real = (): Host => new CommandHost(onLog, undefined, (auth, claims) => tracer?.token(auth, claims));
    const host = new RecordingHost(options.host ?? (replayed === undefined ? real() : new ReplayHost(replayed, onLog)));
    const startedAt = host.now();
    const outcome = await execute(compileWorkflow(parsed.program), {
        argument,
        env,
        host,
        signal: stop.signal,
        ...((tracer ?? pauses) !== undefined && {
            onStep: (event) => {
                tracer?.step(event);
                return pauses?.before(event);
            },
        }),
        ...(tracer !== undefined && { onCall: (event) => tracer.call(event) }),
    });
    const { answers, uuids } = host;
    const recording = { version: 1 as const, argument: toJson(argument), env, startedAt, answers, uuids };
    if (flags.record !== undefined) {
        saveRecording(flags.record, recording);
    }
    if (flags.saveTest !== undefined) {
        saveTest(flags.saveTest, file, recording, outcome);
    }
    if (outcome.state === "SUCCEEDED") {
        out.write(`${toJson(outcome.result, "  ")}\n`);
        return 0;
    }
    log.write(`${outcome.state}: ${outcome.error.context}\n${outcome.error.payload}\n`);
    return 1;
}

/** @throws UserError without a terminal, because then nobody answers */
async function askTerminal(question: string): Promise<string> {
    if (!process.stdin.isTTY) {
        throw new UserError("--break and --step ask at a terminal, and the standard input is none", {
            fix: "use --trace, or run the command in a terminal",
        });
    }
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
        return await terminal.question(question);
    } finally {
        terminal.close();
    }
}

function readSource(file: string): string {
    try {
        return readFileSync(file === "-" ? 0 : file, "utf8");
    } catch (error) {
        throw new UserError(`cannot read the workflow ${file}: ${messageOf(error)}`);
    }
}

function readArgument(text: string | undefined): ReturnType<typeof fromJson> {
    try {
        return fromJson(text ?? "null");
    } catch (error) {
        throw new UserError(`--argument must be JSON: ${messageOf(error)}`, {
            fix: "put a text in double quotes within single ones",
        });
    }
}

function readPair(pair: string): [string, string] {
    const at = pair.indexOf("=");
    if (at < 1) {
        throw new UserError(`--env must be NAME=value, got "${pair}"`);
    }
    return [pair.slice(0, at), pair.slice(at + 1)];
}

/**
 * The variables that Workflows would set, if this machine knows their values:
 * https://cloud.google.com/workflows/docs/reference/environment-variables
 */
function builtIn(file: string): Record<string, string> {
    const project = process.env["GOOGLE_CLOUD_PROJECT"] ?? process.env["CLOUDSDK_CORE_PROJECT"];
    return {
        ...(project !== undefined && { GOOGLE_CLOUD_PROJECT_ID: project }),
        GOOGLE_CLOUD_WORKFLOW_ID: file === "-" ? "workflow" : basename(file).replace(/\..*$/, ""),
        GOOGLE_CLOUD_WORKFLOW_REVISION_ID: "000001-000",
        GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID: randomUUID(),
    };
}

function logLine({ severity, payload, step }: LogEntry): string {
    return `[${severity}] ${step}: ${"text" in payload ? payload.text : JSON.stringify(payload.json)}\n`;
}
