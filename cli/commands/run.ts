import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
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
    type Recording,
    RecordingHost,
} from "../../workflow";
import { redact } from "../../credentials";
import { collect } from "../audit";
import { fileError, UserError } from "../errors";
import { type Ask, checkStepNames, Pauses, readRecording, ReplayHost, saveRecording, saveTest, Tracer } from "../run";
import { findExecution, findStateFolder, workflowOf } from "../sandbox";
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
    state?: string;
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
        .argument(
            "[file]",
            "the workflow's source, YAML or JSON; - reads it from stdin; default: that of the execution of --replay",
        )
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
            "--replay <recording>",
            "run with the argument, the environment and the answers of a recording, without a network: a file of --record, " +
                "or an execution that ended in the sandbox, as `sandbox executions` lists them",
        )
        .option(
            "--state <directory>",
            "the folder of the sandbox's state for --replay (default: the nearest .gcp-invoke)",
        )
        .option("--save-test <file>", "write a JavaScript test that runs the workflow with these answers")
        .action(async (file: string | undefined, flags: RunFlags) => {
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
    file: string | undefined,
    flags: RunFlags,
    out: Out,
    log: Out,
    options: { stop?: AbortController; host?: Host; ask?: Ask } = {},
): Promise<number> {
    const replayed = flags.replay === undefined ? undefined : readReplayed(flags.replay, flags.state);
    const { name, source } = readSource(file, replayed);
    const parsed = parseWorkflow(source, { file: name });
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
    const argument = readArgument(flags.argument ?? replayed?.recording.argument);
    const env = {
        ...builtIn(name),
        ...replayed?.recording.env,
        ...Object.fromEntries((flags.env ?? []).map(readPair)),
    };
    const onLog = (entry: LogEntry): unknown => log.write(logLine(entry));
    const onToken: ConstructorParameters<typeof ReplayHost>[2] = (auth, claims) => tracer?.token(auth, claims);
    const real = (): Host => new CommandHost(onLog, undefined, onToken);
    const host = new RecordingHost(
        options.host ?? (replayed === undefined ? real() : new ReplayHost(replayed.recording, onLog, onToken)),
    );
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
    const { answers, uuids, callbacks } = host;
    const recording = { version: 1 as const, argument: toJson(argument), env, startedAt, answers, uuids, callbacks };
    if (flags.record !== undefined) {
        saveRecording(flags.record, recording);
    }
    if (flags.saveTest !== undefined) {
        const tested = { program: parsed.program, source, ...(file !== undefined && file !== "-" && { path: file }) };
        await saveTest(flags.saveTest, tested, recording);
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

interface Replayed {
    recording: Recording;
    /** The source of an execution, and the workflow that it is. */
    source?: { name: string; source: string };
}

/** A file of --record, or else an execution of the sandbox. */
function readReplayed(replay: string, state: string | undefined): Replayed {
    if (existsSync(replay)) {
        return { recording: readRecording(replay) };
    }
    if (/[\\/.]/.test(replay) && !replay.startsWith("projects/")) {
        throw new UserError(`--replay ${replay}: there is no such file`, {
            fix: "name a file of --record, or an execution as `gcp-invoke sandbox executions` lists them",
        });
    }
    const record = findExecution(findStateFolder(state, process.cwd(), process.env), replay);
    return { recording: record, source: { name: `${workflowOf(record.name)}.yaml`, source: record.source } };
}

function readSource(file: string | undefined, replayed: Replayed | undefined): { name: string; source: string } {
    if (file === undefined) {
        if (replayed?.source === undefined) {
            throw new UserError("no workflow is named", {
                fix: "name the file with its source, or an execution of the sandbox with --replay",
                exitCode: 2,
            });
        }
        return replayed.source;
    }
    try {
        return {
            name: file === "-" ? "<stdin>" : file,
            source: readFileSync(file === "-" ? 0 : file, "utf8"),
        };
    } catch (error) {
        throw fileError(`cannot read the workflow ${file}`, error, "name a file with its source");
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
        GOOGLE_CLOUD_WORKFLOW_ID: file === "<stdin>" ? "workflow" : basename(file).replace(/\..*$/, ""),
        GOOGLE_CLOUD_WORKFLOW_REVISION_ID: "000001-000",
        GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID: randomUUID(),
    };
}

function logLine({ severity, payload, step }: LogEntry): string {
    return redact(`[${severity}] ${step}: ${"text" in payload ? payload.text : JSON.stringify(payload.json)}\n`);
}
