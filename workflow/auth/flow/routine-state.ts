import { type EdgeKind, edgesOf, type Node, reversePostorder, type RoutineGraph, type ValuePlace } from "../../control";
import type { CallAction } from "../../syntax";
import type { Given } from "./argument";
import type { Values } from "./domain";
import type { PersistentMap } from "./persistent-map";

/** The kinds of flow that bring values from one place to another. A test leaves each out, and must see that it is missed. */
export type FlowKind =
    | EdgeKind
    /** From the middle of a `try` to its handler. */
    | "halfway"
    /** From one branch of `parallel` to the others. */
    | "interleaved"
    /** From a `return` to the calls of its routine. */
    | "returned"
    /** From a call to the parameters of its routine. */
    | "passed"
    | "right operand skipped"
    | "keys of any number"
    | `call in ${ValuePlace | "predicate"}`;

/** What each variable of a routine can be at a place, by its number. */
export type Variables = PersistentMap<Values>;

/** What the analysis knows about the environment of the program, and which kind of flow it leaves out (in tests). */
export interface AnalysisContext {
    /** The value of an environment variable; `undefined` if nothing is known of it. */
    variable(name: string): Values | undefined;
    /** The result of a call step; `subworkflow` is the result if its callee is a subworkflow. */
    call(action: CallAction, args: Values, subworkflow: () => Values | undefined): Values;
    without?: FlowKind | undefined;
}

/** What is known of a routine so far, joined over all its calls. */
export interface RoutineState {
    graph: RoutineGraph;
    /** The state before each node, by its id: what each variable can be. Absent if no run gets to it. */
    states: (Variables | undefined)[];
    /** The arguments for each parameter; `omitted` says whether some call leaves it out. */
    passed: (Values | undefined)[];
    omitted: boolean[];
    isCalled: boolean;
    /** The nodes that use what the routine returns: the edges back in the call graph. */
    users: Set<ProgramPoint>;
}

/** A place in the program: a node of a routine. */
export interface ProgramPoint {
    routine: RoutineState;
    node: Node;
}

/** The arguments of a call, by parameter. */
export type Arguments = (param: string, index: number) => Given;

/** The nodes of a routine in reverse postorder. Nodes that no run reaches come last. */
export function inOrder({ entry, nodes }: RoutineGraph): Node[] {
    const reached = reversePostorder(entry, (node) => [
        ...edgesOf(node).map(({ to }) => to),
        ...(node.kind === "try" ? node.catches.toReversed() : []),
    ]);
    const seen = new Set(reached);
    return [...reached, ...nodes.filter((node) => !seen.has(node))];
}
