/** Something to do at a time. */
export interface Timer {
    readonly at: number;
    readonly order: number;
    /** Undefined once it was taken or cancelled. */
    run: (() => void) | undefined;
}

/** What waits for its time: a binary heap, the earliest first, those of one time in the order in which they came. */
export class Timers {
    private heap: Timer[] = [];
    private orders = 0;
    private live = 0;

    add(at: number, run: () => void): Timer {
        const timer: Timer = { at, order: this.orders++, run };
        this.live++;
        this.heap.push(timer);
        this.up(this.heap.length - 1);
        return timer;
    }

    cancel(timer: Timer): void {
        if (timer.run === undefined) {
            return;
        }
        timer.run = undefined;
        this.live--;
        // What is cancelled stays in the heap until it comes up, or until it is most of the heap.
        if (this.heap.length > 64 && this.live * 2 < this.heap.length) {
            this.heap = this.heap.filter((each) => each.run !== undefined).sort((a, b) => (before(a, b) ? -1 : 1));
        }
    }

    /** When the next one is due. */
    earliest(): number | undefined {
        while (this.heap[0] !== undefined && this.heap[0].run === undefined) {
            this.pop();
        }
        return this.heap[0]?.at;
    }

    /** Takes the earliest out. */
    take(): (() => void) | undefined {
        this.earliest();
        const timer = this.pop();
        const run = timer?.run;
        if (timer !== undefined) {
            timer.run = undefined;
            this.live--;
        }
        return run;
    }

    clear(): void {
        this.heap = [];
        this.live = 0;
    }

    private pop(): Timer | undefined {
        const first = this.heap[0];
        const last = this.heap.pop();
        if (last !== undefined && last !== first) {
            this.heap[0] = last;
            this.down();
        }
        return first;
    }

    private up(from: number): void {
        for (let at = from; at > 0;) {
            const parent = (at - 1) >> 1;
            if (!this.swapIfBefore(at, parent)) {
                return;
            }
            at = parent;
        }
    }

    private down(): void {
        for (let at = 0; ;) {
            const child = at * 2 + 1;
            const right = this.heap[child + 1];
            const left = this.heap[child];
            const next = right !== undefined && left !== undefined && before(right, left) ? child + 1 : child;
            if (!this.swapIfBefore(next, at)) {
                return;
            }
            at = next;
        }
    }

    /** Puts the one at `lower` in the place of that at `upper` where it is due before. */
    private swapIfBefore(lower: number, upper: number): boolean {
        const a = this.heap[lower];
        const b = this.heap[upper];
        if (a === undefined || b === undefined || !before(a, b)) {
            return false;
        }
        this.heap[upper] = a;
        this.heap[lower] = b;
        return true;
    }
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
