/** Lets at most `limit` things run at a time, in the order in which they came. */
export class Semaphore {
    private running = 0;
    private readonly waiting: (() => void)[] = [];

    constructor(private readonly limit: number) {}

    async run<T>(work: () => Promise<T>): Promise<T> {
        if (this.running >= this.limit) {
            await new Promise<void>((resolve) => this.waiting.push(resolve));
        } else {
            this.running++;
        }
        try {
            return await work();
        } finally {
            const next = this.waiting.shift();
            if (next === undefined) {
                this.running--;
            } else {
                next();
            }
        }
    }
}
