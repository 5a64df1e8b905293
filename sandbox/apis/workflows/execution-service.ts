import type { CallbackRequest } from "../../../workflow";
import type { Json, Resources, Stored } from "../framework";
import type { Workflow } from "./workflows";

/** An execution as Google answers it. It has no `startTime` while it is queued. */
export type Execution = Stored<"google.cloud.workflows.executions.v1.Execution", "name" | "state" | "createTime">;

/** An endpoint at which an execution waits, as the API lists it. */
export type CallbackEntry = { name: string; method: string; waiters: string; availablePayloads: string[] };

/** Runs executions for their API. The senders implement this interface, so that the API does not depend on them. */
export interface ExecutionService {
    readonly resources: Resources<Execution>;
    readonly callbacks: {
        list(execution: string): CallbackEntry[];
        /** @returns false if no execution waits at such an endpoint with this method */
        deliver(name: string, request: CallbackRequest): boolean;
    };
    /** The steps that an execution went through. */
    readonly history: {
        list(execution: string): Json[];
        find(execution: string, number: number): Json | undefined;
        /** Deletes the entries of an execution; the execution stays. */
        clear(execution: string): void;
    };
    /**
     * Starts an execution and does not wait for its end. Above the quota of concurrent executions it is queued, or refused if
     * `disableConcurrencyQuotaOverflowBuffering` says so.
     * @throws ApiError FAILED_PRECONDITION if the source cannot be read
     * @throws SyntaxError if the argument is no JSON
     * @throws ApiError RESOURCE_EXHAUSTED if the queue is full
     */
    start(workflow: Workflow, wanted: Partial<Execution>): Execution;
    /** The execution as it is now, with its current step. */
    get(name: string): Execution;
    /** The executions of a workflow, the newest first. */
    list(workflow: string): Execution[];
    /** Cancels an execution, and waits until it has ended. @returns false if it does not run */
    cancel(name: string): Promise<boolean>;
    /** The sandbox's time, in milliseconds since 1970. */
    now(): number;
}
