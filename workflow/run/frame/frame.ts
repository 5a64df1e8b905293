import { InternalError } from "../../../errors";
import { type Args, CancelledError, failure, type RuntimeValue, sizeOf, type WorkflowError } from "../values";
import type { Callback, Host } from "../host";
import type { Attempts, Turns } from "./repeats";
import type { Observers, OpenStep, Progress, StepInfo } from "./step-events";

/** What Google allows one execution: https://cloud.google.com/workflows/quotas */
export interface Limits {
    /** Steps of one execution. */
    steps: number;
    /** Bytes of all variables, arguments and events: the 512 KB of https://cloud.google.com/workflows/quotas */
    memory: number;
    /** Bytes of one variable's text: https://cloud.google.com/workflows/docs/reference/syntax/syntax-cheat-sheet */
    text: number;
    /** How deep calls of subworkflows may be nested. */
    callDepth: number;
    /** How deep `parallel` steps may be nested. */
    parallelDepth: number;
    /** How many branches or iterations may run at the same time. */
    concurrency: number;
    /** Bytes of an HTTP answer's body. */
    response: number;
}

/** Google's limits, which are the default. */
export const DEFAULT_LIMITS: Limits = {
    steps: 100_000,
    memory: 512 * 1024,
    text: 256 * 1024,
    callDepth: 20,
    parallelDepth: 2,
    concurrency: 20,
    response: 2 * 1024 * 1024,
};

/** The state of one execution that all of its frames share. */
export class Execution {
    readonly live = new Set<Frame>();
    readonly callbacks = new Map<string, Callback>();
    private steps = 0;
    private memoryBound = 0;

    constructor(
        readonly host: Host,
        readonly env: Readonly<Record<string, string>>,
        readonly limits: Limits,
        readonly observers: Observers = {},
    ) {}

    /** Counts a step. @throws CancelledError if the execution was cancelled; WorkflowError `ResourceLimitError` */
    enter(frame: Frame): number {
        if (frame.signal.aborted) {
            throw new CancelledError();
        }
        if (++this.steps > this.limits.steps) {
            throw failure("ResourceLimitError", `the execution ran more than ${this.limits.steps} steps`);
        }
        return this.steps;
    }

    /**
     * Notes that a variable was set. The estimate grows by the size of the value, and ignores what was overwritten. The
     * variables are measured only when it is above the limit.
     */
    grow(value: RuntimeValue): void {
        this.memoryBound +=
            typeof value === "string" ? 8 + 3 * value.length : typeof value === "object" ? sizeOf(value) : 8;
        if (typeof value === "string" && value.length * 3 > this.limits.text) {
            this.checkText(value);
        }
        if (this.memoryBound > this.limits.memory) {
            this.measure();
        }
    }

    private checkText(text: string): void {
        const bytes = Buffer.byteLength(text);
        if (bytes > this.limits.text) {
            throw failure(
                "ResourceLimitError",
                `a text has ${bytes} bytes, more than the ${this.limits.text} that a variable may hold`,
            );
        }
    }

    private measure(): void {
        this.memoryBound = 0;
        for (const { variables } of this.live) {
            for (const value of variables) {
                this.memoryBound += value === undefined ? 0 : sizeOf(value);
            }
        }
        if (this.memoryBound > this.limits.memory) {
            throw failure(
                "ResourceLimitError",
                `the variables take ${this.memoryBound} bytes, more than the ${this.limits.memory} that an execution may have`,
            );
        }
    }
}

/** The variables of one call of a routine, or of one branch or iteration of `parallel`. */
export class Frame {
    readonly variables: (RuntimeValue | undefined)[] = [];
    /** The step that runs, for stack traces. */
    step: StepInfo | undefined;
    /** If there are observers: the number of the step that runs. */
    at: number | undefined;
    progress: Progress | undefined;
    /** If there are observers: the innermost step of this frame that has started. */
    open: OpenStep | undefined;
    /** The values of the parameters. */
    args: Args = [];
    /** The progress of each loop that the frame is in. An iteration of `parallel` has the items of its loop. */
    readonly turns: (Turns | undefined)[] = [];
    readonly attempts: (Attempts | undefined)[] = [];
    /** The error that the next handler gets. */
    caught: WorkflowError | undefined;
    /** The value of `return`. */
    result: RuntimeValue = null;
    /** Containers that only this frame's variables hold, so that they can be changed in place. */
    readonly owned = new WeakSet();

    constructor(
        readonly execution: Execution,
        readonly signal: AbortSignal,
        readonly routine: string,
        /** Calls of subworkflows around this one. */
        readonly depth: number,
        /** Levels of `parallel` around this frame. */
        readonly parallelDepth: number,
        /** The frame whose variables are seen from here: that of the step `parallel`. */
        readonly outer?: Frame,
    ) {
        execution.live.add(this);
    }

    /** Takes the error that led to a handler. */
    takeCaught(): WorkflowError {
        const { caught } = this;
        if (caught === undefined) {
            throw new InternalError("a handler began without an error");
        }
        this.caught = undefined;
        return caught;
    }

    /** Removes the values of variables, because the variables of a block have none when it begins. */
    clear(slots: readonly number[]): void {
        for (const slot of slots) {
            this.variables[slot] = undefined;
        }
    }

    close(): void {
        this.execution.live.delete(this);
    }

    /** Notes on an error that it passed through this frame. */
    trace(error: WorkflowError): void {
        if (this.step !== undefined) {
            const { name, routine, position, length } = this.step;
            error.stack_.push({ step: name, routine, position: { ...position, length } });
        }
    }
}
