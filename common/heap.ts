/** A binary heap: items are popped in the order of `isBefore`, in whatever order they were pushed. */
export class Heap<T> {
    private items: T[] = [];

    /** @param isBefore Whether the first of two items is popped before the second. */
    constructor(private readonly isBefore: (one: T, other: T) => boolean) {}

    get size(): number {
        return this.items.length;
    }

    /** The item that is popped next; it stays in the heap. */
    get first(): T | undefined {
        return this.items[0];
    }

    push(item: T): void {
        this.items.push(item);
        for (let at = this.items.length - 1; at > 0;) {
            const parent = (at - 1) >> 1;
            if (!this.swapIfBefore(at, parent)) {
                return;
            }
            at = parent;
        }
    }

    /** Takes the first item out; `undefined` if the heap is empty. */
    pop(): T | undefined {
        const [first] = this.items;
        const last = this.items.pop();
        if (last !== undefined && this.items.length > 0) {
            this.items[0] = last;
            this.moveRootDown();
        }
        return first;
    }

    /** Removes every item for which `keep` does not hold. */
    filter(keep: (item: T) => boolean): void {
        const kept = this.items.filter(keep);
        this.items = kept.sort((one, other) => (this.isBefore(one, other) ? -1 : 1));
    }

    private moveRootDown(): void {
        for (let at = 0; ;) {
            const [left, right] = [at * 2 + 1, at * 2 + 2];
            const [atLeft, atRight] = [this.items[left], this.items[right]];
            const child =
                atLeft !== undefined && atRight !== undefined && this.isBefore(atRight, atLeft) ? right : left;
            if (!this.swapIfBefore(child, at)) {
                return;
            }
            at = child;
        }
    }

    /** Swaps the items at `lower` and `upper` if the one at `lower` belongs before the other. */
    private swapIfBefore(lower: number, upper: number): boolean {
        const [one, other] = [this.items[lower], this.items[upper]];
        if (one === undefined || other === undefined || !this.isBefore(one, other)) {
            return false;
        }
        this.items[lower] = other;
        this.items[upper] = one;
        return true;
    }
}
