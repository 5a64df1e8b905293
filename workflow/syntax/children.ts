import type { Value } from "./ast";

/** The values directly in a value, in the order in which they are computed: before the value of an entry, its key. */
export function valuesIn(value: Value): Value[] {
    switch (value.kind) {
        case "list":
            return value.items;
        case "map":
            return value.entries.flatMap(({ computedKey, value: each }) => [
                ...(computedKey ? [computedKey] : []),
                each,
            ]);
        default:
            return [];
    }
}
