import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { extname, join } from "node:path";

import { ProgramError } from "../errors";
import { lifeline, ownGroup } from "../processes";
import type { ConfigValue, Project } from "../project";

/** How a program is started. */
export interface ProgramOptions {
    project: Project;
    stack: string;
    dryRun: boolean;
    parallel: number;
    /** Where the engine listens. */
    address: string;
    config: Record<string, ConfigValue>;
    environment: Record<string, string | undefined>;
    /** Where compiled code is kept between runs. */
    cacheDirectory: string;
    /** Whether another run of the same program checks its types. */
    typesChecked: boolean;
    onOutput: (stream: "stdout" | "stderr", text: string) => void;
}

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

/** Starts a program with the SDK's own runner, as the Pulumi CLI's language host does. */
export function startProgram(options: ProgramOptions): Running {
    const { project } = options;
    const child = spawn(
        process.execPath,
        [
            ...sourceCondition(),
            lifeline,
            ...project.node.arguments,
            project.yaml === undefined ? runner(project.directory) : ownRunner(),
            `--monitor=${options.address}`,
            `--engine=${options.address}`,
            "--organization=organization",
            `--project=${project.name}`,
            `--root-directory=${project.root}`,
            `--stack=${options.stack}`,
            `--pwd=${project.directory}`,
            `--parallel=${options.parallel}`,
            ...(options.dryRun ? ["--dry-run"] : []),
            project.yaml === undefined ? project.main : join(__dirname, "..", "yaml", `program${extname(__filename)}`),
        ],
        {
            cwd: project.directory,
            ...ownGroup,
            stdio: ["ignore", "pipe", "pipe", "ipc"],
            env: {
                NODE_COMPILE_CACHE: options.cacheDirectory,
                // To check types takes most of the time of a program. A user who needs it twice sets the variable to false.
                ...(options.typesChecked && { PULUMI_NODEJS_TRANSPILE_ONLY: "true" }),
                ...process.env,
                ...options.environment,
                ...(project.yaml !== undefined && {
                    PULUMI_YAML_FILE: project.yaml,
                    PULUMI_YAML_PLUGINS: JSON.stringify(project.plugins),
                }),
                PULUMI_NODEJS_TYPESCRIPT: String(project.node.typescript),
                ...(project.node.tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: project.node.tsconfig }),
                PULUMI_CONFIG: JSON.stringify(
                    Object.fromEntries(Object.entries(options.config).map(([k, v]) => [k, v.value])),
                ),
                PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(
                    Object.entries(options.config).flatMap(([key, { secret }]) => (secret === true ? [key] : [])),
                ),
                ...withoutProxyForLoopback(options.environment),
            },
        },
    );
    forward(child, options.onOutput);
    const exit = new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
    });
    const openHandles = (): Promise<string[]> =>
        new Promise((resolve) => {
            child.once("message", (names) => resolve(names as string[]));
            child.send("", (error) => {
                if (error !== null) {
                    resolve([]);
                }
            });
        });
    return { exit, openHandles, kill: () => child.kill("SIGKILL") };
}

/** The runner of the SDK that the program uses; that of the engine's SDK if the program has none. */
function runner(directory: string): string {
    for (const from of [join(directory, "index.js"), __filename]) {
        try {
            return createRequire(from).resolve("@pulumi/pulumi/cmd/run");
        } catch {
            continue;
        }
    }
    throw new ProgramError(`no @pulumi/pulumi for the program in ${directory}`, { fix: "run npm install there" });
}

/** The runner of the engine's SDK, which runs programs in YAML. */
function ownRunner(): string {
    return createRequire(__filename).resolve("@pulumi/pulumi/cmd/run");
}

/** Lets a program load this package from its sources if the engine itself runs from its sources. */
function sourceCondition(): string[] {
    if (!__filename.endsWith(".ts")) {
        return [];
    }
    const register = join(__dirname, "..", "..", "scripts", "register.cjs");
    return ["--conditions=pulumi-gcp-invoke-source", `--require=${register}`];
}

/** Makes sure that the program reaches the engine on loopback without a proxy. */
function withoutProxyForLoopback(environment: Record<string, string | undefined>): Record<string, string> {
    const given =
        environment["NO_PROXY"] ?? environment["no_proxy"] ?? process.env["NO_PROXY"] ?? process.env["no_proxy"] ?? "";
    const hosts = [...new Set([...given.split(",").filter(Boolean), "localhost", "127.0.0.1"])].join(",");
    return { NO_PROXY: hosts, no_proxy: hosts };
}

function forward(child: ChildProcess, onOutput: ProgramOptions["onOutput"]): void {
    for (const stream of ["stdout", "stderr"] as const) {
        child[stream]?.setEncoding("utf8");
        child[stream]?.on("data", (text: string) => onOutput(stream, withoutNotices(text)));
    }
}

/**
 * A program that fails ends its connection, and what it logs after that goes to its standard error, in words of the SDK:
 * "failed to deliver log message … Channel has been shut down". Only the message itself is of use.
 */
export function withoutNotices(text: string): string {
    return text.replaceAll(
        /^failed to deliver log message\. \nerror: .*\noriginal message: ([^]*?)\n message severity: \w+$/gm,
        "$1",
    );
}
