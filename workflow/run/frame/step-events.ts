import type { StepNode } from "../../control";
import type { Position } from "../../syntax";
import type { RuntimeValue, WorkflowError } from "../values";

/** What identifies a step in traces and errors. */
export interface StepInfo {
    name: string;
    routine: string;
    /** The step's kind, such as `call` or `assign`. */
    kind: string;
    /** What a call step calls. */
    callee?: string;
    position: Position;
    length: number;
    /** The variables that it sets: their names, and where they are. */
    sets: readonly { name: string; depth: number; index: number }[];
}

/** The iteration or attempt that a step belongs to. */
export interface Progress {
    kind: "for" | "parallel for" | "parallel branch" | "retry";
    /** From 1. */
    number: number;
    /** How many there will be. */
    of: number;
}

/** Something that happened to a step, for traces and step entries. */
export interface StepEvent {
    phase: "start" | "end" | "error";
    step: StepInfo;
    /** Counts the steps of the execution, from 1; the same number at start and end. */
    number: number;
    /** Milliseconds since 1970, by the host's clock. */
    at: number;
    /** Calls of subworkflows that the step is in. */
    depth: number;
    /** The number of the step around it: a loop, a `try`, or the call of its subworkflow. */
    parent?: number;
    progress?: Progress;
    error?: Error;
    /** The values, now, of the variables that the step sets. */
    variables(): ReadonlyMap<string, RuntimeValue>;
    /** The values, now, of all variables that the step can see. */
    visible(): ReadonlyMap<string, RuntimeValue>;
}

/** The arguments and the result of a call step, for call logs. */
export type CallEvent = { step: StepInfo; callee: string; at: number } & (
    | { phase: "begun"; args: RuntimeValue }
    | { phase: "succeeded"; startedAt: number; response: RuntimeValue }
    | { phase: "raised"; startedAt: number; error: WorkflowError }
);

/** Functions that are called for each event of an execution. */
export interface Observers {
    /** Where it returns a promise for the start of a step, the step waits for it. */
    onStep?: ((event: StepEvent) => unknown) | undefined;
    onCall?: ((event: CallEvent) => void) | undefined;
}

/** A step that has started and has not ended. */
export interface OpenStep {
    node: StepNode;
    info: StepInfo;
    number: number;
    parent: number | undefined;
    progress: Progress | undefined;
    /** The open step around it in the same frame. */
    outer: OpenStep | undefined;
}
