import type { StepNode } from "../../control";
import { WorkflowError } from "../values";
import type { Frame } from "./frame";
import { endSteps } from "./trace";
import { toError } from "../../../errors";

/** The edge by which a run leaves a node. */
export type Exit = "next" | "otherwise";
/** The exit from a node. It is a promise only where something waits, so that other steps run at full speed. */
export type Leaving = Exit | Promise<Exit>;
/** What happens at a node. It chooses one of the node's edges, so that a run goes nowhere else. */
export type Run = (frame: Frame) => Leaving;

/** A node of the graph, ready to run, and where its edges lead. */
export class Point {
    run: Run = () => "next";
    /** Absent where the routine or the branch ends. */
    next: Point | undefined = undefined;
    otherwise: Point | undefined = undefined;
    /** Where an error that can be caught goes. */
    handler: Point | undefined = undefined;

    /** @param within - the step that the node belongs to */
    constructor(readonly within: StepNode | undefined) {}
}

/** Something that a point waits for. */
interface Waiting {
    at: Point;
    exit: Promise<Exit>;
}

/** Goes from point to point until there is no edge to follow: that is the end of the routine, or of the branch. */
export function follow(entry: Point, frame: Frame): Promise<void> | undefined {
    const waiting = runOn(entry, frame);
    return waiting && waitAndRunOn(waiting, frame);
}

/** Runs until something waits, or to the end. */
function runOn(from: Point | undefined, frame: Frame): Waiting | undefined {
    for (let to = from; to !== undefined;) {
        const at = to;
        try {
            if (frame.open !== undefined && frame.open.node !== at.within) {
                endSteps(frame, at.within);
            }
            const exit = at.run(frame);
            if (exit === "next") {
                to = at.next;
            } else if (exit === "otherwise") {
                to = at.otherwise;
            } else {
                return { at, exit };
            }
        } catch (error) {
            to = handlerOf(error, at, frame);
        }
    }
    return undefined;
}

/** Waits and runs on, in one loop: a chain of promises would grow with every wait. */
async function waitAndRunOn(first: Waiting, frame: Frame): Promise<void> {
    for (let waiting: Waiting | undefined = first; waiting !== undefined;) {
        const { at, exit }: Waiting = waiting;
        let to: Point | undefined;
        try {
            to = (await exit) === "next" ? at.next : at.otherwise;
        } catch (error) {
            to = handlerOf(error, at, frame);
        }
        waiting = runOn(to, frame);
    }
}

/** Where a run goes on after an error. @throws the error, where nothing catches it */
function handlerOf(error: unknown, { handler }: Point, frame: Frame): Point {
    if (handler !== undefined && error instanceof WorkflowError && error.catchable) {
        endSteps(frame, handler.within, error);
        frame.caught = error;
        return handler;
    }
    endSteps(frame, undefined, toError(error));
    throw error;
}
