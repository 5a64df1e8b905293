import type { Clock } from "./cloud";

/** Node's timers hold at most this many milliseconds; longer waits are taken in legs. */
const LONGEST_TIMER = 2 ** 31 - 1;

interface Timer {
    at: number;
    callback: () => void;
}

/** The sandbox's clock, with what its owner needs beside {@link Clock}: the offset to keep, and the end. */
export interface SandboxClock extends Clock {
    /** How far it runs ahead of the machine's clock, in milliseconds. */
    readonly offset: number;
    /** Cancels everything that waits. Sleepers never wake; nothing keeps the process alive. */
    close(): void;
}

/**
 * A clock that runs with the machine's and can be moved forward.
 * @param options.offset milliseconds ahead of the machine's clock, 0 by default
 */
export function createClock(options: { offset?: number } = {}): SandboxClock {
    let offset = options.offset ?? 0;
    let wakeUp: NodeJS.Timeout | undefined;
    const timers = new Set<Timer>();

    const now = (): number => Date.now() + offset;
    const earliest = (): Timer | undefined =>
        [...timers].reduce<Timer | undefined>(
            (first, timer) => (first && first.at <= timer.at ? first : timer),
            undefined,
        );

    function fireDue(limit: number): void {
        for (let timer = earliest(); timer && timer.at <= limit; timer = earliest()) {
            timers.delete(timer);
            // A timer that fires while the clock is being moved sees its own time, as it would have without the jump.
            offset += Math.max(0, timer.at - now());
            timer.callback();
        }
    }

    function schedule(): void {
        clearTimeout(wakeUp);
        const next = earliest();
        if (!next) return;
        wakeUp = setTimeout(
            () => {
                fireDue(now());
                schedule();
            },
            Math.min(Math.max(0, next.at - now()), LONGEST_TIMER),
        );
    }

    function at(time: number, callback: () => void): () => void {
        const timer = { at: time, callback };
        timers.add(timer);
        schedule();
        return () => {
            timers.delete(timer);
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
                    reject(signal?.reason instanceof Error ? signal.reason : new Error("the wait was cancelled"));
                };
                const cancel = at(now() + milliseconds, () => {
                    signal?.removeEventListener("abort", stop);
                    resolve();
                });
                signal?.addEventListener("abort", stop, { once: true });
            }),
        advance(milliseconds) {
            if (!(milliseconds >= 0)) throw new RangeError(`the clock only moves forward, not by ${milliseconds} ms`);
            const target = now() + milliseconds;
            fireDue(target);
            offset += Math.max(0, target - now());
            schedule();
        },
        close() {
            timers.clear();
            clearTimeout(wakeUp);
        },
    };
}
