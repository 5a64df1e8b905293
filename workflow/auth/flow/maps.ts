import type { Abstract, Values } from "./domain";
import { absent, none, nothing, originsOf, present, singleLiteral, unknown, worst } from "./domain";
import { topOf, widenedMap, join, mapValue, union } from "./join";

/** The argument of a function for a parameter; `undefined` if it is not given. */
export type Argument = Values | undefined;

/** Any value, chosen by whoever chooses these. */
export function unknownFrom(args: readonly Argument[], what: string, ...more: Values): Values {
    return unknown(worst([...args.flatMap((arg) => arg ?? []), ...more].flatMap(originsOf)), what);
}

/** The result of `map.get` for a key or a list of keys. A list of any length can find values at any depth. */
export function valueAtKeys(map: Values, key: Abstract, isOne: boolean): Values {
    if (key.kind === "list" && key.items !== undefined) {
        return key.items.reduce<Values>((found, item) => valueOrNull(found, singleLiteral(item)), map);
    }
    return (key.kind === "list" || key.kind === "unknown") && !isOne
        ? atAnyDepth(map)
        : valueOrNull(map, singleLiteral([key]));
}

/** The values, and everything in their maps. This ends because maps that are nested too deep were cut off. */
function atAnyDepth(values: Values): Values {
    let all = values;
    let level = values;
    for (;;) {
        level = valueOrNull(level, undefined);
        const more = union(all, level);
        if (more === all) {
            return all;
        }
        all = more;
    }
}

function valueOrNull(map: Values, key: string | undefined): Values {
    return join(
        map.flatMap((value): Values => {
            if (value.kind === "unknown") {
                return [...field([value], key), nothing];
            }
            const found = value.kind === "map" ? valuesAt(value, key) : none;
            const isSure = found.length > 0 && key !== undefined && value.kind === "map" && !found.includes(absent);
            return isSure && value.fields.has(key) ? found : [...present(found), nothing];
        }),
    );
}

type MapValue = Extract<Abstract, { kind: "map" }>;

/** The values of a key, with `absent` if it may be missing. */
function valuesAt({ fields, rest }: MapValue, key: string | undefined): Values {
    return key === undefined ? join([...[...fields.values()].flat(), ...rest]) : (fields.get(key) ?? rest);
}

export function merge(first: Abstract, second: Abstract): Values {
    if (first.kind !== "map" || second.kind !== "map") {
        return unknownFrom([[first], [second]], "a merged map");
    }
    const keys = new Set([...first.fields.keys(), ...second.fields.keys()]);
    const fields = Array.from(keys, (key): [string, Values] => {
        const over = second.fields.get(key) ?? [...second.rest, absent];
        const under = first.fields.get(key) ?? [...first.rest, absent];
        // If the second may lack the key, the value of the first stays.
        return [key, over.includes(absent) ? join([...present(over), ...under]) : over];
    });
    return [widenedMap(new Map(fields), union(first.rest, second.rest))];
}

export function withoutKey(map: Abstract, key: Values): Values {
    if (map.kind !== "map") {
        return unknownFrom([[map]], "a map");
    }
    const name = singleLiteral(key);
    const fields = Array.from(map.fields, ([each, values]): [string, Values] => [
        each,
        name === undefined || name === each ? union(values, [absent]) : values,
    ]);
    return [mapValue(new Map(fields), map.rest)];
}

/** `object.name`; `undefined` is a name that cannot be computed. */
export function field(object: Values, name: string | undefined): Values {
    return join(
        object.flatMap((value): Values => {
            switch (value.kind) {
                case "map":
                    return present(valuesAt(value, name));
                case "unknown":
                    return value.wide === true
                        ? topOf([value])
                        : unknown(value.origin, name === undefined ? value.from : `${value.from}.${name}`);
                case "list":
                    return value.each;
                case "scalar":
                    return none;
                default:
                    return unknown(worst(originsOf(value)), name ?? "a field");
            }
        }),
    );
}
