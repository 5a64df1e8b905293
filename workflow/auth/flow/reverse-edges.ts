import { addTo } from "../../../common";
import { type EdgeKind, edgesOf, type Node, rootOf, type RoutineGraph } from "../../control";

/** How a value came to a node. */
export type ReverseKind = EdgeKind | "halfway" | "interleaved";

/** An edge of the data flow, seen from its end: where a value came from, and how. */
export interface ReverseEdge {
    from: Node;
    kind: ReverseKind;
}

/** The data flow of a routine, against its direction. */
export interface ReverseEdges {
    /** The edges that lead to each node. */
    incoming: Map<Node, ReverseEdge[]>;
    /** The nodes that set each variable. */
    setters: Map<number, Node[]>;
}

/** They are found once for a routine, because many of its calls may be explained. */
const known = new WeakMap<RoutineGraph, ReverseEdges>();

export function reverseEdgesOf(graph: RoutineGraph): ReverseEdges {
    const edges = known.get(graph) ?? reversed(graph);
    known.set(graph, edges);
    return edges;
}

function reversed(graph: RoutineGraph): ReverseEdges {
    const incoming = new Map<Node, ReverseEdge[]>();
    const setters = new Map<number, Node[]>();
    const add = (to: Node, from: Node, kind: ReverseKind): void => addTo(incoming, to, { from, kind });
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
    return { incoming, setters };
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
