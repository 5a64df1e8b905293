import { Timers } from "../../../common";

/** Knows the time, and waits. */
export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    /** Waits, and stops waiting if the signal is aborted. */
    sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/**
 * A clock that jumps: when everything waits for it, it moves to the next time that something waits for. So a test of a
 * workflow that sleeps for a day takes no time, and the waits of parallel branches end in their order.
 */
export class VirtualClock implements Clock {
    private readonly sleepers = new Timers();
    private busy = 0;

    /** @param time - its first time, in milliseconds since 1970 */
    constructor(private time = Date.parse("2026-01-01T00:00:00Z")) {}

    now(): number {
        return this.time;
    }

    /** Moves the time forward although nothing waits for it. */
    advance(milliseconds: number): void {
        this.time += milliseconds;
    }

    sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
        return new Promise((resolve) => {
            if (signal.aborted) {
                resolve();
                return;
            }
            const done = (): void => {
                this.sleepers.cancel(sleeper);
                signal.removeEventListener("abort", done);
                resolve();
            };
            const sleeper = this.sleepers.add(this.time + Math.max(0, milliseconds), done);
            signal.addEventListener("abort", done);
            this.settle();
        });
    }

    /** Stops the clock while `work` runs. */
    async hold<T>(work: () => T | Promise<T>): Promise<T> {
        this.busy++;
        try {
            return await work();
        } finally {
            this.busy--;
            this.settle();
        }
    }

    /** When nothing else can run, the clock moves to the time of the next wait. */
    private settle(): void {
        setImmediate(() => {
            if (this.busy > 0) {
                return;
            }
            const wake = this.sleepers.earliest();
            if (wake !== undefined) {
                this.time = Math.max(this.time, wake);
                this.sleepers.take()?.();
                this.settle();
            }
        });
    }
}
