import { WorkflowError } from "./errors";
import { frameAt } from "./access";
import type { Frame, StepInfo } from "./frame";
import type { RuntimeValue } from "./value";

/** Where the run goes when it does not go on to the following step. */
export type Jump =
    | { kind: "next"; block: Block; index: number }
    | { kind: "break" }
    | { kind: "continue" }
    /** Ends the routine with the frame's result. */
    | { kind: "return" };

export type Signal = Jump | undefined;
/** What running something gives: a promise only where something waited, so that plain steps run at full speed. */
export type Running = Signal | Promise<Signal>;
export type Run = (frame: Frame) => Running;

export interface CompiledStep {
    info: StepInfo;
    run: Run;
    next: Signal;
}

export interface Block {
    steps: CompiledStep[];
}

/** Runs a list of steps from one of them on. */
export function runBlock(block: Block, frame: Frame, from = 0): Running {
    for (let at = from; ;) {
        const step = block.steps[at];
        if (step === undefined) {
            return undefined;
        }
        const outcome = runStep(step, frame);
        if (outcome instanceof Promise) {
            return waitThenRun(block, frame, at, outcome);
        }
        const signal = outcome ?? step.next;
        if (leaves(signal, block)) {
            return signal;
        }
        at = signal?.kind === "next" ? signal.index : at + 1;
    }
}

/** Goes on after a step that waits. One loop, not a chain of promises, however often steps wait. */
async function waitThenRun(block: Block, frame: Frame, from: number, first: Promise<Signal>): Promise<Signal> {
    let pending: Running = first;
    for (let at = from; ;) {
        const step = block.steps[at];
        if (step === undefined) {
            return undefined;
        }
        const outcome: Signal = await (pending ?? runStep(step, frame));
        pending = undefined;
        const signal = outcome ?? step.next;
        if (leaves(signal, block)) {
            return signal;
        }
        at = signal?.kind === "next" ? signal.index : at + 1;
    }
}

const leaves = (signal: Signal, block: Block): boolean =>
    signal !== undefined && !(signal.kind === "next" && signal.block === block);

function runStep(step: CompiledStep, frame: Frame): Running {
    const { execution } = frame;
    const number = execution.enter(frame);
    frame.step = step.info;
    return execution.observers.onStep === undefined ? step.run(frame) : traced(step, frame, number);
}

/** Tells of a step's start and end; a wait in between does not matter. */
function traced(step: CompiledStep, frame: Frame, number: number): Running {
    const { at: parent, progress } = frame;
    const tell = (phase: "start" | "end" | "error", error?: Error): void =>
        frame.execution.observers.onStep?.({
            phase,
            step: step.info,
            number,
            at: frame.execution.host.now(),
            depth: frame.depth,
            variables: () => variablesOf(step.info, frame),
            ...(parent !== undefined && { parent }),
            ...(progress && { progress }),
            ...(error && { error }),
        });
    const failed = (error: unknown): never => {
        tell("error", error instanceof Error ? error : new Error(String(error)));
        leave();
        throw error;
    };
    const ended = (signal: Signal): Signal => {
        tell("end");
        leave();
        return signal;
    };
    const leave = (): void => {
        frame.at = parent;
        frame.progress = progress;
    };
    tell("start");
    frame.at = number;
    frame.progress = undefined;
    try {
        const outcome = step.run(frame);
        return outcome instanceof Promise ? outcome.then(ended, failed) : ended(outcome);
    } catch (error) {
        return failed(error);
    }
}

function variablesOf({ sets }: StepInfo, frame: Frame): Map<string, RuntimeValue> {
    const found = new Map<string, RuntimeValue>();
    for (const { name, depth, index } of sets) {
        const value = frameAt(frame, depth).variables[index];
        if (value !== undefined) {
            found.set(name, value);
        }
    }
    return found;
}

/** Runs `body`, and hands what it throws to `caught`, whether it throws at once or later. */
export function guarded(body: () => Running, caught: (error: WorkflowError) => Running): Running {
    const handle = (error: unknown): Running => {
        if (error instanceof WorkflowError && error.catchable) {
            return caught(error);
        }
        throw error;
    };
    try {
        const outcome = body();
        return outcome instanceof Promise ? outcome.catch(handle) : outcome;
    } catch (error) {
        return handle(error);
    }
}
