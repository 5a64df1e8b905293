import { spawn, type ChildProcess } from "node:child_process";

/** Something that is to end with this process: a group of processes, or a container by the command that removes it. */
export type Mortal = { group: number } | { command: string[] };

/**
 * A process that outlives this one for a moment: it reads what has been started, and ends that when its input ends, which
 * happens however this process goes, by SIGKILL too. Signals are not for it: the terminal sends them to everybody.
 */
const SCRIPT = `
const { spawn } = require("node:child_process");
const mortals = new Map();
let rest = "";
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.stdin.setEncoding("utf8").on("data", (text) => {
    const lines = (rest + text).split("\\n");
    rest = lines.pop();
    for (const { id, mortal } of lines.map((line) => JSON.parse(line))) {
        if (mortal) mortals.set(id, mortal);
        else mortals.delete(id);
    }
});
const kill = (signal) => {
    for (const { group } of mortals.values()) {
        if (group === undefined) continue;
        if (process.platform === "win32") spawn("taskkill", ["/T", "/F", "/PID", String(group)], { stdio: "ignore", windowsHide: true });
        else try { process.kill(-group, signal); } catch {}
    }
};
process.stdin.on("close", () => {
    for (const { command } of mortals.values()) {
        if (command) spawn(command[0], command.slice(1), { stdio: "ignore" }).on("error", () => {});
    }
    kill("SIGTERM");
    setTimeout(() => kill("SIGKILL"), mortals.size === 0 ? 0 : 500);
});
`;

let reaper: ChildProcess | undefined;
let lastId = 0;

/** From now on this ends when this process does. @returns what forgets it, because it has ended */
export function endWithThisProcess(mortal: Mortal): () => void {
    const id = ++lastId;
    tell({ id, mortal });
    return () => tell({ id });
}

function tell(message: { id: number; mortal?: Mortal }): void {
    reaper ??= start();
    reaper.stdin?.write(`${JSON.stringify(message)}\n`);
}

function start(): ChildProcess {
    const child = spawn(process.execPath, ["-e", SCRIPT], {
        detached: process.platform !== "win32",
        stdio: ["pipe", "ignore", "ignore"],
        windowsHide: true,
        // What the options load is not for it.
        env: { ...process.env, NODE_OPTIONS: "" },
    });
    // What is started at a time at which no process can be started does not start either, and says so.
    child.on("error", () => undefined);
    child.stdin.on("error", () => undefined);
    child.unref();
    (child.stdin as typeof child.stdin & { unref?: () => void }).unref?.();
    return child;
}
