import { strict as assert } from "node:assert";
import { spawn, type SpawnOptionsWithoutStdio } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkPrinted } from "./printed";
import { checkout } from "./quickstart";

/** How a command ended, and all that it printed on both streams. */
export interface Ended {
    code: number | null;
    text: string;
}

export interface CommandOptions {
    env?: Record<string, string>;
    cwd?: string;
    /** Ends the command by this signal as soon as its output matches, or so many milliseconds later. */
    killWhen?: { output: RegExp; signal: NodeJS.Signals; after?: number };
    /** Is called with all that was printed until now, whenever there is more. */
    onOutput?: (text: string) => void;
    /** What a shell does before it runs the command: `ulimit -S -f 100`. */
    prepare?: string;
    /** Kills the command after so many milliseconds, if it has not ended before. */
    killAfter?: number;
}

/** The command from the sources: the CLI itself and not scripts/cli.cjs, as a SIGKILL is to strike the process that works. */
export const cli = [
    process.execPath,
    "--no-experimental-strip-types",
    "--conditions=pulumi-gcp-invoke-source",
    `--require=${join(checkout, "scripts", "register.cjs")}`,
    join(checkout, "cli", "main.ts"),
];

/**
 * Runs `gcp-invoke` from the sources as a process of its own, with a state folder of its own. What it prints as JSON is compared
 * with its schema.
 */
export function command(state: string, args: string[], options: CommandOptions = {}): Promise<Ended> {
    const { prepare } = options;
    const shell = prepare === undefined ? [] : ["sh", "-c", `${prepare}; exec "$@"`, "sh"];
    const [file = "", ...given] = [...shell, ...cli, ...args];
    const child = spawn(file, given, {
        cwd: options.cwd ?? checkout,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...options.env, GCP_INVOKE_STATE: state },
    });
    let text = "";
    let printed = "";
    const { killWhen, killAfter } = options;
    let timer: NodeJS.Timeout | undefined;
    const kill = (signal: NodeJS.Signals, after: number): void => {
        timer ??= setTimeout(() => child.kill(signal), after);
    };
    const take = (chunk: Buffer): void => {
        text += chunk.toString();
        options.onOutput?.(text);
        if (killWhen?.output.test(text)) {
            kill(killWhen.signal, killWhen.after ?? 0);
        }
    };
    child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    if (killAfter !== undefined) {
        kill("SIGKILL", killAfter);
    }
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => {
            clearTimeout(timer);
            try {
                // What fails may end in the middle of a document.
                if (code === 0) {
                    checkPrinted(args, printed);
                }
                resolve({ code, text });
            } catch (error) {
                reject(error instanceof Error ? error : new Error(String(error)));
            }
        });
    });
}

/** The processes that were started for a state folder and still live: Linux only, elsewhere none is found. */
export function processesOf(state: string): string[] {
    if (process.platform !== "linux") {
        return [];
    }
    return readdirSync("/proc").filter((pid) => {
        try {
            return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(state);
        } catch {
            return false;
        }
    });
}

/** Waits until none is left, for what ends by itself as soon as it sees that its engine is gone. */
export async function noneLeft(state: string): Promise<string[]> {
    for (let tries = 0; tries < 1000 && processesOf(state).length > 0; tries++) {
        await sleep(50);
    }
    return processesOf(state);
}

/**
 * Runs a command to its end.
 * @throws AssertionError with all that it printed, if it ends with anything but 0
 */
export async function succeed(file: string, args: string[], options: SpawnOptionsWithoutStdio): Promise<string> {
    const child = spawn(file, args, options);
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    }
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 0, text);
    return text;
}
