import type { Clock } from "../cloud";

/** Timers by name, on the sandbox's clock: a new one takes the place of the one before. */
export class Timers {
    private readonly cancels = new Map<string, () => void>();

    constructor(private readonly clock: Clock) {}

    /** @param at in milliseconds since 1970; a time that has passed means at once */
    set(name: string, at: number, callback: () => void): void {
        this.clear(name);
        const cancel = this.clock.at(Math.max(at, this.clock.now()), () => {
            this.cancels.delete(name);
            callback();
        });
        this.cancels.set(name, cancel);
    }

    clear(name: string): void {
        this.cancels.get(name)?.();
        this.cancels.delete(name);
    }
}
