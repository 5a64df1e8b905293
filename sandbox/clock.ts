import { Timers } from "../common";
import { SandboxError, type Clock } from "./cloud";

/**
 * In milliseconds since 1970. Dates beyond the year 9999 have no form that Google's APIs take, and what is made on the last
 * day may itself last for years.
 */
const END_OF_TIME = Date.UTC(9900, 0);
/** How many timers fire in one move: each may send a request, and a job of each minute would send billions until the end. */
const MOST_FIRED = 100_000;

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
 * @param options.moved gets the new offset whenever the clock was moved
 */
export function createClock(options: { offset?: number; moved?: (offset: number) => void } = {}): SandboxClock {
    let offset = options.offset ?? 0;
    let wakeUp: { at: number; timeout: NodeJS.Timeout } | undefined;
    const timers = new Timers();

    const now = (): number => Date.now() + offset;

    function fireDue(limit: number, most = Infinity): void {
        let fired = 0;
        for (let due = timers.earliest(); due !== undefined && due <= limit; due = timers.earliest()) {
            if (++fired > most) {
                throw new SandboxError(
                    `the clock stopped at ${new Date(now()).toISOString()}, because ${most} things had been due`,
                    { fix: "move it in smaller steps, or pause the jobs that run so often" },
                );
            }
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
            if (typeof milliseconds !== "number" || !(milliseconds >= 0)) {
                throw new SandboxError(`the clock only moves forward, not by ${String(milliseconds)} ms`);
            }
            const target = now() + milliseconds;
            if (!(target <= END_OF_TIME)) {
                throw new SandboxError(`the clock cannot be moved by ${milliseconds} ms`, {
                    fix: "move it to the beginning of the year 9900 at most",
                });
            }
            try {
                fireDue(target, MOST_FIRED);
                offset += Math.max(0, target - now());
            } finally {
                schedule(true);
                options.moved?.(offset);
            }
        },
        close() {
            timers.clear();
            clearTimeout(wakeUp?.timeout);
            wakeUp = undefined;
        },
    };
}
