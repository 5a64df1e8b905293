import { setTimeout as delay } from "node:timers/promises";

/** Time as the check sees it: real time, or one that a test moves. */
export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
    now: Date.now,
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal ? { signal } : {}),
};
