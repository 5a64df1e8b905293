import {
    type Double,
    failure,
    isInteger,
    isMapValue,
    isNumeric,
    type RuntimeMap,
    type RuntimeValue,
    typeName,
} from "../values";
import type { Callee, Frame } from "../frame";

interface Kinds {
    any: RuntimeValue;
    string: string;
    boolean: boolean;
    integer: number | bigint;
    number: number | bigint | Double;
    bytes: Uint8Array;
    list: RuntimeValue[];
    map: RuntimeMap;
}

type Kind = keyof Kinds;
type Given<S> = S extends `${infer K extends Kind}?` ? Kinds[K] | undefined : S extends Kind ? Kinds[S] : never;
/** The names of the parameters with their types, in order. `?` marks a parameter that may be left out. */
type Spec = Readonly<Record<string, Kind | `${Kind}?`>>;
type ArgsOf<S extends Spec> = { readonly [P in keyof S]: Given<S[P]> };

const TESTS: Readonly<Record<Kind, (value: RuntimeValue) => boolean>> = {
    any: () => true,
    string: (value) => typeof value === "string",
    boolean: (value) => typeof value === "boolean",
    integer: isInteger,
    number: isNumeric,
    bytes: (value) => value instanceof Uint8Array,
    list: (value) => Array.isArray(value),
    map: isMapValue,
};

/** A function of the standard library whose arguments are checked before it runs. */
export function define<const S extends Spec>(
    name: string,
    spec: S,
    run: (args: ArgsOf<S>, frame: Frame) => RuntimeValue | Promise<RuntimeValue>,
    traits: { blocking?: boolean; borrows?: boolean } = {},
): Callee {
    const params = Object.entries(spec).map(([param, type]) => ({
        param,
        optional: type.endsWith("?"),
        type: type.replace("?", "") as Kind,
    }));
    return {
        name,
        params: params.map(({ param, optional }) => param + (optional ? "?" : "")),
        types: params.map(({ type }) => type),
        ...traits,
        run(given, frame) {
            const args: Record<string, RuntimeValue | undefined> = {};
            params.forEach(({ param, optional, type }, index) => {
                // A null means that an optional argument is not given, so that a later one can be given by position.
                const value = optional ? (given[index] ?? undefined) : given[index];
                if (value !== undefined && !TESTS[type](value)) {
                    throw failure(
                        "TypeError",
                        `${name}: the argument "${param}" must be a ${type}, got: ${typeName(value)}`,
                    );
                }
                args[param] = value;
            });
            // The checks above have made sure of the type.
            return run(args as ArgsOf<S>, frame);
        },
    };
}
