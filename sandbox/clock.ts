import { Timers } from "../common";
import { SandboxError, type Clock } from "./cloud";

/** The last moment of the year 9999: dates beyond it have no form that Google's APIs take. In milliseconds since 1970. */
const END_OF_TIME = Date.UTC(10_000, 0) - 1;

/** The longest wait of Node's timers in milliseconds. Longer waits are split. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The sandbox's clock, with what its owner needs beside {@link Clock}. */
export interface SandboxClock extends Clock {
    /** How far it is ahead of the machine's clock, in milliseconds. */
    readonly offset: number;
    /** Cancels all timers. Pending sleeps never end, and do not keep the process alive. */
    close(): void;
}

/**
 * A clock that runs with the machine's and can be moved forward.
 * @param options.offset milliseconds ahead of the machine's clock, 0 by default
 * @param options.moved is told of the new offset whenever somebody moved it
 */
export function createClock(options: { offset?: number; moved?: (offset: number) => void } = {}): SandboxClock {
    let offset = options.offset ?? 0;
    let wakeUp: { at: number; timeout: NodeJS.Timeout } | undefined;
    const timers = new Timers();

    const now = (): number => Date.now() + offset;

    function fireDue(limit: number): void {
        for (let due = timers.earliest(); due !== undefined && due <= limit; due = timers.earliest()) {
            // A timer that fires while the clock is being moved sees its own time, as it would have without the jump.
            offset += Math.max(0, due - now());
            timers.take()?.();
        }
    }

    /** Sets the machine's timer for the earliest of ours, unless it is set for that one already. */
    function schedule(moved = false): void {
        const next = timers.earliest();
        if (next === wakeUp?.at && !moved) {
            return;
        }
        clearTimeout(wakeUp?.timeout);
        if (next === undefined) {
            wakeUp = undefined;
            return;
        }
        const fire = (): void => {
            fireDue(now());
            schedule(true);
        };
        wakeUp = { at: next, timeout: setTimeout(fire, Math.min(Math.max(0, next - now()), LONGEST_TIMER)) };
    }

    function at(time: number, callback: () => void): () => void {
        const timer = timers.add(time, callback);
        schedule();
        return () => {
            timers.cancel(timer);
            schedule();
        };
    }

    return {
        now,
        at,
        get offset() {
            return offset;
        },
        sleep: (milliseconds, signal) =>
            new Promise((resolve, reject) => {
                signal?.throwIfAborted();
                const stop = (): void => {
                    cancel();
                    reject(
                        signal?.reason instanceof Error ? signal.reason : new SandboxError("the wait was cancelled"),
                    );
                };
                const cancel = at(now() + milliseconds, () => {
                    signal?.removeEventListener("abort", stop);
                    resolve();
                });
                signal?.addEventListener("abort", stop, { once: true });
            }),
        advance(milliseconds) {
            if (!(milliseconds >= 0)) {
                throw new SandboxError(`the clock only moves forward, not by ${milliseconds} ms`);
            }
            const target = now() + milliseconds;
            if (!(target <= END_OF_TIME)) {
                throw new SandboxError(`the clock cannot be moved by ${milliseconds} ms`, {
                    fix: "move it to the end of the year 9999 at most",
                });
            }
            fireDue(target);
            offset += Math.max(0, target - now());
            schedule(true);
            options.moved?.(offset);
        },
        close() {
            timers.clear();
            clearTimeout(wakeUp?.timeout);
            wakeUp = undefined;
        },
    };
}
