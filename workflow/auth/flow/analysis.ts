import {
    type CallNode,
    edgesOf,
    type ForkNode,
    type LoopNode,
    nameAsValue,
    type Node,
    retryPredicate,
    rootOf,
    type ValuePlace,
} from "../../control";
import { givenFor } from "./argument";
import { none, nothing, numberFrom, part, unknown, type Values } from "./domain";
import { assignedPath, updated } from "./assignment";
import type { Scope } from "./evaluate";
import type { Arguments, RoutineState, ProgramPoint, Variables, AnalysisContext } from "./routine-state";
import { union } from "./join";
import { elementsOf } from "./library";
import { Memos } from "./memos";
import { Propagation } from "./propagation";
import { PersistentMap } from "./persistent-map";

const noArguments: Values = [nothing];

/**
 * Finds the least fixpoint: what every value of a program can be, over every path that a run can take. States only grow
 * in the lattice, and a variable that continues to grow is widened, so that the analysis ends; what is lost by that is unknown.
 */
export class Analysis {
    private readonly propagation: Propagation;
    /** The values that each loop iterates over. */
    private readonly items = new Map<LoopNode | ForkNode, Values>();
    private readonly memos: Memos;
    /** The results of calls that leave the program, by their arguments. */
    private readonly answers = new Map<CallNode, { args: Values; answer: Values }>();

    constructor(
        readonly routines: ReadonlyMap<string, RoutineState>,
        private readonly context: AnalysisContext,
    ) {
        this.propagation = new Propagation(routines.values(), context.without);
        this.memos = new Memos(this);
    }

    /** Joins the arguments of a call into the parameters of a routine, and visits the routine if that changes something. */
    enter(routine: RoutineState, args: Arguments): void {
        let changed = !routine.isCalled;
        routine.isCalled = true;
        routine.graph.routine.params.forEach(({ name }, index) => {
            const { values, mayLack } = args(name.text, index);
            const old = routine.passed[index] ?? none;
            const now = this.propagation.widened(routine.graph.entry, -1 - index, old, union(old, values));
            if (now !== old || (mayLack && routine.omitted[index] !== true)) {
                routine.passed[index] = now;
                routine.omitted[index] ||= mayLack;
                changed = true;
            }
        });
        if (changed) {
            const start = PersistentMap.for<Values>(routine.graph.scope.size + 1).with(routine.graph.scope.size, [
                nothing,
            ]);
            this.propagation.joinInto(routine, routine.graph.entry, start);
            for (let node = routine.graph.entry; node.kind === "parameter"; node = node.next.to) {
                this.propagation.revisit(node);
            }
        }
    }

    /** Visits nodes until no state changes any more. */
    solve(): void {
        for (let point = this.propagation.next(); point !== undefined; point = this.propagation.next()) {
            const before = point.routine.states[point.node.id];
            if (before !== undefined) {
                this.visit(point, before);
            }
        }
    }

    /** The scope in which expressions are evaluated at a node: its variables, and the subworkflows that they call. */
    scopeAt(routine: RoutineState, node: Node, place: ValuePlace | "predicate" | undefined): Scope {
        const { context } = this;
        const variables = routine.states[node.id];
        return {
            variable: (name) => context.variable(name),
            without: context.without,
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

    private call({ node }: ProgramPoint, place: ValuePlace | "predicate", name: string, args: Arguments): Values {
        const callee = this.routines.get(name);
        const point = this.propagation.pointOf(node);
        if (callee === undefined || point === undefined || this.context.without === `call in ${place}`) {
            return none;
        }
        if (this.context.without !== "returned") {
            callee.users.add(point);
        }
        if (this.context.without !== "passed" || !callee.isCalled) {
            this.enter(callee, args);
        }
        return this.result(name);
    }

    private result(name: string): Values {
        const callee = this.routines.get(name);
        const end = callee?.states[callee.graph.end.id];
        return (callee && end?.get(callee.graph.scope.size)) ?? none;
    }

    /** The transfer function of a node: it joins the values of the variables after the node into the nodes that can follow. */
    private visit({ routine, node }: ProgramPoint, before: Variables): void {
        const last = this.memos.last(routine, node);
        let after = before;
        const define = (name: string | undefined, given: Values): void => {
            const slot = name === undefined ? undefined : node.scope.find(name);
            if (slot === undefined) {
                return;
            }
            const { id } = slot.variable;
            // A variable that other branches may write at any time is never certainly overwritten.
            const now = slot.depth > 0 ? union(after.get(id) ?? none, given) : given;
            after = after.with(id, now);
            this.propagation.publishMidway(routine, node, id, now, slot.depth);
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
                define(name, isWhole ? last : updated(scope.read(name), assignedPath(target, scope), last));
                break;
            }
            case "call":
                define(node.action.result?.text, this.callStep({ routine, node }, last));
                break;
            case "loop":
                this.keepItems(node, last, node.turn);
                break;
            case "fork":
                this.keepItems(node, last, ...node.branches.map((edge) => edge.to));
                break;
            case "turn":
                // The variables of the loop are set for an iteration, and cannot be seen after it.
                this.setLoopVariables(node.loop, define);
                this.propagation.followEdge(routine, node.otherwise, before);
                break;
            case "branch":
                this.setLoopVariables(node.fork, define);
                break;
            case "try":
                node.catches.forEach((handler) =>
                    this.propagation.followEdge(routine, { to: handler, kind: "error" }, before),
                );
                break;
            case "caught":
                this.callRetryPredicate({ routine, node });
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
                this.propagation.followEdge(routine, edge, after);
            }
        }
    }

    /** The result of a call step. If the call leaves the program, the earlier result is used for the same arguments. */
    private callStep({ routine, node }: ProgramPoint & { node: CallNode }, given: Values): Values {
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

    private answer({ routine, node }: ProgramPoint & { node: CallNode }, args: Values): Values {
        return this.context.call(node.action, args, () =>
            this.routines.has(node.action.callee.text)
                ? this.call({ routine, node }, "args", node.action.callee.text, (name, index) =>
                      givenFor(args, name, index),
                  )
                : undefined,
        );
    }

    /** The predicate of a retry policy is a subworkflow that is given the error. */
    private callRetryPredicate({ routine, node }: ProgramPoint): void {
        const name = nameAsValue(node.kind === "caught" ? retryPredicate(node.action) : undefined);
        if (name !== "") {
            this.scopeAt(routine, node, "predicate").subworkflow(name, [unknown("data", "an error")]);
        }
    }

    /** Joins the values that a loop iterates over into those that are known, and visits its body again if that changes them. */
    private keepItems(node: LoopNode | ForkNode, values: Values, ...users: Node[]): void {
        const old = this.items.get(node) ?? none;
        const now = this.propagation.widened(node, -1, old, union(old, values));
        if (now !== old) {
            this.items.set(node, now);
            users.forEach((user) => this.propagation.revisit(user));
        }
    }

    private setLoopVariables(
        node: LoopNode | ForkNode,
        define: (name: string | undefined, values: Values) => void,
    ): void {
        const action = node.kind === "loop" ? node.action : node.action.for;
        if (action !== undefined) {
            const elements = elementsOf(this.items.get(node) ?? none);
            define(action.value.text, action.in === undefined ? numberFrom(elements) : elements);
            define(action.index?.text, part({ kind: "word" }));
        }
    }
}
