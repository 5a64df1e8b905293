import { dottedName, type Expression } from "../expression";
import type { ForAction, TryAction, Value } from "../syntax";
import type { Node } from "./graph";

/** Where in a step a computed value is. */
export type ValuePlace =
    | "default"
    | "key"
    | "assign"
    | "args"
    | "condition"
    | "in"
    | "range"
    | "limit"
    | "retry"
    | "raise"
    | "return";

/** A value that a node computes, in the order in which it does. */
export type Computed = { place: ValuePlace } & ({ value: Value } | { expression: Expression });

/**
 * All values that a node computes. The interpreter and the analyses both take them from here, so that none misses one.
 */
export function computedAt(node: Node): Computed[] {
    switch (node.kind) {
        case "parameter":
            return given("default", node.param.default);
        case "assign":
            return [
                ...indexes(node.assignment.target).map((expression) => ({ place: "key" as const, expression })),
                ...given("assign", node.assignment.value),
            ];
        case "call":
            return given("args", node.action.args);
        case "test":
            return given("condition", node.case.condition);
        case "loop":
            return items(node.action);
        case "fork":
            return [
                ...given("limit", node.action.concurrencyLimit),
                ...(node.action.for === undefined ? [] : items(node.action.for)),
            ];
        case "caught":
            return retryNumbers(node.action).flatMap(([, value]) => given("retry", value));
        case "raise":
            return given("raise", node.value);
        case "return":
            return given("return", node.value);
        default:
            return [];
    }
}

/** The numbers of a retry policy that is written out, by their names. A backoff that is named has none to compute. */
export function retryNumbers({ retry }: TryAction): [name: string, value: Value][] {
    return retry?.value.kind !== "map"
        ? []
        : retry.value.entries.flatMap(({ key, value }): [string, Value][] =>
              key === "backoff" && value.kind === "map"
                  ? value.entries.map((entry) => [entry.key, entry.value])
                  : key === "max_retries"
                    ? [[key, value]]
                    : [],
          );
}

/** The value that names the predicate of a retry policy that is written out. */
export function retryPredicate({ retry }: TryAction): Value | undefined {
    return retry?.value.kind === "map" ? retry.value.entries.find(({ key }) => key === "predicate")?.value : undefined;
}

/** The name that a value of a retry policy is, as in `${http.default_retry}`; an empty text if it is none. */
export function nameAsValue(value: Value | undefined): string {
    return (value?.kind === "expression" ? dottedName(value.expression) : undefined) ?? "";
}

function given(place: ValuePlace, value: Value | undefined): Computed[] {
    return value === undefined ? [] : [{ place, value }];
}

function items(action: ForAction): Computed[] {
    return action.in === undefined ? given("range", action.range) : given("in", action.in);
}

/** The expressions in brackets of `a[x].b[y]`, from left to right. */
function indexes(target: Expression): Expression[] {
    switch (target.kind) {
        case "member":
            return indexes(target.object);
        case "index":
            return [...indexes(target.object), target.index];
        default:
            return [];
    }
}
