import type { Clock, Decision, Decisions } from "./cloud";

/** How many decisions are kept. The oldest are dropped first. */
const decisionsKept = 10_000;

/** Keeps every allow and deny, the latest {@link decisionsKept}, and passes each to its listeners. */
export function createDecisions({ clock }: { clock: Clock }): Decisions {
    const kept: Decision[] = [];
    const listeners = new Set<(decision: Decision) => void>();
    let lastId = 0;
    return {
        record(decision) {
            const recorded: Decision = { id: ++lastId, time: new Date(clock.now()).toISOString(), ...decision };
            // The list is a ring: the newest decision replaces the oldest, so that each record takes the same time.
            kept[(recorded.id - 1) % decisionsKept] = recorded;
            for (const listener of listeners) {
                listener(recorded);
            }
            return recorded;
        },
        list() {
            const oldest = lastId % decisionsKept;
            return lastId <= decisionsKept ? [...kept] : [...kept.slice(oldest), ...kept.slice(0, oldest)];
        },
        onDecision(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
    };
}
