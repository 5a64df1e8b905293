import type { Values } from "./domain";
import { absent, none, present, unknown } from "./domain";
import { join } from "./join";

/** The argument of a call for a parameter. */
export interface Given {
    values: Values;
    /** Whether some runs may not give it. */
    mayLack: boolean;
}

/** The argument of a name, or of a place if the arguments are a list; null stands for no arguments. */
export function givenFor(args: Values, name: string, index: number): Given {
    const found = join(
        args.flatMap((value): Values => {
            switch (value.kind) {
                case "map":
                    return value.fields.get(name) ?? [...value.rest, absent];
                case "list":
                    return value.items === undefined ? [...value.each, absent] : (value.items[index] ?? [absent]);
                case "unknown":
                    return [...unknown(value.origin, `${value.from}.${name}`), absent];
                case "scalar":
                    return [absent];
                default:
                    return none;
            }
        }),
    );
    return { values: present(found), mayLack: found.includes(absent) };
}

/** The values of an argument, without whether it may be missing. */
export function argument(args: Values, name: string, index: number): Values {
    return givenFor(args, name, index).values;
}
