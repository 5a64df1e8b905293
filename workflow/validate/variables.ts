import type { Scope } from "../control";
import type { Name } from "../syntax";

/** The variables that may have a value at a place, a bit each. Undefined where no path leads. */
export type State = bigint | undefined;

/** What may have a value where two paths meet. */
export function union(a: State, b: State): State {
    return a === undefined || b === undefined ? (a ?? b) : a | b;
}

/** The variables of a routine, of which those of one name in different blocks are different. */
export class Variables {
    private readonly bits = new Map<Scope, Map<string, bigint>>();
    private count = 0n;

    /** The bit of a variable as it is seen from a block. */
    bit(name: string, scope: Scope): bigint {
        const owner = scope.owner(name) ?? scope;
        const own = this.bits.get(owner) ?? new Map<string, bigint>();
        const bit = own.get(name) ?? 1n << this.count++;
        this.bits.set(owner, own.set(name, bit));
        return bit;
    }

    /** The state after an assignment. */
    with(state: State, name: string, scope: Scope): State {
        return state === undefined ? undefined : state | this.bit(name, scope);
    }

    /** The start of a block: its own variables have no value yet, but those that the block is given. */
    begin(scope: Scope, names: readonly (Name | undefined)[], state: State): State {
        let start = state;
        for (const bit of this.bits.get(scope)?.values() ?? []) {
            start = start && start & ~bit;
        }
        return names.reduce((all, name) => (name === undefined ? all : this.with(all, name.text, scope)), start);
    }
}
