import { toJson, WorkflowError, type StepEvent, type StepInfo } from "../../../workflow";
import type { Json } from "../../apis";
import { printEntry, shownVariables, type Entry } from "./step-entry";

/** How many entries of one execution are kept: the first ones. */
const KEPT_EACH = 1000;
/** How many entries of all executions are kept. Those of the oldest executions are deleted first. */
const KEPT = 100_000;

interface Recorded {
    entries: Map<number, Entry>;
    /** The numbers of the entries inside each entry, and inside none, in the order in which they began. */
    within: Map<number | undefined, number[]>;
    detailed: boolean;
    /** The step that was begun last. */
    last?: StepInfo;
}

/** The steps that executions went through. They are kept in memory, until the execution is deleted or the sandbox ends. */
export class History {
    private readonly executions = new Map<string, Recorded>();
    private total = 0;

    /**
     * Begins to record an execution.
     * @param detailed whether the values of variables are kept too
     * @returns the listener for the events of its steps
     */
    begin(execution: string, detailed = false): (event: StepEvent) => void {
        const recorded: Recorded = { entries: new Map(), within: new Map(), detailed };
        this.executions.set(execution, recorded);
        return (event) => this.note(recorded, event);
    }

    /** Marks the steps that had not ended when the execution ended as cancelled. */
    end(execution: string): void {
        for (const entry of this.executions.get(execution)?.entries.values() ?? []) {
            if (entry.state === "IN_PROGRESS") {
                entry.state = "CANCELLED";
            }
        }
    }

    /** The step that runs, or that ran last. */
    current(execution: string): { routine: string; step: string }[] {
        const last = this.executions.get(execution)?.last;
        return last ? [{ routine: last.routine, step: last.name }] : [];
    }

    /** The entries as the API answers them, in the order in which they began. */
    list(execution: string): Json[] {
        const recorded = this.executions.get(execution);
        return [...(recorded?.entries.values() ?? [])].map((entry) => print(execution, entry, recorded));
    }

    find(execution: string, number: number): Json | undefined {
        const recorded = this.executions.get(execution);
        const entry = recorded?.entries.get(number);
        return entry && print(execution, entry, recorded);
    }

    /** Deletes the entries of an execution; the execution stays. */
    clear(execution: string): void {
        const recorded = this.executions.get(execution);
        this.total -= recorded?.entries.size ?? 0;
        recorded?.entries.clear();
        recorded?.within.clear();
    }

    forget(execution: string): void {
        this.total -= this.executions.get(execution)?.entries.size ?? 0;
        this.executions.delete(execution);
    }

    private note(recorded: Recorded, event: StepEvent): void {
        const { phase, step, number, at, error, parent, progress } = event;
        const { entries, within, detailed } = recorded;
        if (phase === "start") {
            recorded.last = step;
            if (entries.size >= KEPT_EACH) {
                return;
            }
            const siblings = within.get(parent) ?? [];
            const entry: Entry = { number, step, created: at, updated: at, state: "IN_PROGRESS" };
            if (parent !== undefined) {
                entry.parent = parent;
            }
            if (progress) {
                entry.progress = progress;
            }
            entries.set(number, entry);
            within.set(parent, siblings);
            siblings.push(number);
            if (++this.total > KEPT) {
                this.makeRoom(recorded);
            }
            return;
        }
        const entry = entries.get(number);
        if (!entry) {
            return;
        }
        entry.updated = at;
        entry.state = phase === "end" ? "SUCCEEDED" : error instanceof WorkflowError ? "FAILED" : "CANCELLED";
        if (error instanceof WorkflowError) {
            entry.exception = payloadOf(error);
        }
        if (detailed && step.callee?.startsWith("googleapis.secretmanager.") !== true) {
            entry.variables = shownVariables(event.variables());
        }
    }

    private makeRoom(current: Recorded): void {
        for (const [execution, recorded] of this.executions) {
            if (this.total <= KEPT * 0.9) {
                return;
            }
            if (recorded === current) {
                continue;
            }
            this.total -= recorded.entries.size;
            recorded.entries.clear();
            recorded.within.clear();
            if (!recorded.last) {
                this.executions.delete(execution);
            }
        }
    }
}

/** The exception of an entry, cut to a thousand characters. */
export function payloadOf({ payload, message }: WorkflowError): string {
    try {
        return toJson(payload).slice(0, 1000);
    } catch {
        return JSON.stringify(message);
    }
}

function print(execution: string, entry: Entry, recorded: Recorded | undefined): Json {
    const siblings = recorded?.within.get(entry.parent) ?? [];
    const at = siblings.indexOf(entry.number);
    const children = recorded?.within.get(entry.number) ?? [];
    return printEntry(execution, entry, { previous: siblings[at - 1], next: siblings[at + 1], children });
}
