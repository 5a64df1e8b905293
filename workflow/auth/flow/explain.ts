import { type CallNode, computedAt, type Node } from "../../control";
import { callsIn, type Expression, variablesIn } from "../../expression";
import { type Value, valuesIn } from "../../syntax";
import { givenFor } from "./argument";
import { type Abstract, partsOf, type Values } from "./domain";
import { evaluateValue } from "./evaluate";
import type { Analysis } from "./analysis";
import type { RoutineState } from "./routine-state";
import { type ReverseKind, namesSet, reverseEdgesOf } from "./reverse-edges";

const late: Partial<Record<ReverseKind, string>> = {
    retry: "when the call is tried again",
    turn: "in a later iteration of the loop",
    jump: "when a step jumps back",
    halfway: "when an error ends the steps of try",
    interleaved: "while another branch of parallel runs",
};
/** The first of those that are hardest to see. */
const hardest: ReverseKind[] = ["retry", "interleaved", "halfway", "turn", "jump"];

/** How many nodes back one explanation may go, because many calls get one. */
const MAX_NODES = 250;

/**
 * Says how a variable of an expression can hold what `from` names, right before a call:
 * `` `u` can be `args.url`, assigned at line 9, when the call is tried again ``.
 * `undefined` if it is in the expression itself.
 */
export function explained(
    analysis: Analysis,
    { routine, node }: { routine: RoutineState; node: CallNode },
    value: Value,
    from: string,
): string | undefined {
    const scope = analysis.scopeAt(routine, node, undefined);
    const variables = expressionsIn(value).flatMap(variablesIn);
    for (const name of new Set(variables.map((variable) => variable.name))) {
        const slot = node.scope.find(name);
        if (slot !== undefined && containsAny(scope.read(name), from)) {
            const how = waysBack(analysis, routine, node, slot.variable.id, from);
            if (how !== undefined) {
                return `\`${name}\` can be \`${from.replace(/^the execution argument /, "")}\`, ${how}`;
            }
        }
    }
    return undefined;
}

/** Where a variable gets the value that `from` names, and by which way it comes from there. */
function waysBack(
    analysis: Analysis,
    routine: RoutineState,
    start: Node,
    id: number,
    from: string,
): string | undefined {
    const { incoming, setters } = reverseEdgesOf(routine.graph);
    const seen = new Set<Node>([start]);
    const queue: { node: Node; kinds: ReverseKind[] }[] = [{ node: start, kinds: [] }];
    for (const { node, kinds } of queue) {
        if (seen.size > MAX_NODES) {
            // It is too far back to say when; say only by which assignment.
            return firstOf(setters.get(id) ?? [], (each) => definedBy(analysis, routine, each, id, from));
        }
        for (const { from: before, kind } of incoming.get(node) ?? []) {
            if (seen.has(before)) {
                continue;
            }
            seen.add(before);
            // Only a jump back brings a later node before an earlier one.
            const isLate = kind !== "jump" || lineOf(before) >= lineOf(node);
            const passed = isLate ? [...kinds, kind] : kinds;
            const found = definedBy(analysis, routine, before, id, from);
            if (found !== undefined) {
                const way = hardest.find((each) => passed.includes(each));
                return way === undefined ? found : `${found}, ${late[way] ?? ""}`;
            }
            if (!overwrites(before, id)) {
                queue.push({ node: before, kinds: passed });
            }
        }
    }
    return undefined;
}

/** Where a node sets the variable to what `from` names, or `undefined` if it does not. */
function definedBy(
    analysis: Analysis,
    routine: RoutineState,
    node: Node,
    id: number,
    from: string,
): string | undefined {
    const scope = analysis.scopeAt(routine, node, undefined);
    if (!sets(node, id)) {
        return undefined;
    }
    switch (node.kind) {
        case "assign":
            return containsAny(evaluateValue(node.assignment.value, scope), from)
                ? `assigned at line ${node.assignment.targetSpan.start.line}`
                : undefined;
        case "call":
            return `the result at line ${node.action.result?.span.start.line ?? lineOf(node)}`;
        case "turn":
        case "branch":
            return `an item of the loop at line ${lineOf(node)}`;
        case "except":
            return `the error caught at line ${node.action.except?.span.start.line ?? lineOf(node)}`;
        case "parameter":
            return passedFrom(routine, analysis, node.index, node.param.name.text, from);
        default:
            return undefined;
    }
}

/** The call that passes a parameter what `from` names. */
function passedFrom(
    routine: RoutineState,
    analysis: Analysis,
    index: number,
    param: string,
    from: string,
): string | undefined {
    for (const { routine: caller, node } of routine.users) {
        const scope = analysis.scopeAt(caller, node, undefined);
        const name = routine.graph.routine.name.text;
        const given =
            node.kind === "call" && node.action.callee.text === name
                ? givenFor(node.action.args === undefined ? [] : evaluateValue(node.action.args, scope), param, index)
                      .values
                : computedAt(node)
                      .flatMap((each) => ("value" in each ? expressionsIn(each.value) : [each.expression]))
                      .flatMap((expression) => callsIn(expression).filter(({ callee }) => callee === name))
                      .flatMap((call) => {
                          const argument = call.args[index];
                          return argument === undefined
                              ? []
                              : evaluateValue(
                                    { kind: "expression", expression: argument, text: "", span: nowhere },
                                    scope,
                                );
                      });
        if (containsAny(given, from)) {
            return `passed at line ${lineOf(node)}`;
        }
    }
    return undefined;
}

const nowhere = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };

function sets(node: Node, id: number): boolean {
    return namesSet(node).some((name) => name !== undefined && node.scope.find(name)?.variable.id === id);
}

/** Whether the assignment replaces the whole old value. */
function overwrites(node: Node, id: number): boolean {
    return sets(node, id) && !(node.kind === "assign" && node.assignment.target.kind !== "variable");
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
    for (const item of items) {
        const found = find(item);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

function lineOf(node: Node): number {
    return (node.kind === "step" ? node : node.within)?.step.name.span.start.line ?? 0;
}

function containsAny(values: Values, from: string): boolean {
    return values.some((value) => contains(value, from));
}

function contains(value: Abstract, from: string): boolean {
    switch (value.kind) {
        case "map":
            return [...value.fields.values(), value.rest].some((each) => containsAny(each, from));
        case "list":
            return containsAny(value.each, from);
        case "absent":
        case "scalar":
            return false;
        default:
            // A field of what is not known is named after it.
            return partsOf(value).some((p) => "from" in p && (p.from === from || from.startsWith(`${p.from}.`)));
    }
}

/** The expressions in a value. */
function expressionsIn(value: Value): Expression[] {
    switch (value.kind) {
        case "expression":
            return [value.expression];
        default:
            return valuesIn(value).flatMap(expressionsIn);
    }
}
