/** Things to do, each once, the first in order first. */
export class Queue<T> {
    private readonly heap: T[] = [];
    private readonly waiting = new Set<T>();

    constructor(private readonly order: (item: T) => number) {}

    put(item: T): void {
        if (this.waiting.has(item)) {
            return;
        }
        this.waiting.add(item);
        this.heap.push(item);
        let at = this.heap.length - 1;
        for (let parent = (at - 1) >> 1; at > 0 && this.swapped(parent, at); parent = (at - 1) >> 1) {
            at = parent;
        }
    }

    take(): T | undefined {
        const [first] = this.heap;
        const last = this.heap.pop();
        if (first === undefined || last === undefined) {
            return undefined;
        }
        this.waiting.delete(first);
        if (this.heap.length > 0) {
            this.heap[0] = last;
            this.sink();
        }
        return first;
    }

    private sink(): void {
        for (let at = 0; ;) {
            const [left, right] = [2 * at + 1, 2 * at + 2];
            const least = this.before(right, left) ? right : left;
            if (!this.swapped(at, least)) {
                return;
            }
            at = least;
        }
    }

    /** Puts two in order, the one of the lower place first; whether they were not. */
    private swapped(upper: number, lower: number): boolean {
        const [one, other] = [this.heap[upper], this.heap[lower]];
        if (one === undefined || other === undefined || !this.before(lower, upper)) {
            return false;
        }
        this.heap[upper] = other;
        this.heap[lower] = one;
        return true;
    }

    private before(one: number, other: number): boolean {
        const [a, b] = [this.heap[one], this.heap[other]];
        return a !== undefined && (b === undefined || this.order(a) < this.order(b));
    }
}
