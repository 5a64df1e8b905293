import { graphOf, type Node, type RoutineGraph } from "../control";
import type { Program } from "../syntax";
import { CompileError } from "./expressions";
import { Point } from "./frame";
import { CompiledRoutine, NodeCompiler } from "./steps";

/** A compiled program. It can run any number of times, also at the same time. */
export interface CompiledWorkflow {
    main: CompiledRoutine;
    routines: ReadonlyMap<string, CompiledRoutine>;
}

/**
 * Compiles a program to closures. Check it with `validateWorkflow` first, which reports all mistakes with their places.
 * @throws CompileError for the first part that cannot be compiled
 */
export function compileWorkflow(program: Program): CompiledWorkflow {
    const routines = new Map(program.routines.map((each) => [each.name.text, new CompiledRoutine(each)]));
    for (const routine of program.routines) {
        routines.get(routine.name.text)?.define(compileGraph(graphOf(routine), routines));
    }
    const main = routines.get("main");
    if (main === undefined) {
        throw new CompileError("the workflow has no routine main");
    }
    return { main, routines };
}

/** Compiles every node of a graph and joins them by its edges. Returns the first one. */
function compileGraph(graph: RoutineGraph, routines: ReadonlyMap<string, CompiledRoutine>): Point {
    const [unresolved] = graph.unresolved;
    if (unresolved !== undefined) {
        throw new CompileError(`step '${unresolved.text}' to go to next is not defined here`);
    }
    const points = new Map<Node, Point>();
    const pointOf = (node: Node): Point => {
        const point = points.get(node) ?? new Point(node.within);
        points.set(node, point);
        return point;
    };
    const compiler = new NodeCompiler(graph.routine.name.text, routines);
    for (const node of graph.nodes) {
        const branches = node.kind === "fork" ? node.branches.map(({ to }) => pointOf(to)) : [];
        const point = pointOf(node);
        point.run = compiler.compile(node, branches);
        point.next = "next" in node ? pointOf(node.next.to) : undefined;
        point.otherwise = "otherwise" in node ? pointOf(node.otherwise.to) : undefined;
        point.handler = node.handler && pointOf(node.handler);
    }
    return pointOf(graph.entry);
}
