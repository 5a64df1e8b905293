import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StackError } from "./errors";
import { isAlive } from "./processes";

/** The locks of this process: a second operation in it is refused as one of another process is. */
const held = new Set<string>();

/**
 * Makes the caller the only one that changes a stack, until it calls what is returned. The lock of a process that is
 * gone is taken over. Throws where somebody else holds it.
 */
export function lockStack(stateFile: string, stack: string): () => void {
    const path = `${stateFile}.lock`;
    mkdirSync(dirname(path), { recursive: true });
    for (;;) {
        try {
            writeFileSync(path, String(process.pid), { flag: "wx", mode: 0o600 });
            held.add(path);
            return () => {
                held.delete(path);
                rmSync(path, { force: true });
            };
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
                throw error;
            }
        }
        const holder = holderOf(path);
        if (holder === process.pid ? held.has(path) : isAlive(holder)) {
            throw new StackError(
                `stack "${stack}" is being changed by ${holder === process.pid ? "another operation of this process" : `process ${holder}`}`,
                { fix: "wait until that has ended" },
            );
        }
        rmSync(path, { force: true });
    }
}

function holderOf(path: string): number {
    try {
        return Number(readFileSync(path, "utf8"));
    } catch {
        return 0;
    }
}
