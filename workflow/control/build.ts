import { defined } from "../../common";
import type { Action, ForAction, Name, ParallelAction, Routine, Step, TryAction } from "../syntax";
import type { CaughtNode, Edge, EndNode, ExceptNode, ForkNode, LoopNode, Node, RoutineGraph, StepNode } from "./graph";
import { Scope } from "./scope";

/** What is around a place in a routine. */
interface Around {
    scope: Scope;
    /** Where a name in `next` leads, innermost list first. */
    lists: readonly ReadonlyMap<string, StepNode>[];
    /** Where `break` and `continue` lead. */
    loop?: { break: Edge; continue: Node };
    /** The end of the routine, or of the branch. */
    end: EndNode;
    handler?: CaughtNode | ExceptNode;
    fork?: ForkNode;
    within?: StepNode;
}

type Kinds = Node["kind"];
type Made<K extends Kinds> = Extract<Node, { kind: K }>;
type Own<K extends Kinds> = Omit<Made<K>, "id" | "scope" | "within" | "handler" | "fork" | "kind">;

/** Builds the control-flow graph of a routine: every step, every value that is computed, every edge. */
export function graphOf(routine: Routine): RoutineGraph {
    return new Builder(routine).build();
}

class Builder {
    private readonly nodes: Node[] = [];
    private readonly unresolved: Name[] = [];

    constructor(private readonly routine: Routine) {}

    build(): RoutineGraph {
        const scope = Scope.routine(this.routine);
        const end = this.node("end", { scope }, {});
        const around: Around = { scope, lists: [], end };
        const steps = this.block(this.routine.steps, to(end), around);
        const entry = this.routine.params.reduceRight(
            (next, param, index) => to(this.node("parameter", around, { param, index, next })),
            steps,
        );
        const { routine, nodes, unresolved } = this;
        return { routine, scope, nodes, entry: entry.to, end, unresolved };
    }

    private node<K extends Kinds>(
        kind: K,
        { scope, handler, fork, within }: Pick<Around, "scope" | "handler" | "fork" | "within">,
        own: Own<K>,
    ): Made<K> {
        const place = {
            id: this.nodes.length,
            scope,
            ...defined({ handler, fork, within }),
        };
        // What `own` and `place` hold together is what the kind's type says.
        const made = { kind, ...place, ...own } as unknown as Made<K>;
        this.nodes.push(made);
        return made;
    }

    /** Lays out steps that go on at `after`; gives the edge to their beginning. */
    private block(steps: readonly Step[], after: Edge, outer: Around): Edge {
        const starts = steps.map((step) => this.node("step", outer, { step, next: after }));
        const names = new Map(starts.map((start) => [start.step.name.text, start]));
        const around = { ...outer, lists: [names, ...outer.lists] };
        starts.forEach((start, index) => {
            const { action, next } = start.step;
            const following = starts[index + 1];
            const follow =
                next !== undefined ? this.jump(next, around) : following === undefined ? after : to(following);
            start.next =
                action === undefined ? follow : this.action(action, start.step, follow, { ...around, within: start });
        });
        return starts[0] === undefined ? after : to(starts[0]);
    }

    private jump(name: Name, { lists, loop, end }: Around): Edge {
        switch (name.text) {
            case "end":
                return to(end, "jump");
            case "break":
                return loop === undefined ? to(end, "jump") : { ...loop.break, kind: "jump" };
            case "continue":
                return to(loop?.continue ?? end, "jump");
        }
        const found = lists.find((names) => names.has(name.text))?.get(name.text);
        if (found === undefined) {
            this.unresolved.push(name);
        }
        return to(found ?? end, "jump");
    }

    /** Lays out an action that goes on at `after`; gives the edge to its beginning. */
    private action(action: Action, step: Step, after: Edge, around: Around): Edge {
        switch (action.kind) {
            case "assign":
                return action.assignments.reduceRight(
                    (next, assignment) => to(this.node("assign", around, { assignment, next })),
                    after,
                );
            case "call":
                return to(this.node("call", around, { action, step, next: after }));
            case "switch":
                return action.cases.reduceRight((otherwise, each) => {
                    const follow = each.next === undefined ? after : this.jump(each.next, around);
                    const next = each.action === undefined ? follow : this.action(each.action, step, follow, around);
                    return to(
                        this.node("test", around, {
                            case: each,
                            next: next.kind === "sequence" ? { ...next, kind: "case" } : next,
                            otherwise: otherwise.kind === "sequence" ? { ...otherwise, kind: "otherwise" } : otherwise,
                        }),
                    );
                }, after);
            case "for":
                return this.loop(action, after, around);
            case "parallel":
                return this.parallel(action, after, around);
            case "try":
                return this.try(action, step, after, around);
            case "raise":
                return to(this.node("raise", around, { value: action.value }));
            case "return":
                return to(this.node("return", around, { value: action.value, next: to(around.end, "return") }));
            case "steps":
                return this.block(action.steps, after, around);
        }
    }

    private loop(action: ForAction, after: Edge, around: Around): Edge {
        const body = around.scope.block([action.value, action.index], action.steps);
        const done: Edge = { ...after, kind: after.kind === "sequence" ? "done" : after.kind };
        const turn = this.node("turn", { ...around, scope: body }, { next: done, otherwise: done, loop: unset() });
        const loop: LoopNode = this.node("loop", around, { action, body, turn, next: to(turn) });
        turn.loop = loop;
        turn.next = this.block(action.steps, to(turn, "turn"), {
            ...around,
            scope: body,
            loop: { break: done, continue: turn },
        });
        return to(loop);
    }

    private parallel(action: ParallelAction, after: Edge, around: Around): Edge {
        const fork = this.node("fork", around, { action, branches: [], next: after });
        const { shared, for: loop } = action;
        const names = loop === undefined ? [] : [loop.value, loop.index];
        const lists = loop === undefined ? (action.branches ?? []).map((step) => [step]) : [loop.steps];
        lists.forEach((steps, index) => {
            // A branch sees no step, loop or handler around it: it has a frame of its own.
            const scope = around.scope.branch(names, steps, shared);
            const end = this.node("end", { scope, fork }, {});
            const branch = this.node(
                "branch",
                { scope, fork },
                {
                    ...(loop === undefined && { index }),
                    next: this.block(steps, to(end), { scope, fork, end, lists: [] }),
                },
            );
            fork.branches.push(to(branch, "branch"));
        });
        return to(fork);
    }

    private try(action: TryAction, step: Step, after: Edge, around: Around): Edge {
        const { except, retry } = action;
        const attempt = this.node("try", around, { action, catches: [], next: after });
        let inner = around;
        if (except !== undefined) {
            const body = around.scope.block([except.as], except.steps);
            const next = this.block(except.steps, after, { ...around, scope: body });
            const handler = this.node("except", { ...around, scope: body }, { action, body, next });
            attempt.catches.unshift(handler);
            inner = { ...inner, handler };
        }
        if (retry !== undefined) {
            const handler = this.node("caught", inner, { action, attempt, next: after });
            attempt.catches.unshift(handler);
            inner = { ...inner, handler };
        }
        attempt.next = this.action(action.body, step, after, inner);
        for (const handler of attempt.catches) {
            if (handler.kind === "caught") {
                handler.next = { ...attempt.next, kind: "retry" };
            }
        }
        return to(attempt);
    }
}

const to = (node: Node, kind: Edge["kind"] = "sequence"): Edge => ({ to: node, kind });

/** Takes the place of a node that is built right after the one that refers to it. */
function unset(): never {
    return undefined as never;
}
