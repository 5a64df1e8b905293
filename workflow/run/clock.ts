/** Tells the time and waits. */
export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

interface Sleeper {
    wake: number;
    done: () => void;
}

/**
 * A clock that jumps: where everything waits for it, its time is the next moment that something waits for. A test of a
 * workflow that sleeps for a day takes no time, and waits of parallel branches end in their order.
 */
export class VirtualClock implements Clock {
    private readonly sleepers = new Set<Sleeper>();
    private busy = 0;

    /** @param time - where it starts, in milliseconds since 1970 */
    constructor(private time = Date.parse("2026-01-01T00:00:00Z")) {}

    now(): number {
        return this.time;
    }

    /** Moves the time on without anyone waiting. */
    advance(milliseconds: number): void {
        this.time += milliseconds;
    }

    sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
        return new Promise((resolve) => {
            const sleeper: Sleeper = {
                wake: this.time + Math.max(0, milliseconds),
                done: () => {
                    this.sleepers.delete(sleeper);
                    signal.removeEventListener("abort", sleeper.done);
                    resolve();
                },
            };
            if (signal.aborted) {
                resolve();
                return;
            }
            signal.addEventListener("abort", sleeper.done);
            this.sleepers.add(sleeper);
            this.settle();
        });
    }

    /** The time stands still while `work` runs: what it does takes no time of this clock. */
    async hold<T>(work: () => T | Promise<T>): Promise<T> {
        this.busy++;
        try {
            return await work();
        } finally {
            this.busy--;
            this.settle();
        }
    }

    /** Once everything that can run has run, the time goes to the next sleeper. */
    private settle(): void {
        setImmediate(() => {
            if (this.busy > 0) {
                return;
            }
            const next = [...this.sleepers].sort((a, b) => a.wake - b.wake)[0];
            if (next !== undefined) {
                this.time = Math.max(this.time, next.wake);
                next.done();
                this.settle();
            }
        });
    }
}
