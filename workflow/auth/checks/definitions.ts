import { addTo } from "../../../common";
import { callsIn, type Expression, subexpressions } from "../../expression";
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

/** Kept for each program, which is asked about once for each of its headers. */
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
            addTo(found.values, name, value);
        }
    }

    function call(action: CallAction): void {
        const { callee, args, result } = action;
        const params = routines.get(callee.text)?.params ?? [];
        for (const { name } of params) {
            const given =
                args?.kind === "map"
                    ? args.entries.filter(({ key, computedKey }) => key === name.text || computedKey !== undefined)
                    : [{ value: args }];
            given.forEach(({ value }) => define(name.text, value));
        }
        if (result !== undefined) {
            addTo(found.calls, result.text, action);
        }
    }

    function act(action: Action | undefined, routine: string): void {
        switch (action?.kind) {
            case "call":
                call(action);
                return;
            case "assign":
                for (const { target, value } of action.assignments) {
                    define(assignedField(target), value);
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

/** `headers.authorization` of an assignment to `headers.Authorization` or `headers["Authorization"]`. */
function assignedField(target: Expression): string | undefined {
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
    return subexpressions(expression).flatMap((part) =>
        part.kind === "variable" ? [part.name] : part.kind === "call" ? [`${part.callee}()`] : [],
    );
}
