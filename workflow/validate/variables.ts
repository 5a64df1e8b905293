import type { Scope } from "../control";

/** The variables of a routine, each as a bit. Variables with the same name in different blocks are different. */
export class Variables {
    private readonly bits = new Map<Scope, Map<string, bigint>>();
    private count = 0n;

    /** The bit of the variable that a name means in a block. */
    bit(name: string, scope: Scope): bigint {
        const owner = scope.owner(name) ?? scope;
        const own = this.bits.get(owner) ?? new Map<string, bigint>();
        const bit = own.get(name) ?? 1n << this.count++;
        this.bits.set(owner, own.set(name, bit));
        return bit;
    }

    /** The variables that may have a value after some were set. */
    with(state: bigint, names: readonly (string | undefined)[], scope: Scope): bigint {
        return names.reduce((all, name) => (name === undefined ? all : all | this.bit(name, scope)), state);
    }

    /** The variables that may have a value where a block begins: none of its own. */
    without(state: bigint, scope: Scope): bigint {
        return Array.from(this.bits.get(scope)?.values() ?? []).reduce((rest, bit) => rest & ~bit, state);
    }
}
