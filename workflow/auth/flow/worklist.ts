import { Heap } from "../../../common";

/** The items that are still to be visited, in order. Each is in it once, however often it was added. */
export class Worklist<T> {
    private readonly heap: Heap<T>;
    private readonly waiting = new Set<T>();

    constructor(order: (item: T) => number) {
        this.heap = new Heap((one, other) => order(one) < order(other));
    }

    add(item: T): void {
        if (!this.waiting.has(item)) {
            this.waiting.add(item);
            this.heap.push(item);
        }
    }

    take(): T | undefined {
        const first = this.heap.pop();
        if (first !== undefined) {
            this.waiting.delete(first);
        }
        return first;
    }
}
