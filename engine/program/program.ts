import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";

import { messageOf } from "../../errors";
import { saysThatRunEnded } from "./requests";
import { type Command, type Launch, launchOf, type ProgramOptions } from "../languages";
import { canWait, killGroup, type NodeProgram, ownGroup, startInReserve } from "../processes";

/** A program that runs. */
export interface Running {
    /** Resolves with the exit code when the program has ended; with null if a signal ended it. */
    exit: Promise<number | null>;
    /** Whether it may wait for ever after a failed request. This is so for a function, which cannot be ended. */
    mayWaitForever?: boolean;
    /** Why the program ended, if it could not report that itself. */
    reason?: () => string | undefined;
    /** The resources that keep the program alive, by Node's names: `Timeout`, `TCPServerWrap`. */
    openHandles?: () => Promise<string[]>;
    /** Ends the program at once. */
    kill(): void;
}

/** Starts a program in a process of its own, after it has been compiled if its language needs that. */
export function startProgram(options: ProgramOptions): Running {
    const launch = launchOf(options);
    const { build, temporary } = launch;
    /** The process that runs now: of the compiler or of the program. */
    let child: ChildProcess | undefined;
    let killed = false;
    let reason: string | undefined;
    const run = (command: Command, env: NodeJS.ProcessEnv, node?: NodeProgram): Promise<number | null> => {
        const started = start(command, options, env, node);
        child = started;
        return new Promise((resolve) => {
            started.once("error", (error) => {
                reason = whyNotStarted(error, command, options);
                resolve(1);
            });
            started.once("close", resolve);
        });
    };
    const compile = async ({ command, args }: Command): Promise<number | null> => {
        const code = await run({ command, args }, process.env);
        if (code !== 0) {
            reason ??= `the program in ${options.project.directory} does not compile: ${command} ${args.join(" ")} ended with ${String(code)}`;
        }
        return code;
    };
    const execute = async (): Promise<number | null> => {
        const code = build === undefined ? 0 : await compile(build);
        try {
            return code !== 0 || killed ? code : await run(launch, environmentOf(options, launch), launch.node);
        } finally {
            if (temporary !== undefined) {
                rmSync(temporary, { force: true });
            }
        }
    };
    const kill = (): void => {
        killed = true;
        if (child !== undefined) {
            killGroup(child);
        }
    };
    const openHandles = (): Promise<string[]> => askOpenHandles(child);
    return { exit: execute(), reason: () => reason, ...(launch.node && { openHandles }), kill };
}

function start(
    { command, args }: Command,
    options: ProgramOptions,
    env: NodeJS.ProcessEnv,
    node: NodeProgram | undefined,
): ChildProcess {
    const { project, reserve = false, cacheDirectory } = options;
    const child =
        reserve && node !== undefined && canWait(node)
            ? startInReserve(node, env, cacheDirectory)
            : spawn(command, args, {
                  cwd: project.directory,
                  ...ownGroup,
                  // The fourth ends when the engine has ended in any way, and with it ends the program.
                  stdio: ["ignore", "pipe", "pipe", node ? "ipc" : "pipe"],
                  env,
              });
    for (const stream of ["stdout", "stderr"] as const) {
        child[stream]?.setEncoding("utf8");
        child[stream]?.on("data", (text: string) => options.onOutput(stream, withoutNotices(text)));
    }
    return child;
}

function whyNotStarted(error: Error, { command }: Command, { project }: ProgramOptions): string {
    return (error as NodeJS.ErrnoException).code === "ENOENT"
        ? `there is no ${command} on this machine, which the program in ${project.directory} needs; install it, or put its folder on the PATH`
        : messageOf(error);
}

function environmentOf(options: ProgramOptions, { environment, node }: Launch): NodeJS.ProcessEnv {
    const entries = Object.entries(options.config);
    const secret = entries.flatMap(([key, { secret: isSecret }]) => (isSecret === true ? [key] : []));
    return {
        ...(node && { NODE_COMPILE_CACHE: options.cacheDirectory }),
        // To check types takes most of the time of a program. A user who needs it twice sets the variable to false.
        ...(options.typesChecked && { PULUMI_NODEJS_TRANSPILE_ONLY: "true" }),
        ...process.env,
        ...options.environment,
        ...environment,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(entries.map(([key, { value }]) => [key, value]))),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secret),
        ...withoutProxyForLoopback(options.environment),
    };
}

/** Makes sure that the program reaches the engine on loopback without a proxy. */
function withoutProxyForLoopback(environment: Record<string, string | undefined>): Record<string, string> {
    const given =
        environment["NO_PROXY"] ?? environment["no_proxy"] ?? process.env["NO_PROXY"] ?? process.env["no_proxy"] ?? "";
    const hosts = [...new Set([...given.split(",").filter(Boolean), "localhost", "127.0.0.1"])].join(",");
    return { NO_PROXY: hosts, no_proxy: hosts };
}

function askOpenHandles(child: ChildProcess | undefined): Promise<string[]> {
    return new Promise((resolve) => {
        child?.once("message", (names) => resolve(names as string[]));
        child?.send("", (error) => {
            if (error !== null) {
                resolve([]);
            }
        });
    });
}

/**
 * A program that fails ends its connection, and what it logs after that goes to its standard error, in words of the SDK:
 * "failed to deliver log message … Channel has been shut down". Only the message itself is of use,
 * and not even that if it only says that the connection has ended.
 */
export function withoutNotices(text: string): string {
    return text.replaceAll(
        /^failed to deliver log message\. \nerror: .*\noriginal message: ([^]*?)\n message severity: \w+(\n|$)/gm,
        (_, message: string, end: string) => (saysThatRunEnded(message) ? "" : message + end),
    );
}
