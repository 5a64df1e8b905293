import type { Expression } from "../expression/ast";
import type { Action, CallAction, Program, Step, Value } from "../syntax/ast";
import { isHttpCall } from "./connectors";

/** A subworkflow's result, beside the variables. */
export function resultOf(routine: string): string {
    return `${routine}()`;
}

/** What the values that the audit looks at depend on; no more is followed, which is most of the work saved. */
export interface Relevant {
    /** Whether a variable, or a subworkflow's result, matters. */
    has(name: string): boolean;
    /** Whether a value must be evaluated whatever it is for: it calls a subworkflow, which sees its arguments. */
    calls(value: Value | undefined): boolean;
    /** Whether a call must be evaluated. */
    follows(action: CallAction): boolean;
    /** Nothing matters. */
    empty: boolean;
}

/**
 * Finds the variables, by their names in any routine, that the URLs, credentials and headers of a program's calls can
 * depend on.
 *
 * @param everything - whether all arguments of all calls matter
 */
export function relevantOf(program: Program, everything: boolean): Relevant {
    const routines = new Map(program.routines.map((routine) => [routine.name.text, routine]));
    const dependencies = new Map<string, Set<string>>();
    const wanted: string[] = [];

    /** What a value reads. On the way, what the parameters of the subworkflows that it calls depend on. */
    function reads(value: Value | undefined): Set<string> {
        const names = new Set<string>();
        visitValue(value, names);
        return names;
    }

    function visitValue(value: Value | undefined, names: Set<string>): void {
        switch (value?.kind) {
            case "expression":
                visit(value.expression, names);
                return;
            case "list":
                value.items.forEach((item) => visitValue(item, names));
                return;
            case "map":
                value.entries.forEach((entry) => visitValue(entry.value, names));
        }
    }

    function visit(expression: Expression, names: Set<string>): void {
        switch (expression.kind) {
            case "variable":
                names.add(expression.name);
                return;
            case "member":
                visit(expression.object, names);
                return;
            case "index":
                visit(expression.object, names);
                visit(expression.index, names);
                return;
            case "call":
                expression.args.forEach((arg) => visit(arg, names));
                if (routines.has(expression.callee)) {
                    names.add(resultOf(expression.callee));
                    passes(expression.callee, names);
                }
                return;
            case "unary":
                visit(expression.operand, names);
                return;
            case "binary":
                visit(expression.left, names);
                visit(expression.right, names);
                return;
            case "list":
                expression.items.forEach((item) => visit(item, names));
                return;
            case "map":
                expression.entries.forEach((entry) => {
                    visit(entry.key, names);
                    visit(entry.value, names);
                });
        }
    }

    function depends(name: string, on: Iterable<string>): void {
        const known = dependencies.get(name) ?? new Set();
        dependencies.set(name, known);
        for (const each of on) {
            known.add(each);
        }
    }

    function passes(callee: string, names: Iterable<string>): void {
        routines.get(callee)?.params.forEach((param) => depends(param.name.text, names));
    }

    function steps(list: readonly Step[] | undefined, routine: string): void {
        list?.forEach((step) => act(step.action, routine));
    }

    function call({ callee: { text: callee }, args, result }: CallAction): void {
        const names = reads(args);
        if (routines.has(callee)) {
            passes(callee, names);
            depends(result?.text ?? "", [resultOf(callee)]);
        } else if (result !== undefined && !isHttpCall(callee)) {
            depends(result.text, names);
        }
        if (everything) {
            wanted.push(...names);
        } else if (isHttpCall(callee)) {
            wanted.push(
                ...(args?.kind === "map" ? args.entries : []).flatMap((entry) => decisive(entry.key, entry.value)),
            );
            wanted.push(...(args?.kind === "map" ? [] : names));
        }
    }

    function decisive(key: string, value: Value): string[] {
        const matters = ["url", "auth", "<<"].includes(key);
        // Of headers and queries only the keys matter.
        const keysMatter = ["headers", "query"].includes(key) && value.kind === "expression";
        return matters || keysMatter ? [...reads(value)] : [];
    }

    function act(action: Action | undefined, routine: string): void {
        switch (action?.kind) {
            case "call":
                call(action);
                return;
            case "assign":
                for (const { target, value } of action.assignments) {
                    const names = reads(value);
                    visit(target, names);
                    depends(rootOf(target) ?? "", names);
                }
                return;
            case "switch":
                action.cases.forEach((branch) => act(branch.action, routine));
                return;
            case "for":
                depends(action.value.text, reads(action.in));
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
                depends(resultOf(routine), reads(action.value));
                return;
            case "steps":
                steps(action.steps, routine);
        }
    }

    program.routines.forEach((routine) => steps(routine.steps, routine.name.text));
    const found = new Set(wanted);
    // A set that grows while it is gone through is gone through to its end.
    for (const name of found) {
        dependencies.get(name)?.forEach((each) => found.add(each));
    }
    const calls = (value: Value | undefined): boolean => [...reads(value)].some((name) => name.endsWith("()"));
    return {
        has: (name) => found.has(name),
        calls,
        follows: ({ callee, args, result }) =>
            routines.has(callee.text) || found.has(result?.text ?? "") || calls(args),
        empty: found.size === 0,
    };
}

/** The variable that an assignment changes. */
export function rootOf(target: Expression): string | undefined {
    switch (target.kind) {
        case "variable":
            return target.name;
        case "member":
        case "index":
            return rootOf(target.object);
        default:
            return undefined;
    }
}
