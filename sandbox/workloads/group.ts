import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
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
 * process ends, however that happens.
 */
export function startGroup(command: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): ProcessGroup {
    const [program = "", ...args] = command;
    const child = spawn(program, args, { ...options, detached: !WINDOWS, stdio: ["ignore", "pipe", "pipe"] });
    const forget = child.pid === undefined ? (): void => undefined : endWithThisProcess({ group: child.pid });
    child.once("exit", () => {
        signal(child, "SIGKILL");
        forget();
    });
    return {
        child,
        async end() {
            signal(child, "SIGTERM");
            if (!(await gone(child, LEAVE_MILLISECONDS))) {
                signal(child, "SIGKILL");
                await gone(child, CLEAR_MILLISECONDS);
            }
            // A process that has left the group may still hold the other ends of these streams.
            child.stdout.destroy();
            child.stderr.destroy();
        },
    };
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals | 0): boolean {
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
    while (signal(child, 0)) {
        if (Date.now() > deadline) {
            return false;
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return true;
}
