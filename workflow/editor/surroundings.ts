import { Scope } from "../control";
import type { Action, Program, Routine, Step } from "../syntax";
import type { Within } from "./place";

/** What a place of a program can see. */
export interface Surroundings {
    routine: Routine | undefined;
    /** The variables. */
    scope: Scope | undefined;
    /** The lists of steps that it is in, the innermost first: `next` can lead to these steps. */
    lists: readonly (readonly Step[])[];
    /** The step that it is in. */
    step: Step | undefined;
    /** Whether it is in a loop, where `continue` is allowed, and `break` if the iterations come one after the other. */
    loop: "for" | "parallel" | undefined;
}

/** Follows a path through a program as far as the program has it. */
export function surroundingsAt(program: Program | undefined, path: readonly Within[]): Surroundings {
    const [first] = path;
    const name = first?.kind === "key" ? first.key : "main";
    const routine = program?.routines.find((each) => each.name.text === name);
    const walk = new Walk(routine);
    if (routine !== undefined) {
        const rest = first?.kind === "key" ? path.slice(1) : path;
        walk.steps(routine.steps, isKey(rest[0], "steps") ? rest.slice(1) : rest, Scope.routine(routine));
    }
    return walk;
}

class Walk implements Surroundings {
    scope: Scope | undefined;
    lists: readonly (readonly Step[])[] = [];
    step: Step | undefined;
    loop: "for" | "parallel" | undefined;

    constructor(readonly routine: Routine | undefined) {}

    steps(steps: readonly Step[], path: readonly Within[], scope: Scope): void {
        this.scope = scope;
        this.lists = [steps, ...this.lists];
        const [item, name, ...rest] = path;
        if (item?.kind === "item" && name?.kind === "key") {
            const named = steps.filter((step) => step.name.text === name.key);
            const step = named.find((each) => each === steps[item.index]) ?? named[0];
            if (step !== undefined) {
                this.step = step;
                this.action(step.action, rest, scope);
            }
        }
    }

    private action(action: Action | undefined, [key, ...rest]: readonly Within[], scope: Scope): void {
        const [inner] = rest;
        if (action?.kind === "steps" && isKey(key, "steps")) {
            this.steps(action.steps, rest, scope);
        } else if (action?.kind === "for" && isKey(key, "for") && isKey(inner, "steps")) {
            this.loop = "for";
            this.steps(action.steps, rest.slice(1), scope.block([action.value, action.index], action.steps));
        } else if (action?.kind === "switch" && isKey(key, "switch") && inner?.kind === "item") {
            this.action(action.cases[inner.index]?.action, rest.slice(1), scope);
        } else if (action?.kind === "try" && isKey(key, "try")) {
            if (inner?.kind === "item" && action.body.kind === "steps") {
                this.steps(action.body.steps, rest, scope);
            } else {
                this.action(action.body, rest, scope);
            }
        } else if (action?.kind === "try" && isKey(key, "except") && isKey(inner, "steps") && action.except) {
            const { as, steps } = action.except;
            this.steps(steps, rest.slice(1), scope.block([as], steps));
        } else if (action?.kind === "parallel" && isKey(key, "parallel")) {
            this.parallel(action, rest, scope);
        }
    }

    private parallel(action: Action & { kind: "parallel" }, path: readonly Within[], scope: Scope): void {
        const [key, item] = path;
        const { shared, branches = [], for: loop } = action;
        // No jump leads out of a branch.
        this.lists = [];
        if (isKey(key, "branches") && item?.kind === "item") {
            const branch = branches[item.index];
            if (branch !== undefined) {
                this.loop = undefined;
                this.steps([branch], path.slice(1), scope.branch([], [branch], shared));
            }
        } else if (isKey(key, "for") && isKey(item, "steps") && loop !== undefined) {
            this.loop = "parallel";
            this.steps(loop.steps, path.slice(2), scope.branch([loop.value, loop.index], loop.steps, shared));
        }
    }
}

function isKey(within: Within | undefined, key: string): boolean {
    return within?.kind === "key" && within.key === key;
}
