/** Lets at most `limit` pieces of work run at the same time, in the order in which they were given. */
export class Semaphore {
    private running = 0;
    private readonly waiting: (() => void)[] = [];

    /** @param limit How many may run at the same time; `Infinity` sets no limit. */
    constructor(private readonly limit: number) {}

    /** Runs the work as soon as there is room for it, and passes on what it returns or throws. */
    async run<T>(work: () => Promise<T>): Promise<T> {
        if (this.running >= this.limit) {
            await new Promise<void>((resolve) => this.waiting.push(resolve));
        } else {
            this.running += 1;
        }
        try {
            return await work();
        } finally {
            const next = this.waiting.shift();
            if (next === undefined) {
                this.running -= 1;
            } else {
                next();
            }
        }
    }
}
