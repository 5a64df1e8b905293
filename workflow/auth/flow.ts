import type { Action, CallAction, Name, Routine, Step } from "../syntax/ast";
import type { Values } from "./domain";
import { field } from "./library";
import { keyOfAll, none, part, unknown } from "./domain";
import { union } from "./join";
import { type Relevant, resultOf, rootOf } from "./relevant";
import type { Scope, Variables } from "./evaluate";
import { assign, evaluateValue } from "./evaluate";

/** A place in a routine, what happens there, and where it can go on. */
interface Node {
    successors: number[];
    transfer?: Transfer;
    /** The call made here, and the step that it is in. */
    call?: { action: CallAction; step: Step };
}

/** What a node does to the variables. */
type Transfer = (variables: Variables, world: World) => Variables;

/** What a routine's flow needs of the program around it. */
export interface World extends Scope {
    call(action: CallAction, step: Step, variables: Variables): Values;
    returned(values: Values): void;
}

/** The control flow of a routine. Node 0 is the entry. */
export interface Flow {
    nodes: Node[];
}

interface Places {
    /** Where a name in `next` leads, innermost scope last. */
    named: Map<string, number>[];
    break?: number;
    continue?: number;
    /** Where an error is caught. */
    handler?: number;
}

const END = -1;

/** Lays out every path through a routine: branches, loops, jumps, errors that are caught, parallel branches. */
export function flowOf(routine: Routine, relevant: Relevant): Flow {
    const nodes: Node[] = [];

    function node(transfer?: Transfer, places?: Places): number {
        const handler = places?.handler;
        nodes.push({ successors: handler === undefined ? [] : [handler], ...(transfer && { transfer }) });
        return nodes.length - 1;
    }

    function link(from: number, to: number): void {
        const successors = nodes[from]?.successors;
        if (to !== END && successors !== undefined && !successors.includes(to)) {
            successors.push(to);
        }
    }

    function jump(name: Name, places: Places): number {
        switch (name.text) {
            case "end":
                return END;
            case "break":
                return places.break ?? END;
            case "continue":
                return places.continue ?? END;
            default:
                return places.named.findLast((names) => names.has(name.text))?.get(name.text) ?? END;
        }
    }

    /** Lays out steps that go on at `after`; gives where they begin. */
    function block(steps: Step[], after: number, outer: Places): number {
        const starts = steps.map(() => node(undefined, outer));
        const places = {
            ...outer,
            named: [...outer.named, new Map(steps.map((step, i) => [step.name.text, starts[i] ?? END]))],
        };
        for (const [i, step] of steps.entries()) {
            const follow = step.next === undefined ? (starts[i + 1] ?? after) : jump(step.next, places);
            link(starts[i] ?? END, step.action === undefined ? follow : act(step.action, step, follow, places));
        }
        return starts[0] ?? after;
    }

    function simple(transfer: Transfer | undefined, after: number, places: Places): number {
        const here = node(transfer, places);
        link(here, after);
        return here;
    }

    function act(action: Action, step: Step, after: number, places: Places): number {
        switch (action.kind) {
            case "call": {
                const result = action.result?.text ?? "";
                const transfer: Transfer = (variables, world) => {
                    const values = world.call(action, step, variables);
                    return relevant.has(result) ? new Map(variables).set(result, values) : variables;
                };
                const here = simple(relevant.follows(action) ? transfer : undefined, after, places);
                const made = nodes[here];
                if (made !== undefined) {
                    made.call = { action, step };
                }
                return here;
            }
            case "assign": {
                const followed = action.assignments.filter(
                    ({ target, value }) => relevant.has(rootOf(target) ?? "") || relevant.calls(value),
                );
                const transfer: Transfer = (variables, world) =>
                    followed.reduce(
                        (now, { target, value }) => assign(now, target, evaluateValue(value, now, world), world),
                        variables,
                    );
                return simple(followed.length === 0 ? undefined : transfer, after, places);
            }
            case "switch": {
                const here = node(undefined, places);
                for (const branch of action.cases) {
                    const follow = branch.next === undefined ? after : jump(branch.next, places);
                    link(here, branch.action === undefined ? follow : act(branch.action, step, follow, places));
                }
                link(here, after);
                return here;
            }
            case "steps":
                return block(action.steps, after, places);
            case "return": {
                const transfer: Transfer = (variables, world) => {
                    world.returned(evaluateValue(action.value, variables, world));
                    return variables;
                };
                const followed = relevant.has(resultOf(routine.name.text)) || relevant.calls(action.value);
                return node(followed ? transfer : undefined, places);
            }
            case "raise":
                return node(undefined, places);
            case "for": {
                const transfer: Transfer = (variables, world) => {
                    const items =
                        action.in === undefined
                            ? part({ kind: "word" })
                            : elements(evaluateValue(action.in, variables, world));
                    const next = new Map(variables).set(action.value.text, items);
                    return action.index === undefined ? next : next.set(action.index.text, part({ kind: "word" }));
                };
                const followed = [action.value, action.index].some((name) => relevant.has(name?.text ?? ""));
                const here = node(followed ? transfer : undefined, places);
                link(here, block(action.steps, here, { ...places, break: after, continue: here }));
                link(here, after);
                return here;
            }
            case "parallel": {
                // Branches see what others write to shared variables, so each may begin after any other.
                const here = node(undefined, places);
                for (const branch of action.branches ?? []) {
                    link(here, branch.action === undefined ? after : act(branch.action, branch, here, places));
                }
                if (action.for !== undefined) {
                    link(here, act(action.for, step, here, places));
                }
                link(here, after);
                return here;
            }
            case "try": {
                const { except } = action;
                const handler =
                    except === undefined
                        ? undefined
                        : simple(
                              (variables) =>
                                  except.as === undefined
                                      ? variables
                                      : new Map(variables).set(except.as.text, unknown("data", "an error")),
                              block(except.steps, after, places),
                              places,
                          );
                const inner = handler === undefined ? places : { ...places, handler };
                const here = node(undefined, inner);
                link(here, act(action.body, step, after, inner));
                return here;
            }
        }
    }

    const entry = node();
    link(entry, block(routine.steps, END, { named: [] }));
    return { nodes };
}

function elements(list: Values): Values {
    const items = list.map((value) => field([value], undefined));
    return items.reduce((all, each) => union(all, each), none);
}

/** Values are bounded, so that a flow settles after a few visits a node; this only guards against a mistake in that. */
const MAX_VISITS = 500;

/** Runs the flow until nothing changes, and gives the variables at each node; absent where it cannot be reached. */
export function solve(flow: Flow, entry: Variables, world: World): (Variables | undefined)[] {
    const states: (Variables | undefined)[] = flow.nodes.map(() => undefined);
    states[0] = entry;
    const work = [0];
    for (let visits = 0; work.length > 0 && visits < MAX_VISITS * flow.nodes.length; visits++) {
        const index = work.shift() ?? 0;
        const [node, before] = [flow.nodes[index], states[index]];
        if (node === undefined || before === undefined) {
            continue;
        }
        const after = node.transfer?.(before, world) ?? before;
        for (const successor of node.successors) {
            const merged = merge(states[successor], after);
            if (merged !== states[successor]) {
                states[successor] = merged;
                if (!work.includes(successor)) {
                    work.push(successor);
                }
            }
        }
    }
    return states;
}

/** Both; the first itself where the second adds nothing. */
function merge(one: Variables | undefined, other: Variables): Variables {
    if (one === undefined || one === other) {
        return other;
    }
    let merged: Map<string, Values> | undefined;
    for (const [name, values] of other) {
        const old = one.get(name) ?? none;
        const now = union(old, values);
        if (now !== old && !sameValues(now, old)) {
            merged ??= new Map(one);
            merged.set(name, now);
        }
    }
    return merged ?? one;
}

function sameValues(one: Values, other: Values): boolean {
    return one.length === other.length && keyOfAll(one) === keyOfAll(other);
}
