import type { Recording } from "../../../workflow";

/** An execution that has ended, with its source and all that it depended on. Texts in it may hold tokens. */
export interface ExecutionRecord extends Recording {
    /** Counts the executions of a sandbox, from 1. */
    id: number;
    /** When it ended. */
    time: string;
    /** `projects/P/locations/L/workflows/W/executions/E`. */
    name: string;
    state: string;
    duration?: string;
    /** What it returned, as JSON. */
    result?: string;
    /** Why it failed, as JSON. */
    error?: string;
    source: string;
}
