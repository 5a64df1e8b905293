import type { EdgeKind, Node, RoutineGraph, ValuePlace } from "../../control";
import { edgesOf } from "../../control";
import type { CallAction } from "../../syntax";
import type { Given } from "./argument";
import type { Values } from "./domain";
import type { Table } from "./table";

/** The ways in which values get from one place to another; a test takes each out and sees that it is missed. */
export type Way = EdgeKind | "halfway" | "interleaved" | "returned" | "passed" | `call in ${ValuePlace | "predicate"}`;

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

/** The nodes of a routine, those that lead to others first. */
export function inOrder(graph: RoutineGraph): Node[] {
    const seen = new Set<Node>();
    const found: Node[] = [];
    const stack: { node: Node; next: Node[] }[] = [];
    const push = (node: Node): void => {
        if (!seen.has(node)) {
            seen.add(node);
            const handlers = node.kind === "try" ? node.catches : [];
            stack.push({
                node,
                next: [
                    ...handlers,
                    ...edgesOf(node)
                        .map((edge) => edge.to)
                        .reverse(),
                ],
            });
        }
    };
    push(graph.entry);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const next = top.next.pop();
        if (next === undefined) {
            found.push(top.node);
            stack.pop();
        } else {
            push(next);
        }
    }
    return [...found.reverse(), ...graph.nodes.filter((node) => !seen.has(node))];
}
