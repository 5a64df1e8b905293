import type { Edge, Node } from "../../control";
import { keyOfAll, none, type Values } from "./domain";
import { type RoutineState, inOrder, type ProgramPoint, type Variables, type FlowKind } from "./routine-state";
import { topOf, union } from "./join";
import { Worklist } from "./worklist";

/** How often a variable may change at one node before it is widened to the top. */
const MAX_CHANGES = 16;

/** Joins values into the states of the nodes that a run can have them at, and keeps the worklist of the nodes whose state changed. */
export class Propagation {
    private readonly worklist: Worklist<ProgramPoint>;
    /** What waits until the worklist is empty: each value of another branch would begin all branches again. */
    private readonly later: Worklist<ProgramPoint>;
    private readonly changes = new Map<Node, Map<number, number>>();
    private readonly points = new Map<Node, ProgramPoint>();

    /** @param without - the kind of flow that is left out, in tests */
    constructor(
        routines: Iterable<RoutineState>,
        private readonly without: FlowKind | undefined,
    ) {
        let order = 0;
        const orders = new Map<ProgramPoint, number>();
        for (const routine of routines) {
            for (const node of inOrder(routine.graph)) {
                const point = { routine, node };
                this.points.set(node, point);
                orders.set(point, order++);
            }
        }
        this.worklist = new Worklist((point) => orders.get(point) ?? 0);
        this.later = new Worklist((point) => orders.get(point) ?? 0);
    }

    /** Takes the node to visit next off the worklist. */
    next(): ProgramPoint | undefined {
        return this.worklist.take() ?? this.later.take();
    }

    pointOf(node: Node): ProgramPoint | undefined {
        return this.points.get(node);
    }

    /**
     * Joins a value that a node sets into the states in which it can be seen before the node's successors run: a handler sees what was
     * set in its `try` before the error; the other branches of `parallel` see a variable that lives `depth` frames
     * further out, and so do the handlers around them.
     */
    publishMidway(routine: RoutineState, { handler, fork }: Node, id: number, values: Values, depth: number): void {
        for (let at = handler; at !== undefined; at = at.handler) {
            this.add(routine, at, id, values, "halfway");
        }
        if (depth > 0 && fork !== undefined) {
            this.add(routine, fork, id, values, "interleaved");
            this.publishMidway(routine, fork, id, values, depth - 1);
        }
    }

    private add(routine: RoutineState, to: Node, id: number, values: Values, kind: FlowKind): void {
        const state = routine.states[to.id];
        if (state !== undefined && this.without !== kind) {
            const old = state.get(id) ?? none;
            const now = this.widened(to, id, old, union(old, values));
            if (now !== old) {
                this.change(routine, to, state.with(id, now), kind === "interleaved" ? this.later : this.worklist);
            }
        }
    }

    /** Joins what the variables are after a node into the state at the end of an edge. */
    followEdge(routine: RoutineState, edge: Edge, after: Variables): void {
        if (this.without !== edge.kind) {
            this.joinInto(routine, edge.to, after);
        }
    }

    /** Joins variables into the state before a node. */
    joinInto(routine: RoutineState, to: Node, after: Variables): void {
        const state = routine.states[to.id];
        const merged =
            state?.merged(after, (id, mine = none, theirs) =>
                mine === none ? theirs : this.widened(to, id, mine, union(mine, theirs)),
            ) ?? after;
        if (merged !== state) {
            this.change(routine, to, merged);
        }
    }

    private change(routine: RoutineState, to: Node, state: Variables, list = this.worklist): void {
        const before = routine.states[to.id];
        const { size } = routine.graph.scope;
        routine.states[to.id] = state;
        this.revisit(to, list);
        if (to === routine.graph.end && before?.get(size) !== state.get(size)) {
            routine.users.forEach((user) => this.worklist.add(user));
        }
    }

    /** Puts a node on the worklist. */
    revisit(node: Node, list = this.worklist): void {
        const point = this.points.get(node);
        if (point !== undefined) {
            list.add(point);
        }
    }

    /** Widening: the new value, or the old one itself if both are the same; the top if it changed too often. */
    widened(node: Node, id: number, old: Values, now: Values): Values {
        if (now === old || (now.length === old.length && keyOfAll(now) === keyOfAll(old))) {
            return old;
        }
        const counts = this.changes.get(node) ?? new Map<number, number>();
        this.changes.set(node, counts);
        const count = (counts.get(id) ?? 0) + 1;
        counts.set(id, count);
        return count <= MAX_CHANGES ? now : oldIfSame(old, topOf(now));
    }
}

const oldIfSame = (old: Values, now: Values): Values => (keyOfAll(old) === keyOfAll(now) ? old : now);
