import { StackError } from "./errors";
import { acquireLock } from "./processes";

/**
 * Makes sure that no other process changes a stack. The lock of a process that has ended is free.
 *
 * @returns a function that releases the lock
 * @throws StackError if another process holds the lock
 */
export async function lockStack(stateFile: string, stack: string): Promise<() => void> {
    const attempt = await acquireLock(`${stateFile}.lock`);
    if ("release" in attempt) {
        return attempt.release;
    }
    const { pid } = attempt.holder;
    const who =
        pid === process.pid ? "another operation of this process" : pid === 0 ? "another process" : `process ${pid}`;
    throw new StackError(`stack "${stack}" is being changed by ${who}`, { fix: "wait until that has ended" });
}
