import { addTo } from "../../../common";
import type { EdgeKind, Node, RoutineGraph } from "../../control";
import { edgesOf, rootOf } from "../../control";

/** How a value comes to a place later than the order of the steps says. */
export type Late = EdgeKind | "halfway" | "interleaved";

/** A way back from a node: where a run may come from, and how. */
export interface Back {
    from: Node;
    kind: Late;
}

/** The ways back through a routine. */
export interface Ways {
    backs: Map<Node, Back[]>;
    /** The nodes that set each variable. */
    setters: Map<number, Node[]>;
}

/** Many calls of a routine are explained. */
const known = new WeakMap<RoutineGraph, Ways>();

export function waysOf(graph: RoutineGraph): Ways {
    const ways = known.get(graph) ?? findWays(graph);
    known.set(graph, ways);
    return ways;
}

function findWays(graph: RoutineGraph): Ways {
    const backs = new Map<Node, Back[]>();
    const setters = new Map<number, Node[]>();
    const add = (to: Node, from: Node, kind: Late): void => addTo(backs, to, { from, kind });
    for (const node of graph.nodes) {
        for (const name of namesSet(node)) {
            const slot = name === undefined ? undefined : node.scope.find(name);
            if (slot !== undefined) {
                addTo(setters, slot.variable.id, node);
            }
        }
        edgesOf(node).forEach((edge) => add(edge.to, node, edge.kind));
        if (node.kind === "try") {
            node.catches.forEach((handler) => add(handler, node, "error"));
        }
        if (namesSet(node).some((name) => name !== undefined)) {
            for (let at = node.handler; at !== undefined; at = at.handler) {
                add(at, node, at.kind === "caught" ? "retry" : "halfway");
            }
            for (let at = node.fork; at !== undefined; at = at.fork) {
                add(at, node, "interleaved");
            }
        }
    }
    return { backs, setters };
}

/** The names of the variables that a node sets. */
export function namesSet(node: Node): (string | undefined)[] {
    switch (node.kind) {
        case "assign":
            return [rootOf(node.assignment.target)];
        case "call":
            return [node.action.result?.text];
        case "turn":
            return [node.loop.action.value.text, node.loop.action.index?.text];
        case "branch":
            return [node.fork.action.for?.value.text, node.fork.action.for?.index?.text];
        case "except":
            return [node.action.except?.as?.text];
        case "parameter":
            return [node.param.name.text];
        default:
            return [];
    }
}
