import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** The variable by whose value the processes of one workload are known. */
const VARIABLE = "GCP_INVOKE_WORKLOAD";

/** A mark that no other workload has, as a variable for its environment. */
export function newMark(): { mark: string; variables: Record<string, string> } {
    const value = randomUUID();
    return { mark: `${VARIABLE}=${value}`, variables: { [VARIABLE]: value } };
}

/** The functions of `node:fs` that it takes to look into `/proc`. */
interface Files {
    readdirSync: (path: string) => string[];
    readFileSync: (path: string, encoding: "latin1") => string;
}

/**
 * The processes that have a mark in their environment, in whatever group or session they are: on Linux. Elsewhere none is
 * found. It is used as source too, so it uses nothing of this file.
 */
export function markedProcesses(files: Files, mark: string): number[] {
    const ids = process.platform === "linux" ? files.readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
    return ids.map(Number).filter((id) => {
        try {
            return (
                `\0${files.readFileSync(`/proc/${id}/environ`, "latin1")}`.includes(`\0${mark}\0`) && id !== process.pid
            );
        } catch {
            // It is of another user, or has ended.
            return false;
        }
    });
}

/** Sends a signal to all processes with a mark. */
export function signalMarked(mark: string, signal: NodeJS.Signals): void {
    for (const id of markedProcesses({ readdirSync, readFileSync }, mark)) {
        try {
            process.kill(id, signal);
        } catch {
            // It has just ended.
        }
    }
}
