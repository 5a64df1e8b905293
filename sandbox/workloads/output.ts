import { AsyncLocalStorage } from "node:async_hooks";

/** Where what a workload prints goes, by stream. */
export type Output = Record<"stdout" | "stderr", (piece: string) => void>;

const current = new AsyncLocalStorage<Output>();
let users = 0;
let release: () => void = () => undefined;

/**
 * Runs a handler's code such that what it prints in this process, by `console` or on the streams, goes to `output` and
 * nowhere else: also later, in what it waits for.
 */
export function printingTo<T>(output: Output, work: () => T): T {
    return current.run(output, work);
}

/** Runs what is the sandbox's own again: what it prints about a handler is not the handler's. */
export function printingAsBefore<T>(work: () => T): T {
    return current.exit(work);
}

/**
 * Watches the streams of this process until the returned function is called; any number of sandboxes share the watch.
 * What nobody's handler prints passes through untouched.
 */
export function watchOutput(): () => void {
    if (users++ === 0) {
        const restore = (["stdout", "stderr"] as const).map(watch);
        release = () => restore.forEach((undo) => undo());
    }
    let watching = true;
    return () => {
        if (!watching) {
            return;
        }
        watching = false;
        if (--users === 0) {
            release();
        }
    };
}

type Write = typeof process.stdout.write;

function watch(name: "stdout" | "stderr"): () => void {
    const stream = process[name];
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its stream, and put back as it was
    const { write } = stream;
    const watched = ((chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
        const output = current.getStore();
        if (!output) {
            return Reflect.apply(write, stream, [chunk, ...rest]) as boolean;
        }
        output[name](typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
        const done = rest.findLast((argument) => typeof argument === "function");
        if (done) {
            queueMicrotask(() => void Reflect.apply(done, stream, []));
        }
        return true;
    }) as Write;
    stream.write = watched;
    // Whoever has put something of his own in its place since then keeps it.
    return () => {
        if (stream.write === watched) {
            stream.write = write;
        }
    };
}
