import { Timers } from "../common";
import { SandboxError, type Clock } from "./cloud";

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
 */
export function createClock(options: { offset?: number } = {}): SandboxClock {
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
            fireDue(target);
            offset += Math.max(0, target - now());
            schedule(true);
        },
        close() {
            timers.clear();
            clearTimeout(wakeUp?.timeout);
            wakeUp = undefined;
        },
    };
}
