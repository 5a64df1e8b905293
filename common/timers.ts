import { Heap } from "./heap";

/** Something to do at a time. */
export interface Timer {
    readonly at: number;
    readonly order: number;
    /** Undefined once it was taken or cancelled. */
    run: (() => void) | undefined;
}

/** What waits for its time, the earliest first; timers of one time come in the order in which they were added. */
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
        // What is cancelled stays in the heap until it comes up, or until it is most of the heap.
        if (this.heap.size > 64 && this.live * 2 < this.heap.size) {
            this.heap.filter(({ run }) => run !== undefined);
        }
    }

    /** When the next one is due. */
    earliest(): number | undefined {
        while (this.heap.first !== undefined && this.heap.first.run === undefined) {
            this.heap.pop();
        }
        return this.heap.first?.at;
    }

    /** Takes the earliest out. */
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
