import type { CallNode, ForkNode, LoopNode, Node, ValuePlace } from "../../control";
import { edgesOf, predicate, rootOf } from "../../control";
import { dottedName } from "../../expression";
import { givenFor } from "./argument";
import type { Values } from "./domain";
import { none, nothing, numberFrom, part, unknown } from "./domain";
import { pathOf, type Scope, updated } from "./evaluate";
import type { Arguments, Followed, Key, Variables, World } from "./followed";
import { union } from "./join";
import { elementsOf } from "./library";
import { Memos } from "./memo";
import { Spread } from "./spread";
import { Table } from "./table";

const noArguments: Values = [nothing];

/**
 * Follows every value of a program along every way that a run can take, until nothing changes. Values only grow, and
 * one that goes on growing becomes anything, so that it ends; whatever is given up is unknown.
 */
export class Flow {
    private readonly spread: Spread;
    private readonly items = new Map<LoopNode | ForkNode, Values>();
    /** What nodes computed, and from what: most are visited again for something that they do not read. */
    private readonly memos: Memos;
    private readonly answers = new Map<CallNode, { args: Values; answer: Values }>();

    constructor(
        readonly routines: ReadonlyMap<string, Followed>,
        private readonly world: World,
    ) {
        this.spread = new Spread(routines.values(), world.without);
        this.memos = new Memos(this);
    }

    /** Begins a routine with these arguments, as a call does. */
    enter(routine: Followed, args: Arguments): void {
        let changed = !routine.isCalled;
        routine.isCalled = true;
        routine.graph.routine.params.forEach(({ name }, index) => {
            const { values, mayLack } = args(name.text, index);
            const old = routine.passed[index] ?? none;
            const now = this.spread.grown(routine.graph.entry, -1 - index, old, union(old, values));
            if (now !== old || (mayLack && routine.omitted[index] !== true)) {
                routine.passed[index] = now;
                routine.omitted[index] ||= mayLack;
                changed = true;
            }
        });
        if (changed) {
            const start = Table.for<Values>(routine.graph.scope.size + 1).with(routine.graph.scope.size, [nothing]);
            this.spread.arrive(routine, routine.graph.entry, start);
            for (let node = routine.graph.entry; node.kind === "parameter"; node = node.next.to) {
                this.spread.again(node);
            }
        }
    }

    /** Goes on until nothing changes. */
    settle(): void {
        for (let key = this.spread.take(); key !== undefined; key = this.spread.take()) {
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
            without: world.without,
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
        const key = this.spread.keyOf(node);
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
        const last = this.memos.last(routine, node);
        let after = before;
        const define = (name: string | undefined, given: Values): void => {
            const slot = name === undefined ? undefined : node.scope.find(name);
            if (slot === undefined) {
                return;
            }
            const { id } = slot.variable;
            // What other branches may write at any time is never overwritten for certain.
            const now = slot.depth > 0 ? union(after.get(id) ?? none, given) : given;
            after = after.with(id, now);
            this.spread.publish(routine, node, id, now, slot.depth);
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
                this.spread.follow(routine, node.otherwise, before);
                break;
            case "branch":
                this.loop(node.fork, define);
                break;
            case "try":
                node.catches.forEach((handler) => this.spread.follow(routine, { to: handler, kind: "error" }, before));
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
                this.spread.follow(routine, edge, after);
            }
        }
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
        const now = this.spread.grown(node, -1, old, union(old, values));
        if (now !== old) {
            this.items.set(node, now);
            users.forEach((user) => this.spread.again(user));
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
}
