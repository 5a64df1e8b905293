import { computedAt, edgesOf, graphOf, type Node, reversePostorder } from "../control";
import { variablesIn } from "../expression";
import { type Routine, type Span, type Value, valuesIn } from "../syntax";
import type { Report } from "./report";
import { Variables } from "./variables";

/**
 * Reports the reads of variables that no path to them assigns: they would raise an error in every execution that gets
 * there [K: whether a deploy sees all of them].
 */
export function checkFlow(routine: Routine, report: Report): void {
    const variables = new Variables();
    const arrived = arrivals(graphOf(routine).entry, variables);
    const missing = Array.from(arrived).flatMap(([node, state]) =>
        readsAt(node, report).flatMap(({ name, span }) => {
            const bit = variables.bit(name, node.scope);
            // A name that no block has is reported when names are looked up.
            const found = (state & bit) !== 0n || node.scope.find(name) === undefined;
            return found ? [] : [{ name, bit, span: span(), step: node.within?.step.name.text }];
        }),
    );
    missing.sort((a, b) => a.span.start.offset - b.span.start.offset);
    let told = 0n;
    for (const { name, bit, span, step } of missing) {
        if ((told & bit) === 0n) {
            told |= bit;
            report.step = step;
            report.add(
                "undefined-variable",
                `symbol '${name}' has no value here: no step that runs before assigns it`,
                span,
            );
        }
    }
}

/** The variables that may have a value at each node that a run can come to. Nodes are visited until nothing new arrives. */
function arrivals(entry: Node, variables: Variables): Map<Node, bigint> {
    const arrived = new Map([[entry, 0n]]);
    const order = reversePostorder(entry, (node) => [...followers(node), ...watchers(node)]);
    const waiting = new Set([entry]);
    const arrive = (node: Node, state: bigint): void => {
        const known = arrived.get(node);
        const all = known === undefined ? state : known | state;
        if (all !== known) {
            arrived.set(node, all);
            waiting.add(node);
        }
    };
    while (waiting.size > 0) {
        for (const node of order) {
            const before = arrived.get(node);
            if (before !== undefined && waiting.delete(node)) {
                const after = variablesAfter(node, before, variables);
                followers(node).forEach((each) => arrive(each, after));
                watchers(node).forEach((each) => arrive(each, before | after));
            }
        }
    }
    return arrived;
}

/** The nodes that can follow if no error is raised. */
function followers(node: Node): Node[] {
    return node.kind === "test" && isTrue(node.case.condition) ? [node.next.to] : edgesOf(node).map(({ to }) => to);
}

/** The nodes that see a node before it has ended: the handler of its errors, and for a node in a branch the other branches and the nodes after the branches. */
function watchers({ handler, fork }: Node): Node[] {
    const around = fork === undefined ? [] : [...followers(fork), fork.handler];
    return [handler, ...around].filter((each) => each !== undefined);
}

function variablesAfter(node: Node, before: bigint, variables: Variables): bigint {
    const { scope } = node;
    switch (node.kind) {
        case "parameter":
            return variables.with(before, [node.param.name.text], scope);
        case "assign": {
            const { target } = node.assignment;
            return variables.with(before, target.kind === "variable" ? [target.name] : [], scope);
        }
        case "call":
            return variables.with(before, [node.action.result?.text], scope);
        case "loop":
            return variables.without(before, node.body);
        case "turn":
            return variables.with(before, [node.loop.action.value.text, node.loop.action.index?.text], scope);
        case "branch": {
            const loop = node.fork.action.for;
            return variables.with(variables.without(before, scope), [loop?.value.text, loop?.index?.text], scope);
        }
        case "except":
            return variables.with(variables.without(before, node.body), [node.action.except?.as?.text], node.body);
        default:
            return before;
    }
}

interface Read {
    name: string;
    span: () => Span;
}

/** The variables that a node reads, changes a part of, or shares. */
function readsAt(node: Node, report: Report): Read[] {
    const computed = computedAt(node).flatMap((each) => ("value" in each ? readsIn(each.value, report) : []));
    switch (node.kind) {
        case "assign": {
            const { target, targetSpan } = node.assignment;
            const changed = target.kind === "variable" ? [] : variablesIn(target);
            return [...changed.map(({ name }) => ({ name, span: () => targetSpan })), ...computed];
        }
        case "fork":
            return [...node.action.shared.map(({ text, span }) => ({ name: text, span: () => span })), ...computed];
        default:
            return computed;
    }
}

function readsIn(value: Value, report: Report): Read[] {
    switch (value.kind) {
        case "literal":
            return [];
        case "list":
        case "map":
            return valuesIn(value).flatMap((each) => readsIn(each, report));
        case "expression":
            return variablesIn(value.expression).map((part) => ({
                name: part.name,
                span: () => report.spanIn(value, part),
            }));
    }
}

function isTrue(value: Value): boolean {
    return value.kind === "literal"
        ? value.value === true
        : value.kind === "expression" && value.expression.kind === "literal" && value.expression.value === true;
}
