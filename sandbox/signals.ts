import type { Signal, Signals } from "./cloud";

/** The line from the admin APIs to the senders; listeners are called in the order in which they came. */
export function createSignals(): Signals {
    const listeners = new Set<(signal: Signal) => void>();
    return {
        emit(signal) {
            for (const listener of listeners) listener(signal);
        },
        on(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
    };
}
