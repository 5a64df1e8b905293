import type { StepNode } from "../../control";
import { WorkflowError } from "../values";
import type { Frame } from "./frame";
import { endSteps } from "./trace";
import { toError } from "../../../errors";

/** The edge by which a run leaves a node. */
export type Exit = "next" | "otherwise";
/** The exit from a node. It is a promise only if something waits, so that other steps run at full speed. */
export type Leaving = Exit | Promise<Exit>;
/** Does what happens at a node, and chooses the edge by which the run leaves it. */
export type Run = (frame: Frame) => Leaving;

/** A compiled node of the graph, with the nodes to which its edges lead. */
export class Point {
    run: Run = () => "next";
    /** Undefined if the routine or the branch ends here. */
    next: Point | undefined = undefined;
    otherwise: Point | undefined = undefined;
    /** The node to which an error goes that can be caught. */
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

/** The node to which a run goes after an error. @throws the error if nothing catches it */
function handlerOf(error: unknown, { handler }: Point, frame: Frame): Point {
    if (handler !== undefined && error instanceof WorkflowError && error.catchable) {
        endSteps(frame, handler.within, error);
        frame.caught = error;
        return handler;
    }
    endSteps(frame, undefined, toError(error));
    throw error;
}
