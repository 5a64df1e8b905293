import { toJson, WorkflowError, type StepEvent, type StepInfo } from "../../workflow";
import type { Json } from "../apis/framework";

/** Entries of one execution that are kept: its first. */
const KEPT_EACH = 1000;
/** Entries of all executions that are kept: those of the oldest executions go first. */
const KEPT = 100_000;

interface Entry {
    number: number;
    step: StepInfo;
    created: number;
    updated: number;
    state: "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | "CANCELLED";
    exception?: string;
}

interface Recorded {
    entries: Map<number, Entry>;
    /** The step that was begun last. */
    last?: StepInfo;
}

const TYPES: Readonly<Record<string, string>> = {
    assign: "STEP_ASSIGN",
    switch: "STEP_SWITCH",
    for: "STEP_FOR",
    parallel: "STEP_PARALLEL_BRANCH",
    "parallel for": "STEP_PARALLEL_FOR",
    try: "STEP_TRY_RETRY_EXCEPT",
    raise: "STEP_RAISE",
    return: "STEP_RETURN",
    next: "STEP_GOTO",
};

/** The steps that executions went through. In memory: an execution's entries go with it, or with the sandbox. */
export class History {
    private readonly executions = new Map<string, Recorded>();
    private total = 0;

    /** Begins to record an execution. @returns what its steps are told to */
    begin(execution: string): (event: StepEvent) => void {
        const recorded: Recorded = { entries: new Map() };
        this.executions.set(execution, recorded);
        return (event) => this.note(recorded, event);
    }

    /** What was not over when the execution ended was cancelled with it. */
    end(execution: string): void {
        for (const entry of this.executions.get(execution)?.entries.values() ?? [])
            if (entry.state === "IN_PROGRESS") entry.state = "CANCELLED";
    }

    /** The step that runs, or was the last to run. */
    current(execution: string): { routine: string; step: string }[] {
        const last = this.executions.get(execution)?.last;
        return last ? [{ routine: last.routine, step: last.name }] : [];
    }

    /** As the API tells them, in the order in which they began. */
    list(execution: string): Json[] {
        return [...(this.executions.get(execution)?.entries.values() ?? [])].map((entry) => print(execution, entry));
    }

    find(execution: string, number: number): Json | undefined {
        const entry = this.executions.get(execution)?.entries.get(number);
        return entry && print(execution, entry);
    }

    forget(execution: string): void {
        this.total -= this.executions.get(execution)?.entries.size ?? 0;
        this.executions.delete(execution);
    }

    private note(recorded: Recorded, { phase, step, number, at, error }: StepEvent): void {
        const { entries } = recorded;
        if (phase === "start") {
            recorded.last = step;
            if (entries.size >= KEPT_EACH) return;
            entries.set(number, { number, step, created: at, updated: at, state: "IN_PROGRESS" });
            if (++this.total > KEPT) this.makeRoom(recorded);
            return;
        }
        const entry = entries.get(number);
        if (!entry) return;
        entry.updated = at;
        entry.state = phase === "end" ? "SUCCEEDED" : error instanceof WorkflowError ? "FAILED" : "CANCELLED";
        if (error instanceof WorkflowError) entry.exception = payloadOf(error);
    }

    private makeRoom(current: Recorded): void {
        for (const [execution, recorded] of this.executions) {
            if (this.total <= KEPT * 0.9) return;
            if (recorded === current) continue;
            this.total -= recorded.entries.size;
            recorded.entries.clear();
            if (!recorded.last) this.executions.delete(execution);
        }
    }
}

/** An exception is told in a thousand characters: a history is no place for documents. */
export function payloadOf({ payload, message }: WorkflowError): string {
    try {
        return toJson(payload).slice(0, 1000);
    } catch {
        return JSON.stringify(message);
    }
}

function print(execution: string, { number, step, created, updated, state, exception }: Entry): Json {
    const stepType = step.callee === undefined ? TYPES[step.kind] : callType(step.callee);
    return {
        name: `${execution}/stepEntries/${number}`,
        createTime: new Date(created).toISOString(),
        updateTime: new Date(updated).toISOString(),
        routine: step.routine,
        step: step.name,
        ...(stepType !== undefined && { stepType }),
        state: `STATE_${state}`,
        ...(exception !== undefined && { exception: { payload: exception } }),
        entryId: String(number),
    };
}

function callType(callee: string): string {
    if (callee.startsWith("googleapis.")) return "STEP_CONNECTOR_CALL";
    return callee.includes(".") ? "STEP_STD_LIB_CALL" : "STEP_SUBWORKFLOW_CALL";
}
