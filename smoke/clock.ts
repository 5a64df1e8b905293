import { setTimeout as delay } from "node:timers/promises";

/** The time that a check goes by: real time, or a time that a test moves. */
export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    /** Resolves after so many milliseconds; rejects if the signal is aborted. */
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Real time. */
export const realClock: Clock = {
    now: Date.now,
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal ? { signal } : {}),
};
