import type { Expression } from "../../expression";
import type { Action, CallAction, Program, Step, Value } from "../../syntax";
import { eachValue } from "./values";

/** What the values of a program are made of, by name in any routine: variables, parameters, and `name()` for what a subworkflow returns. */
export interface Definitions {
    /** What is assigned to a name; to a field of it, as `name.field` in lower case. */
    values: Map<string, Value[]>;
    /** The calls whose result a name holds. */
    calls: Map<string, CallAction[]>;
    /** The parameters of `main`. */
    arguments: Set<string>;
}

/** A program is asked about as often as it has headers. */
const known = new WeakMap<Program, Definitions>();

export function definitionsOf(program: Program): Definitions {
    const definitions = known.get(program) ?? collect(program);
    known.set(program, definitions);
    return definitions;
}

function collect(program: Program): Definitions {
    const found: Definitions = { values: new Map(), calls: new Map(), arguments: new Set() };
    const routines = new Map(program.routines.map((routine) => [routine.name.text, routine]));

    function define(name: string | undefined, value: Value | undefined): void {
        if (name !== undefined && value !== undefined) {
            put(found.values, name, value);
        }
    }

    function call(action: CallAction): void {
        const { callee, args, result } = action;
        const params = routines.get(callee.text)?.params ?? [];
        for (const { name } of params) {
            define(name.text, args?.kind === "map" ? args.entries.find(({ key }) => key === name.text)?.value : args);
        }
        if (result !== undefined) {
            put(found.calls, result.text, action);
        }
    }

    function act(action: Action | undefined, routine: string): void {
        switch (action?.kind) {
            case "call":
                call(action);
                return;
            case "assign":
                for (const { target, value } of action.assignments) {
                    define(pathOf(target), value);
                    define(namesIn(target)[0], value);
                }
                return;
            case "switch":
                action.cases.forEach((branch) => act(branch.action, routine));
                return;
            case "for":
                define(action.value.text, action.in);
                steps(action.steps, routine);
                return;
            case "parallel":
                steps(action.branches, routine);
                act(action.for, routine);
                return;
            case "try":
                act(action.body, routine);
                steps(action.except?.steps, routine);
                return;
            case "return":
                define(`${routine}()`, action.value);
                return;
            case "steps":
                steps(action.steps, routine);
        }
    }

    function steps(list: readonly Step[] | undefined, routine: string): void {
        list?.forEach((step) => act(step.action, routine));
    }

    eachValue(program, (value) => {
        for (const { callee, args } of value.kind === "expression" ? callsIn(value.expression) : []) {
            for (const [index, { name }] of (routines.get(callee)?.params ?? []).entries()) {
                const expression = args[index];
                define(name.text, expression && { kind: "expression", expression, text: "", span: value.span });
            }
        }
    });
    for (const { name, params, steps: list } of program.routines) {
        params.forEach((param) => define(param.name.text, param.default));
        if (name.text === "main") {
            params.forEach((param) => found.arguments.add(param.name.text));
        }
        steps(list, name.text);
    }
    return found;
}

function put<V>(lists: Map<string, V[]>, name: string, value: V): void {
    const list = lists.get(name);
    if (list === undefined) {
        lists.set(name, [value]);
    } else {
        list.push(value);
    }
}

/** `headers.authorization` of an assignment to `headers.Authorization` or `headers["Authorization"]`. */
function pathOf(target: Expression): string | undefined {
    const key =
        target.kind === "member"
            ? target.name
            : target.kind === "index" && target.index.kind === "literal"
              ? String(target.index.value)
              : undefined;
    return (target.kind === "member" || target.kind === "index") && key !== undefined
        ? `${namesIn(target)[0] ?? ""}.${key.toLowerCase()}`
        : undefined;
}

/** The variables that an expression reads, and the functions that it calls, as `name()`. */
export function namesIn(expression: Expression): string[] {
    const own =
        expression.kind === "variable"
            ? [expression.name]
            : expression.kind === "call"
              ? [`${expression.callee}()`]
              : [];
    return [...own, ...partsOf(expression).flatMap(namesIn)];
}

function callsIn(expression: Expression): Extract<Expression, { kind: "call" }>[] {
    return [...(expression.kind === "call" ? [expression] : []), ...partsOf(expression).flatMap(callsIn)];
}

function partsOf(expression: Expression): Expression[] {
    switch (expression.kind) {
        case "member":
            return [expression.object];
        case "index":
            return [expression.object, expression.index];
        case "call":
            return expression.args;
        case "unary":
            return [expression.operand];
        case "binary":
            return [expression.left, expression.right];
        case "list":
            return expression.items;
        case "map":
            return expression.entries.flatMap(({ key, value }) => [key, value]);
        default:
            return [];
    }
}
