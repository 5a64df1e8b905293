import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import type { Printers } from "./logs";
import { newMark, signalMarked } from "./mark";
import { endWithThisProcess } from "./reaper";

/** How long a program may take to end. Cloud Run gives it ten seconds, but a test suite should not wait so long. */
const LEAVE_MILLISECONDS = 2000;
/** How long the system may take to remove a process that was killed. */
const CLEAR_MILLISECONDS = 1000;
const WINDOWS = process.platform === "win32";

/** A program, and all processes that it starts. */
export interface ProcessGroup {
    readonly child: ChildProcessByStdio<null, Readable, Readable>;
    /** Ends all of them. */
    end(): Promise<void>;
}

/**
 * Starts a program in a process group of its own, because `npm start`, `sh -c` and others start the real program as their
 * child. The whole group ends when the program ends, as a container ends with its first process. It also ends when this
 * process ends, however that happens. On Linux a process that has left the group is known by the variable in its
 * environment, unless it has a new environment as well.
 */
export function startGroup(command: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): ProcessGroup {
    const [program = "", ...args] = command;
    const { mark, variables } = newMark();
    const env = { ...options.env, ...variables };
    const child = spawn(program, args, { ...options, env, detached: !WINDOWS, stdio: ["ignore", "pipe", "pipe"] });
    const forget = child.pid === undefined ? (): void => undefined : endWithThisProcess({ group: child.pid, mark });
    const all: Everybody = { child, mark };
    child.once("exit", () => {
        signal(all, "SIGKILL");
        forget();
    });
    return {
        child,
        async end() {
            signal(all, "SIGTERM");
            if (!(await gone(child, LEAVE_MILLISECONDS))) {
                signal(all, "SIGKILL");
                await gone(child, CLEAR_MILLISECONDS);
            }
            // One of them may have been started while the others were looked for.
            signalMarked(mark, "SIGKILL");
            // A process that nobody knows any more may still hold the other ends of these streams.
            child.stdout.destroy();
            child.stderr.destroy();
        },
    };
}

/** Prints what a program writes, as text. */
export function printOutput({ stdout, stderr }: ProcessGroup["child"], print: Printers): void {
    stdout.setEncoding("utf8").on("data", print.stdout).on("close", print.stdout.end);
    stderr.setEncoding("utf8").on("data", print.stderr).on("close", print.stderr.end);
}

/** The processes of a group, and those with its mark. */
interface Everybody {
    child: ChildProcess;
    mark: string;
}

function signal({ child, mark }: Everybody, name: NodeJS.Signals): void {
    signalGroup(child, name);
    signalMarked(mark, name);
}

function signalGroup({ pid }: ChildProcess, name: NodeJS.Signals | 0): boolean {
    if (pid === undefined) {
        return false;
    }
    try {
        if (WINDOWS && name !== 0) {
            spawn("taskkill", ["/T", "/F", "/PID", String(pid)], { stdio: "ignore", windowsHide: true });
            return true;
        }
        return process.kill(WINDOWS ? pid : -pid, name);
    } catch {
        return false;
    }
}

/** Waits until no process of the group is left. */
async function gone(child: ChildProcess, milliseconds: number): Promise<boolean> {
    const deadline = Date.now() + milliseconds;
    while (signalGroup(child, 0)) {
        if (Date.now() > deadline) {
            return false;
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return true;
}
