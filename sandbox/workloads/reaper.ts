import { spawn, type ChildProcess } from "node:child_process";
import { markedProcesses } from "./mark";

/**
 * What must end with this process: processes with a mark, a group of processes, or a container, given by the command that
 * removes it.
 */
export interface Dependent {
    mark?: string;
    group?: number;
    command?: string[];
}

/**
 * A process that lives a moment longer than this one. It reads from its input what has been started, and ends all of it when
 * the input ends. The input ends with this process, even if this process is ended by SIGKILL. It ignores signals, because a
 * terminal sends them to all processes.
 */
const SCRIPT = `
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const markedProcesses = ${markedProcesses.toString()};
const dependents = new Map();
let rest = "";
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.stdin.setEncoding("utf8").on("data", (text) => {
    const lines = (rest + text).split("\\n");
    rest = lines.pop();
    for (const { id, dependent } of lines.map((line) => JSON.parse(line))) {
        if (dependent) dependents.set(id, dependent);
        else dependents.delete(id);
    }
});
const kill = (signal) => {
    for (const { group, mark } of dependents.values()) {
        for (const id of mark === undefined ? [] : markedProcesses(fs, mark)) {
            try { process.kill(id, signal); } catch {}
        }
        if (group === undefined) continue;
        if (process.platform === "win32") spawn("taskkill", ["/T", "/F", "/PID", String(group)], { stdio: "ignore", windowsHide: true });
        else try { process.kill(-group, signal); } catch {}
    }
};
process.stdin.on("close", () => {
    for (const { command } of dependents.values()) {
        if (command) spawn(command[0], command.slice(1), { stdio: "ignore" }).on("error", () => {});
    }
    kill("SIGTERM");
    setTimeout(() => kill("SIGKILL"), dependents.size === 0 ? 0 : 500);
});
`;

let reaper: ChildProcess | undefined;
let lastId = 0;

/** Makes sure that this ends when this process does. @returns a function to call when it has already ended */
export function endWithThisProcess(dependent: Dependent): () => void {
    const id = ++lastId;
    send({ id, dependent });
    return () => send({ id });
}

function send(message: { id: number; dependent?: Dependent }): void {
    reaper ??= start();
    reaper.stdin?.write(`${JSON.stringify(message)}\n`);
}

function start(): ChildProcess {
    const child = spawn(process.execPath, ["-e", SCRIPT], {
        detached: process.platform !== "win32",
        stdio: ["pipe", "ignore", "ignore"],
        windowsHide: true,
        // It does not need the modules that these options load.
        env: { ...process.env, NODE_OPTIONS: "" },
    });
    // If no process can be started, the program itself cannot be started either, and its error says so.
    child.on("error", () => undefined);
    child.stdin.on("error", () => undefined);
    child.unref();
    (child.stdin as typeof child.stdin & { unref?: () => void }).unref?.();
    return child;
}
