import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { endWithThisProcess } from "./reaper";

/** Cloud Run gives ten seconds to end; a test suite is not made to wait so long. */
const LEAVE_MILLISECONDS = 2000;
/** How long the system may take to clear a process away that was killed. */
const CLEAR_MILLISECONDS = 1000;
const WINDOWS = process.platform === "win32";

/** A program and all that it starts. */
export interface ProcessGroup {
    readonly child: ChildProcessByStdio<null, Readable, Readable>;
    /** Ends all of them. */
    end(): Promise<void>;
}

/**
 * Starts a program in a group of its own (`npm start`, `sh -c` and others start the real one as their child), which ends
 * when the program does, as a container ends with its first process, and when this process does, whatever ends it.
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
            // One that left the group may still hold the other ends of them.
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

/** Waits until nobody of the group is left. */
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
