import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
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
    type StepEvent,
} from "../../workflow";
import { collect } from "../audit";
import { UserError } from "../errors";
import { CommandHost } from "../workflow-host";
import { messageOf } from "../../errors";

export interface RunFlags {
    argument?: string;
    env?: string[];
    trace?: boolean;
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
        .option("--trace", "show every step as it runs")
        .action(async (file: string, flags: RunFlags) => {
            const stop = new AbortController();
            process.once("SIGINT", () => stop.abort());
            process.exitCode = await run(file, flags, process.stdout, process.stderr, { signal: stop.signal });
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
    options: { signal?: AbortSignal; host?: Host } = {},
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
    const outcome = await execute(compileWorkflow(parsed.program), {
        argument: readArgument(flags.argument),
        env: { ...builtIn(file), ...Object.fromEntries((flags.env ?? []).map(readPair)) },
        host: options.host ?? new CommandHost((entry) => log.write(logLine(entry))),
        ...(options.signal && { signal: options.signal }),
        ...(flags.trace === true && { onStep: (event) => log.write(traceLine(event)) }),
    });
    if (outcome.state === "SUCCEEDED") {
        out.write(`${toJson(outcome.result, "  ")}\n`);
        return 0;
    }
    log.write(`${outcome.state}: ${outcome.error.context}\n${outcome.error.payload}\n`);
    return 1;
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

function traceLine({ phase, step, number, depth, error }: StepEvent): string {
    const mark = { start: "→", end: "✓", error: "✗" }[phase];
    const what = step.callee ?? step.kind;
    const why = error === undefined ? "" : `: ${error.message}`;
    return `${String(number).padStart(5)} ${"  ".repeat(depth)}${mark} ${step.routine}.${step.name} (${what}, line ${step.position.line})${why}\n`;
}
