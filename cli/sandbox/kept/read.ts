import { readPrivateFile } from "../../../common";
import type { ExecutionRecord, LogLine } from "../../../sandbox";
import type { ControlClient, Decision } from "../../../sandbox/light";
import { UserError } from "../../errors";
import type { RefusedHosts } from "../refused";
import { LARGEST_KEPT, olderOf } from "./keep";
import { requireRunning } from "../running";
import type { StateFolder } from "../state-folder";

/** The files of a state folder that hold what happened, one JSON object a line, and what each holds. */
interface Kept {
    "decisions.jsonl": Decision;
    "logs.jsonl": LogLine;
    "refused.jsonl": Refusal;
    "executions.jsonl": ExecutionRecord;
}

/** A host that a client asked for, and that the sandbox does not serve. */
interface Refusal {
    id: number;
    time: string;
    host: string;
}

/** What happened in the sandboxes of a state folder, the oldest first. @throws UserError naming a line that is damaged */
export function readKept<File extends keyof Kept>(folder: StateFolder, name: File): Kept[File][] {
    return keptIn<Kept[File]>(folder.file(name)).entries;
}

/** The entries of a file and of the older one beside it, and whether still older ones were dropped. */
function keptIn<Entry extends { id: number; time: string }>(file: string): { entries: Entry[]; cut: boolean } {
    // A running sandbox may make the file the older one in between. Its lines are then read twice, and never not at all.
    const latest = linesOf<Entry>(file);
    const all = [...linesOf<Entry>(olderOf(file)), ...latest];
    const entries = all.filter((entry) => entry !== "cut");
    const unique = new Map(entries.map((entry) => [`${entry.id} ${entry.time}`, entry]));
    return { entries: [...unique.values()], cut: entries.length < all.length };
}

function linesOf<Entry>(file: string): (Entry | "cut")[] {
    // A line without its end is one that the process did not live to write.
    const lines = readPrivateFile(file)?.toString("utf8").split("\n").slice(0, -1) ?? [];
    return lines.map((line, at) => {
        const entry = parsed(line);
        if (entry?.cut === true) {
            return "cut";
        }
        if (typeof entry?.id === "number" && typeof entry.time === "string") {
            return entry as Entry;
        }
        throw new UserError(`${file}:${at + 1} is damaged`, { fix: "repair or delete the line" });
    });
}

function parsed(line: string): Record<string, unknown> | undefined {
    try {
        return JSON.parse(line) as Record<string, unknown>;
    } catch {
        return undefined;
    }
}

/**
 * What is kept, and what a running sandbox knows in addition. If none runs, stderr says when the latest entry was made.
 *
 * @param list asks the running sandbox
 * @returns `latest`: the number of the running sandbox's latest entry
 * @throws UserError if none is running and nothing is kept
 */
export async function readAll<File extends keyof Kept>(
    folder: StateFolder,
    name: File,
    client: ControlClient | undefined,
    list: (client: ControlClient) => Promise<Kept[File][]>,
): Promise<{ entries: Kept[File][]; latest: number }> {
    const { entries: kept, cut } = keptIn<Kept[File]>(folder.file(name));
    if (cut) {
        process.stderr.write(
            `${name} holds the latest ${LARGEST_KEPT / 1_000_000} MB at least: what was before ${kept[0]?.time ?? "now"} is dropped\n`,
        );
    }
    if (client === undefined) {
        const last = kept.at(-1) ?? readKept(folder, "decisions.jsonl").at(-1);
        if (last === undefined) {
            await requireRunning(folder);
        }
        process.stderr.write(`no sandbox is running in ${folder.path}: this was kept until ${last?.time ?? "now"}\n`);
        return { entries: kept, latest: 0 };
    }
    const own = await list(client);
    // Each sandbox counts from 1 again, at another time.
    const known = new Set(kept.map(({ id, time }) => `${id} ${time}`));
    return {
        entries: [...kept, ...own.filter(({ id, time }) => !known.has(`${id} ${time}`))],
        latest: own.at(-1)?.id ?? 0,
    };
}

/**
 * The hosts that were refused, and how often: what is kept, also of the sandbox that is running.
 * @throws UserError if none is running and nothing is kept
 */
export async function readRefused(folder: StateFolder, client: ControlClient | undefined): Promise<RefusedHosts> {
    const counts = new Map<string, number>();
    const { entries } = await readAll(folder, "refused.jsonl", client, () => Promise.resolve([]));
    for (const { host } of entries) {
        counts.set(host, (counts.get(host) ?? 0) + 1);
    }
    // The running sandbox knows of those that the disk had no room for.
    const own = client ? ((await client.call("GET", "/v1/refused")).hosts as RefusedHosts) : [];
    for (const { host, count } of own) {
        counts.set(host, Math.max(counts.get(host) ?? 0, count));
    }
    return [...counts].map(([host, count]) => ({ host, count }));
}

/** What is known of the sandbox of a state folder. */
export type Status = RunningStatus | KeptStatus;

/** What a running sandbox says of itself. */
interface RunningStatus {
    running: true;
    /** The project that exists from the start. */
    project: string;
    /** The member who owns it. */
    owner: string;
    /** The URL of the proxy, by which clients reach the sandbox. */
    proxy: string;
    /** By the clock of the sandbox. */
    time: string;
    /** How long a new grant takes to arrive, by that clock. */
    propagationMilliseconds: number;
    pid: number;
}

/** What is kept of the sandboxes that have run. */
interface KeptStatus {
    running: false;
    /** The folder of the state. */
    state: string;
    /** What was deployed last. */
    deployment?: NonNullable<ReturnType<StateFolder["lastDeployment"]>>;
    /** How many decisions are kept. */
    decisions: number;
    /** When the last decision was made. */
    until?: string;
}

/** What `status` shows if no sandbox is running. @throws UserError if nothing is kept either */
export async function keptStatus(folder: StateFolder): Promise<KeptStatus> {
    const decisions = readKept(folder, "decisions.jsonl");
    const deployment = folder.lastDeployment();
    const until = decisions.at(-1)?.time;
    if (until === undefined && deployment === undefined) {
        await requireRunning(folder);
    }
    return {
        running: false,
        state: folder.path,
        ...(deployment && { deployment }),
        decisions: decisions.length,
        ...(until !== undefined && { until }),
    };
}
