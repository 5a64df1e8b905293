import type { Scope } from "../control";

/** The variables of a routine, a bit each; those of one name in different blocks are different. */
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

    /** What may have a value after variables are set. */
    with(state: bigint, names: readonly (string | undefined)[], scope: Scope): bigint {
        return names.reduce((all, name) => (name === undefined ? all : all | this.bit(name, scope)), state);
    }

    /** What may have a value where a block begins: none of its own variables. */
    without(state: bigint, scope: Scope): bigint {
        return Array.from(this.bits.get(scope)?.values() ?? []).reduce((rest, bit) => rest & ~bit, state);
    }
}
