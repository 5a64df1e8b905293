import { Heap } from "./heap";

/** A function to run at a time. */
export interface Timer {
    readonly at: number;
    readonly order: number;
    /** Undefined once it was taken or cancelled. */
    run: (() => void) | undefined;
}

/** A queue of timers, the earliest first. Timers of the same time are taken in the order in which they were added. */
export class Timers {
    private readonly heap = new Heap<Timer>((a, b) => a.at < b.at || (a.at === b.at && a.order < b.order));
    private orders = 0;
    private live = 0;

    add(at: number, run: () => void): Timer {
        const timer: Timer = { at, order: this.orders++, run };
        this.live++;
        this.heap.push(timer);
        return timer;
    }

    cancel(timer: Timer): void {
        if (timer.run === undefined) {
            return;
        }
        timer.run = undefined;
        this.live--;
        // A cancelled timer stays in the heap until it is taken, or until most of the heap is cancelled.
        if (this.heap.size > 64 && this.live * 2 < this.heap.size) {
            this.heap.filter(({ run }) => run !== undefined);
        }
    }

    /** When the next timer is due. */
    earliest(): number | undefined {
        while (this.heap.first !== undefined && this.heap.first.run === undefined) {
            this.heap.pop();
        }
        return this.heap.first?.at;
    }

    /** Removes the earliest timer, and returns its function. */
    take(): (() => void) | undefined {
        this.earliest();
        const timer = this.heap.pop();
        const run = timer?.run;
        if (timer !== undefined) {
            timer.run = undefined;
            this.live--;
        }
        return run;
    }

    clear(): void {
        this.heap.filter(() => false);
        this.live = 0;
    }
}
