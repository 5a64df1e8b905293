/** Time that passes only when everyone sleeps: what is due next then happens at once. */
export function virtualClock(start = Date.parse("2026-01-01T00:00:00Z")) {
    let current = start;
    const sleepers: { at: number; wake: () => void }[] = [];
    const advance = (): void => {
        // Work that is ready comes first: only then does time move on.
        setImmediate(() => {
            sleepers.sort((a, b) => a.at - b.at);
            const next = sleepers.shift();
            if (!next) {
                return;
            }
            current = Math.max(current, next.at);
            next.wake();
        });
    };
    return {
        now: () => current,
        sleep: (milliseconds: number, signal?: AbortSignal) =>
            new Promise<void>((resolve, reject) => {
                signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
                sleepers.push({ at: current + milliseconds, wake: resolve });
                advance();
            }),
        /** Seconds since the start. */
        elapsed: () => (current - start) / 1000,
    };
}
