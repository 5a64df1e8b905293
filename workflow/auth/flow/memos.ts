import { computedAt, type Node, type ValuePlace } from "../../control";
import { none, type Values } from "./domain";
import { evaluate, evaluateValue, type Scope } from "./evaluate";
import type { RoutineState } from "./routine-state";

/** The last value that a node computed, and the values of the variables that it read. */
interface Memo {
    reads: (readonly [id: number, values: Values])[];
    last: Values;
}

/** Evaluates nodes, and keeps the results: most nodes are visited again because of a variable that they do not read. */
export class Memos {
    private readonly memos = new Map<Node, Memo>();

    constructor(
        private readonly analysis: {
            routines: ReadonlyMap<string, RoutineState>;
            scopeAt(routine: RoutineState, node: Node, place: ValuePlace): Scope;
        },
    ) {}

    /** The last value that a node computes. The kept value is used if the variables are the same and no subworkflow is called. */
    last(routine: RoutineState, node: Node): Values {
        const known = this.memos.get(node);
        const variables = routine.states[node.id];
        if (known?.reads.every(([id, values]) => (variables?.get(id) ?? none) === values) === true) {
            return known.last;
        }
        const reads: Memo["reads"] = [];
        const callees = new Set<string>();
        let last = none;
        for (const each of computedAt(node)) {
            const outer = this.analysis.scopeAt(routine, node, each.place);
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
        if (![...callees].some((name) => this.analysis.routines.has(name))) {
            this.memos.set(node, { reads, last });
        }
        return last;
    }
}
