import type { CallNode, Edge, EdgeKind, ForkNode, LoopNode, Node, RoutineGraph, ValuePlace } from "../control";
import { computedAt, edgesOf, predicate, rootOf } from "../control";
import { dottedName } from "../expression";
import type { CallAction } from "../syntax";
import { type Given, givenFor } from "./argument";
import type { Values } from "./domain";
import { keyOfAll, none, nothing, numberFrom, part, unknown } from "./domain";
import { evaluate, evaluateValue, pathOf, type Scope, updated } from "./evaluate";
import { anything, union } from "./join";
import { elementsOf } from "./library";
import { Queue } from "./queue";
import { Table } from "./table";

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
interface Key {
    routine: Followed;
    node: Node;
}

/** The last value that a node computed, and what each variable that it read was then. */
interface Memo {
    reads: (readonly [id: number, values: Values])[];
    last: Values;
}

const noArguments: Values = [nothing];

/** How often a variable may change at one place before it is taken for anything. */
const MAX_CHANGES = 16;

/** The arguments of a call, by parameter. */
export type Arguments = (param: string, index: number) => Given;

/**
 * Follows every value of a program along every way that a run can take, until nothing changes. Values only grow, and
 * one that goes on growing becomes anything, so that it ends; whatever is given up is unknown.
 */
export class Flow {
    private readonly queue: Queue<Key>;
    /** What waits until the branches have been gone through, as each of their values would begin them anew. */
    private readonly later: Queue<Key>;
    private readonly changes = new Map<Node, Map<number, number>>();
    private readonly items = new Map<LoopNode | ForkNode, Values>();
    private readonly keys = new Map<Node, Key>();
    /** What nodes computed, and from what: most are visited again for something that they do not read. */
    private readonly memos = new Map<Node, Memo>();
    private readonly answers = new Map<CallNode, { args: Values; answer: Values }>();

    constructor(
        readonly routines: ReadonlyMap<string, Followed>,
        private readonly world: World,
    ) {
        let order = 0;
        const orders = new Map<Key, number>();
        for (const routine of routines.values()) {
            for (const node of inOrder(routine.graph)) {
                const key = { routine, node };
                this.keys.set(node, key);
                orders.set(key, order++);
            }
        }
        this.queue = new Queue((key) => orders.get(key) ?? 0);
        this.later = new Queue((key) => orders.get(key) ?? 0);
    }

    /** Begins a routine with these arguments, as a call does. */
    enter(routine: Followed, args: Arguments): void {
        let changed = !routine.isCalled;
        routine.isCalled = true;
        routine.graph.routine.params.forEach(({ name }, index) => {
            const { values, mayLack } = args(name.text, index);
            const old = routine.passed[index] ?? none;
            const now = this.grown(routine.graph.entry, -1 - index, old, union(old, values));
            if (now !== old || (mayLack && routine.omitted[index] !== true)) {
                routine.passed[index] = now;
                routine.omitted[index] ||= mayLack;
                changed = true;
            }
        });
        if (changed) {
            const start = Table.for<Values>(routine.graph.scope.size + 1).with(routine.graph.scope.size, [nothing]);
            this.arrive(routine, routine.graph.entry, start);
            for (let node = routine.graph.entry; node.kind === "parameter"; node = node.next.to) {
                this.again(node);
            }
        }
    }

    /** Goes on until nothing changes. */
    settle(): void {
        const take = (): Key | undefined => this.queue.take() ?? this.later.take();
        for (let key = take(); key !== undefined; key = take()) {
            const before = key.routine.states[key.node.id];
            if (before !== undefined) {
                this.visit(key, before);
            }
        }
    }

    /** What an expression can be at a node. */
    scopeAt(routine: Followed, node: Node, place: ValuePlace | "predicate" | undefined): Scope {
        const { world } = this;
        const variables = routine.states[node.id];
        return {
            variable: (name) => world.variable(name),
            read: (name) => {
                const slot = node.scope.find(name);
                return (slot && variables?.get(slot.variable.id)) ?? none;
            },
            subworkflow: (name, args) =>
                this.routines.has(name) && place !== undefined
                    ? this.call({ routine, node }, place, name, (_, index) => ({
                          values: args[index] ?? none,
                          mayLack: args[index] === undefined,
                      }))
                    : this.routines.get(name) && this.result(name),
        };
    }

    private call({ node }: Key, place: ValuePlace | "predicate", name: string, args: Arguments): Values {
        const callee = this.routines.get(name);
        const key = this.keys.get(node);
        if (callee === undefined || key === undefined || this.world.without === `call in ${place}`) {
            return none;
        }
        if (this.world.without !== "returned") {
            callee.users.add(key);
        }
        if (this.world.without !== "passed" || !callee.isCalled) {
            this.enter(callee, args);
        }
        return this.result(name);
    }

    private result(name: string): Values {
        const callee = this.routines.get(name);
        const end = callee?.states[callee.graph.end.id];
        return (callee && end?.get(callee.graph.scope.size)) ?? none;
    }

    private visit({ routine, node }: Key, before: Variables): void {
        const last = this.computed(routine, node);
        let after = before;
        const define = (name: string | undefined, given: Values, node_: Node = node): void => {
            const slot = name === undefined ? undefined : node_.scope.find(name);
            if (slot === undefined) {
                return;
            }
            const { id } = slot.variable;
            // What other branches may write at any time is never overwritten for certain.
            const now = slot.depth > 0 ? union(after.get(id) ?? none, given) : given;
            after = after.with(id, now);
            this.publish(routine, node, id, now, slot.depth);
        };
        switch (node.kind) {
            case "parameter": {
                const given = routine.passed[node.index] ?? none;
                const isMissing = routine.omitted[node.index] === true && node.param.default !== undefined;
                define(node.param.name.text, isMissing ? union(given, last) : given);
                break;
            }
            case "assign": {
                const { target } = node.assignment;
                const scope = this.scopeAt(routine, node, "key");
                const isWhole = target.kind === "variable";
                const name = rootOf(target);
                define(name, isWhole ? last : updated(scope.read(name), pathOf(target, scope), last));
                break;
            }
            case "call":
                define(node.action.result?.text, this.callStep({ routine, node }, last));
                break;
            case "loop":
                this.keep(node, last, node.turn);
                break;
            case "fork":
                this.keep(node, last, ...node.branches.map((edge) => edge.to));
                break;
            case "turn":
                // The variables of the loop are set for a turn; they cannot be seen after it.
                this.loop(node.loop, define);
                this.follow(routine, node.otherwise, before);
                break;
            case "branch":
                this.loop(node.fork, define);
                break;
            case "try":
                node.catches.forEach((handler) => this.follow(routine, { to: handler, kind: "error" }, before));
                break;
            case "caught":
                this.retried({ routine, node });
                break;
            case "except":
                define(node.action.except?.as?.text, unknown("data", "an error"));
                break;
            case "return":
                if (node.fork === undefined) {
                    after = after.with(routine.graph.scope.size, last);
                }
                break;
        }
        for (const edge of edgesOf(node)) {
            if (!(node.kind === "turn" && edge === node.otherwise)) {
                this.follow(routine, edge, after);
            }
        }
    }

    /** The last value that a node computes; the one of before where it read the same, and called nothing. */
    private computed(routine: Followed, node: Node): Values {
        const known = this.memos.get(node);
        const variables = routine.states[node.id];
        if (known?.reads.every(([id, values]) => (variables?.get(id) ?? none) === values) === true) {
            return known.last;
        }
        const reads: Memo["reads"] = [];
        const callees = new Set<string>();
        let last = none;
        for (const each of computedAt(node)) {
            const outer = this.scopeAt(routine, node, each.place);
            const scope: Scope = {
                ...outer,
                read: (name) => {
                    const values = outer.read(name);
                    reads.push([node.scope.find(name)?.variable.id ?? -1, values]);
                    return values;
                },
                subworkflow: (name, args) => {
                    callees.add(name);
                    return outer.subworkflow(name, args);
                },
            };
            last = "value" in each ? evaluateValue(each.value, scope) : evaluate(each.expression, scope);
        }
        if (![...callees].some((name) => this.routines.has(name))) {
            this.memos.set(node, { reads, last });
        }
        return last;
    }

    private callStep({ routine, node }: Key & { node: CallNode }, given: Values): Values {
        const args = node.action.args === undefined ? noArguments : given;
        const known = this.answers.get(node);
        if (known?.args === args) {
            return known.answer;
        }
        const answer = this.answer({ routine, node }, args);
        if (!this.routines.has(node.action.callee.text)) {
            this.answers.set(node, { args, answer });
        }
        return answer;
    }

    private answer({ routine, node }: Key & { node: CallNode }, args: Values): Values {
        return this.world.call(node.action, args, () =>
            this.routines.has(node.action.callee.text)
                ? this.call({ routine, node }, "args", node.action.callee.text, (name, index) =>
                      givenFor(args, name, index),
                  )
                : undefined,
        );
    }

    /** The predicate of a retry policy is given the error. */
    private retried({ routine, node }: Key): void {
        const value = node.kind === "caught" ? predicate(node.action) : undefined;
        const name = value?.kind === "expression" ? dottedName(value.expression) : undefined;
        if (name !== undefined) {
            this.scopeAt(routine, node, "predicate").subworkflow(name, [unknown("data", "an error")]);
        }
    }

    /** Keeps what a loop goes over for its turns. */
    private keep(node: LoopNode | ForkNode, values: Values, ...users: Node[]): void {
        const old = this.items.get(node) ?? none;
        const now = this.grown(node, -1, old, union(old, values));
        if (now !== old) {
            this.items.set(node, now);
            users.forEach((user) => this.again(user));
        }
    }

    private loop(node: LoopNode | ForkNode, define: (name: string | undefined, values: Values) => void): void {
        const action = node.kind === "loop" ? node.action : node.action.for;
        if (action !== undefined) {
            const elements = elementsOf(this.items.get(node) ?? none);
            define(action.value.text, action.in === undefined ? numberFrom(elements) : elements);
            define(action.index?.text, part({ kind: "word" }));
        }
    }

    /**
     * A value that is set in a `try` may be what its handler sees. One of a variable that lives so many frames out may be
     * what the other branches of the `parallel` steps between see, and what the handlers around those see.
     */
    private publish(routine: Followed, { handler, fork }: Node, id: number, values: Values, depth: number): void {
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
        if (state !== undefined && this.world.without !== way) {
            const old = state.get(id) ?? none;
            const now = this.grown(to, id, old, union(old, values));
            if (now !== old) {
                this.change(routine, to, state.with(id, now), way === "interleaved" ? this.later : this.queue);
            }
        }
    }

    private follow(routine: Followed, edge: Edge, after: Variables): void {
        if (this.world.without !== edge.kind) {
            this.arrive(routine, edge.to, after);
        }
    }

    private arrive(routine: Followed, to: Node, after: Variables): void {
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
            routine.users.forEach((user) => this.queue.put(user));
        }
    }

    private again(node: Node, queue = this.queue): void {
        const key = this.keys.get(node);
        if (key !== undefined) {
            queue.put(key);
        }
    }

    /** The new value, or the old one itself where it is the same; anything where it goes on changing. */
    private grown(node: Node, id: number, old: Values, now: Values): Values {
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

/** The nodes of a routine, those that lead to others first. */
function inOrder(graph: RoutineGraph): Node[] {
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
