/** Lets so many at once, in the order of asking. */
export class Slots {
    private readonly waiting: (() => void)[] = [];

    constructor(private free: number) {}

    /** Whoever has entered must leave. */
    enter(): Promise<void> | undefined {
        if (this.free > 0) {
            this.free -= 1;
            return undefined;
        }
        return new Promise((resolve) => this.waiting.push(resolve));
    }

    leave(): void {
        const next = this.waiting.shift();
        if (next) {
            next();
        } else {
            this.free += 1;
        }
    }
}
