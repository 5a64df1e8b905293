import { SandboxError } from "./cloud";

/** How long deployments may take to end in order when their sandbox is closed. */
const LEAVE_MILLISECONDS = 5000;

/** The work that is under way in a sandbox. It ends when the sandbox is closed, and then no other work begins. */
export class Operations {
    private readonly closing = new AbortController();
    /** Rejects the work that has not ended in time. */
    private readonly over = new AbortController();
    private readonly running = new Set<Promise<unknown>>();

    /**
     * Runs something that a signal can end in order, so that its results are kept.
     * @throws SandboxError if the sandbox is closed, or if it is closed and the work does not end
     */
    async run<T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
        this.refuseClosed();
        const ends = AbortSignal.any([this.closing.signal, ...(signal ? [signal] : [])]);
        const operation = work(ends);
        this.running.add(operation);
        try {
            return await this.untilOver(operation);
        } finally {
            this.running.delete(operation);
        }
    }

    /** Waits for an answer, which never comes if it depends on a time that the sandbox's clock does not reach. */
    async answer<T>(answer: Promise<T>): Promise<T> {
        return await this.untilOver(answer);
    }

    /** Ends the work that is under way. */
    async close(): Promise<void> {
        this.closing.abort(new SandboxError("the sandbox was closed"));
        const settled = Promise.allSettled(this.running);
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise((resolve) => (timer = setTimeout(resolve, LEAVE_MILLISECONDS)));
        await Promise.race([settled, late]);
        clearTimeout(timer);
        this.over.abort(this.closing.signal.reason);
    }

    private refuseClosed(): void {
        if (this.closing.signal.aborted) {
            throw new SandboxError("the sandbox is closed", { fix: "start another one" });
        }
    }

    private async untilOver<T>(work: Promise<T>): Promise<T> {
        const { signal } = this.over;
        signal.throwIfAborted();
        let stop = (): void => undefined;
        const over = new Promise<never>((_resolve, reject) => {
            stop = () => reject(signal.reason as Error);
            signal.addEventListener("abort", stop, { once: true });
        });
        try {
            return await Promise.race([work, over]);
        } finally {
            signal.removeEventListener("abort", stop);
        }
    }
}
