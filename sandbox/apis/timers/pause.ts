import type { Signal } from "../../cloud";
import type { Call, Json, Resources } from "../framework";

/** Pauses or resumes a job of Scheduler or a queue of Tasks. */
export function switchState<Resource extends Json & { name: string; state?: string }>(
    resources: Resources<Resource>,
    kind: Extract<Signal["kind"], "job" | "queue">,
    state: string,
): (request: { name: string }, call: Call) => Resource {
    return ({ name }, { cloud }) => {
        const switched = resources.put(cloud, name, { ...resources.get(cloud, name), state });
        cloud.signals.emit({ kind, name });
        return switched;
    };
}

const SHORTEST = 15;
const LONGEST = 30 * 60;

/** What is wrong with the deadline of a task or a job, which must be 15 s to 30 min. */
export function deadlineProblem(deadline: unknown): string | undefined {
    if (typeof deadline !== "string") {
        return undefined;
    }
    const seconds = Number.parseFloat(deadline);
    return seconds >= SHORTEST && seconds <= LONGEST
        ? undefined
        : `is ${deadline}; it must be between ${SHORTEST}s and ${LONGEST}s`;
}
