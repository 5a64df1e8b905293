import { computedAt, type Node, type ValuePlace } from "../../control";
import type { Values } from "./domain";
import { none } from "./domain";
import { evaluate, evaluateValue, type Scope } from "./evaluate";
import type { Followed } from "./followed";

/** The last value that a node computed, and what each variable that it read was then. */
interface Memo {
    reads: (readonly [id: number, values: Values])[];
    last: Values;
}

/** Computes the values of nodes, and keeps them: most nodes are visited again for something that they do not read. */
export class Memos {
    private readonly memos = new Map<Node, Memo>();

    constructor(
        private readonly flow: {
            routines: ReadonlyMap<string, Followed>;
            scopeAt(routine: Followed, node: Node, place: ValuePlace): Scope;
        },
    ) {}

    /** The last value that a node computes; the one of before where it read the same, and called nothing. */
    last(routine: Followed, node: Node): Values {
        const known = this.memos.get(node);
        const variables = routine.states[node.id];
        if (known?.reads.every(([id, values]) => (variables?.get(id) ?? none) === values) === true) {
            return known.last;
        }
        const reads: Memo["reads"] = [];
        const callees = new Set<string>();
        let last = none;
        for (const each of computedAt(node)) {
            const outer = this.flow.scopeAt(routine, node, each.place);
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
        if (![...callees].some((name) => this.flow.routines.has(name))) {
            this.memos.set(node, { reads, last });
        }
        return last;
    }
}
