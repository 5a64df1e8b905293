import type { Action, Program, Step, Value } from "../../syntax";

/**
 * Calls back for each value of a program, the ones within it too, with the step that it is in, its key, and the function
 * that it is an argument of.
 */
export function eachValue(
    program: Program,
    visit: (value: Value, step: Step, key: string | undefined, callee: string | undefined) => void,
): void {
    function value(given: Value | undefined, step: Step, key?: string, callee?: string): void {
        if (given === undefined) {
            return;
        }
        visit(given, step, key, callee);
        if (given.kind === "list") {
            given.items.forEach((item) => value(item, step, undefined, callee));
        } else if (given.kind === "map") {
            for (const { key: name, computedKey, value: inner } of given.entries) {
                value(computedKey, step, undefined, callee);
                value(inner, step, computedKey === undefined ? name : undefined, callee);
            }
        }
    }

    function steps(given: Step[] | undefined): void {
        given?.forEach((step) => action(step.action, step));
    }

    function action(given: Action | undefined, step: Step): void {
        switch (given?.kind) {
            case undefined:
                return;
            case "call":
                value(given.args, step, undefined, given.callee.text);
                return;
            case "assign":
                given.assignments.forEach(({ target, value: assigned }) => {
                    const name = target.kind === "variable" || target.kind === "member" ? target.name : undefined;
                    value(assigned, step, name);
                });
                return;
            case "switch":
                given.cases.forEach((branch) => {
                    value(branch.condition, step);
                    action(branch.action, step);
                });
                return;
            case "for":
                value(given.in, step);
                value(given.range, step);
                steps(given.steps);
                return;
            case "parallel":
                steps(given.branches);
                action(given.for, step);
                return;
            case "try":
                action(given.body, step);
                value(given.retry?.value, step);
                steps(given.except?.steps);
                return;
            case "raise":
            case "return":
                value(given.value, step);
                return;
            case "steps":
                steps(given.steps);
        }
    }

    program.routines.forEach((routine) => steps(routine.steps));
}
