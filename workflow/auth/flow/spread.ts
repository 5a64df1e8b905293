import type { Edge, Node } from "../../control";
import type { Values } from "./domain";
import { keyOfAll, none } from "./domain";
import { type Followed, inOrder, type Key, type Variables, type Way } from "./followed";
import { anything, union } from "./join";
import { Worklist } from "./worklist";

/** How often a variable may change at one place before it is taken for anything. */
const MAX_CHANGES = 16;

/**
 * Spreads values to the places where a run can have them, and keeps the places that are to be visited again. Values only
 * grow, and one that goes on growing becomes anything, so that it ends.
 */
export class Spread {
    private readonly queue: Worklist<Key>;
    /** What waits until the branches have been gone through, as each of their values would begin them anew. */
    private readonly later: Worklist<Key>;
    private readonly changes = new Map<Node, Map<number, number>>();
    private readonly keys = new Map<Node, Key>();

    /** @param without - the ways that are not followed, in tests */
    constructor(
        routines: Iterable<Followed>,
        private readonly without: Way | undefined,
    ) {
        let order = 0;
        const orders = new Map<Key, number>();
        for (const routine of routines) {
            for (const node of inOrder(routine.graph)) {
                const key = { routine, node };
                this.keys.set(node, key);
                orders.set(key, order++);
            }
        }
        this.queue = new Worklist((key) => orders.get(key) ?? 0);
        this.later = new Worklist((key) => orders.get(key) ?? 0);
    }

    /** The place to visit next. */
    take(): Key | undefined {
        return this.queue.take() ?? this.later.take();
    }

    keyOf(node: Node): Key | undefined {
        return this.keys.get(node);
    }

    /**
     * A value that is set in a `try` may be what its handler sees. One of a variable that lives so many frames out may be
     * what the other branches of the `parallel` steps between see, and what the handlers around those see.
     */
    publish(routine: Followed, { handler, fork }: Node, id: number, values: Values, depth: number): void {
        for (let at = handler; at !== undefined; at = at.handler) {
            this.add(routine, at, id, values, "halfway");
        }
        if (depth > 0 && fork !== undefined) {
            this.add(routine, fork, id, values, "interleaved");
            this.publish(routine, fork, id, values, depth - 1);
        }
    }

    private add(routine: Followed, to: Node, id: number, values: Values, way: Way): void {
        const state = routine.states[to.id];
        if (state !== undefined && this.without !== way) {
            const old = state.get(id) ?? none;
            const now = this.grown(to, id, old, union(old, values));
            if (now !== old) {
                this.change(routine, to, state.with(id, now), way === "interleaved" ? this.later : this.queue);
            }
        }
    }

    follow(routine: Followed, edge: Edge, after: Variables): void {
        if (this.without !== edge.kind) {
            this.arrive(routine, edge.to, after);
        }
    }

    arrive(routine: Followed, to: Node, after: Variables): void {
        const state = routine.states[to.id];
        const merged =
            state?.merged(after, (id, mine = none, theirs) =>
                mine === none ? theirs : this.grown(to, id, mine, union(mine, theirs)),
            ) ?? after;
        if (merged !== state) {
            this.change(routine, to, merged);
        }
    }

    private change(routine: Followed, to: Node, state: Variables, queue = this.queue): void {
        const before = routine.states[to.id];
        const { size } = routine.graph.scope;
        routine.states[to.id] = state;
        this.again(to, queue);
        if (to === routine.graph.end && before?.get(size) !== state.get(size)) {
            routine.users.forEach((user) => this.queue.add(user));
        }
    }

    again(node: Node, queue = this.queue): void {
        const key = this.keys.get(node);
        if (key !== undefined) {
            queue.add(key);
        }
    }

    /** The new value, or the old one itself where it is the same; anything where it goes on changing. */
    grown(node: Node, id: number, old: Values, now: Values): Values {
        if (now === old || (now.length === old.length && keyOfAll(now) === keyOfAll(old))) {
            return old;
        }
        const counts = this.changes.get(node) ?? new Map<number, number>();
        this.changes.set(node, counts);
        const count = (counts.get(id) ?? 0) + 1;
        counts.set(id, count);
        return count <= MAX_CHANGES ? now : settled(old, anything(now));
    }
}

const settled = (old: Values, now: Values): Values => (keyOfAll(old) === keyOfAll(now) ? old : now);
