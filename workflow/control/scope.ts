import type { Expression } from "../expression";
import type { Action, Name, Routine, Step } from "../syntax";

/** A variable of a routine: two blocks may each have one of the same name. */
export interface Variable {
    name: string;
    /** Counts the variables of a routine, from 0. */
    id: number;
    /** Its slot in the frame that it lives in. */
    index: number;
}

/** Where a variable lives: how many frames out, and which slot there. */
export interface Slot {
    depth: number;
    index: number;
    variable: Variable;
}

/** The variables of a routine's call, or of a branch of `parallel`: slots are numbered in one frame. */
class Layout {
    size = 0;

    /** @param variables - all variables of the routine */
    constructor(readonly variables: Variable[]) {}
}

/**
 * The names that can be seen at a place. A variable belongs to the block where it is assigned: the routine, or the body
 * of `for`, `except` or a parallel branch unless a block around it has that name.
 * https://cloud.google.com/workflows/docs/reference/syntax/variables#variable-scope
 */
export class Scope {
    private readonly slots = new Map<string, Variable>();

    private constructor(
        private readonly layout: Layout,
        private readonly parent?: Scope,
        /** For a parallel branch: the outer variables that it may assign. */
        private readonly shared?: ReadonlySet<string>,
    ) {}

    static routine(routine: Routine): Scope {
        const scope = new Scope(new Layout([]));
        routine.params.forEach(({ name }) => scope.declare(name.text));
        scope.declareAssigned(routine.steps);
        return scope;
    }

    /** The body of `for` or `except`: `names` are its own even if a block around it has them. */
    block(names: readonly (Name | undefined)[], steps: Step[]): Scope {
        return this.inner(new Scope(this.layout, this), names, steps);
    }

    /** A branch or an iteration of `parallel`: its variables are in a frame of its own. */
    branch(names: readonly (Name | undefined)[], steps: Step[], shared: readonly Name[]): Scope {
        const visible = new Set(shared.map(({ text }) => text));
        return this.inner(new Scope(new Layout(this.layout.variables), this, visible), names, steps);
    }

    find(name: string): Slot | undefined {
        const variable = this.slots.get(name);
        if (variable !== undefined) {
            return { depth: 0, index: variable.index, variable };
        }
        const found = this.parent?.find(name);
        return found && { ...found, depth: found.depth + (this.parent?.layout === this.layout ? 0 : 1) };
    }

    /** The block that has this name, here or around. */
    owner(name: string): Scope | undefined {
        return this.slots.has(name) ? this : this.parent?.owner(name);
    }

    /** Whether an assignment of this name would change a variable outside of a parallel branch that does not share it. */
    isReadOnly(name: string): boolean {
        if (this.slots.has(name) || this.parent === undefined) {
            return false;
        }
        return (this.shared !== undefined && !this.shared.has(name)) || this.parent.isReadOnly(name);
    }

    /** Every name that can be seen here. */
    names(): string[] {
        return [...this.slots.keys(), ...(this.parent?.names() ?? [])];
    }

    /** How many variables the routine has in all its blocks, laid out so far. */
    get size(): number {
        return this.layout.variables.length;
    }

    /** The slots that belong to this block alone: cleared when the block starts again. */
    own(): number[] {
        return Array.from(this.slots.values(), ({ index }) => index);
    }

    private inner(scope: Scope, names: readonly (Name | undefined)[], steps: Step[]): Scope {
        for (const name of names) {
            if (name !== undefined) {
                scope.declare(name.text);
            }
        }
        scope.declareAssigned(steps);
        return scope;
    }

    private declare(name: string): void {
        if (!this.slots.has(name)) {
            const { variables } = this.layout;
            const variable = { name, id: variables.length, index: this.layout.size++ };
            variables.push(variable);
            this.slots.set(name, variable);
        }
    }

    private declareAssigned(steps: Step[]): void {
        for (const name of steps.flatMap(({ action }) => assignedIn(action))) {
            if (this.find(name) === undefined) {
                this.declare(name);
            }
        }
    }
}

/** The names that an action assigns in the block where it is, not those of blocks within. */
function assignedIn(action: Action | undefined): string[] {
    switch (action?.kind) {
        case "call":
            return action.result === undefined ? [] : [action.result.text];
        case "assign":
            return action.assignments.map(({ target }) => rootOf(target));
        case "switch":
            return action.cases.flatMap((each) => assignedIn(each.action));
        case "try":
            return assignedIn(action.body);
        case "steps":
            return action.steps.flatMap((step) => assignedIn(step.action));
        default:
            return [];
    }
}

/** The names that an action itself sets, each once: those of `assign` and `result`. */
export function variablesSet(action: Action | undefined): string[] {
    const own = action?.kind === "try" ? action.body : action;
    return own?.kind === "assign" || own?.kind === "call" ? [...new Set(assignedIn(own))] : [];
}

/** The variable at the root of `a.b[c]`. */
export function rootOf(target: Expression): string {
    return target.kind === "variable"
        ? target.name
        : target.kind === "member" || target.kind === "index"
          ? rootOf(target.object)
          : "";
}
