import type { EdgeKind, Node, RoutineGraph, ValuePlace } from "../../control";
import { edgesOf, reversePostorder } from "../../control";
import type { CallAction } from "../../syntax";
import type { Given } from "./argument";
import type { Values } from "./domain";
import type { Table } from "./table";

/** The ways in which values get from one place to another; a test takes each out and sees that it is missed. */
export type Way =
    | EdgeKind
    | "halfway"
    | "interleaved"
    | "returned"
    | "passed"
    | "right operand skipped"
    | "keys of any number"
    | `call in ${ValuePlace | "predicate"}`;

/** What the variables of a routine can be at a place. */
export type Variables = Table<Values>;

/** How a program is followed: what it calls, and which ways are left out (in tests). */
export interface World {
    variable(name: string): Values | undefined;
    /** The result of a call step; `subworkflow` is what it gives where its callee is one. */
    call(action: CallAction, args: Values, subworkflow: () => Values | undefined): Values;
    without?: Way | undefined;
}

/** A routine as it is followed. */
export interface Followed {
    graph: RoutineGraph;
    /** The values before each node; absent where no run gets. */
    states: (Variables | undefined)[];
    /** What each parameter is given, over all calls; `undefined` among them where it may not be given. */
    passed: (Values | undefined)[];
    omitted: boolean[];
    isCalled: boolean;
    /** The nodes that use what the routine returns. */
    users: Set<Key>;
}

/** A node of a routine. */
export interface Key {
    routine: Followed;
    node: Node;
}

/** The arguments of a call, by parameter. */
export type Arguments = (param: string, index: number) => Given;

/** The nodes of a routine, those that lead to others first; last of all those that no run reaches. */
export function inOrder({ entry, nodes }: RoutineGraph): Node[] {
    const reached = reversePostorder(entry, (node) => [
        ...edgesOf(node).map(({ to }) => to),
        ...(node.kind === "try" ? node.catches.toReversed() : []),
    ]);
    const seen = new Set(reached);
    return [...reached, ...nodes.filter((node) => !seen.has(node))];
}
