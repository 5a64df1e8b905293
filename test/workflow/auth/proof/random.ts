/** A generator of numbers that gives the same ones for the same seed (mulberry32). */
export class Random {
    constructor(private state: number) {}

    /** From 0 up to, not including, 1. */
    next(): number {
        this.state = (this.state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    }

    /** A whole number from 0 up to, not including, `count`. */
    below(count: number): number {
        return Math.floor(this.next() * count);
    }

    chance(probability: number): boolean {
        return this.next() < probability;
    }

    pick<T>(items: readonly [T, ...T[]]): T;
    pick<T>(items: readonly T[]): T | undefined;
    pick<T>(items: readonly T[]): T | undefined {
        return items[this.below(items.length)];
    }

    /** One of some makers, by their weights. */
    weighted<T>(choices: readonly (readonly [weight: number, make: () => T])[]): T {
        let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
        for (const [weight, make] of choices) {
            left -= weight;
            if (left < 0) {
                return make();
            }
        }
        throw new Error("there is nothing to choose from");
    }
}
