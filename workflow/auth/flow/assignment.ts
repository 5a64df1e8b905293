import type { Expression } from "../../expression";
import { type Abstract, present, singleLiteral, type Values } from "./domain";
import { evaluate, type Scope } from "./evaluate";
import { join, listValue, mapValue, union, widenedMap } from "./join";
import { field } from "./maps";

/** A part of a variable that is assigned: its keys from the outside in, of which `undefined` is an unknown one. */
export type Path = readonly (string | undefined)[];

/** The keys of `a.b[c]`, as far as they are known. */
export function assignedPath(target: Expression, scope: Scope): Path {
    switch (target.kind) {
        case "member":
            return [...assignedPath(target.object, scope), target.name];
        case "index":
            return [...assignedPath(target.object, scope), singleLiteral(evaluate(target.index, scope))];
        default:
            return [];
    }
}

/** The values of a variable after a part of it was assigned. If the part is not certain, the old and the new value are joined. */
export function updated(object: Values, path: Path, value: Values): Values {
    const [name, ...more] = path;
    if (path.length === 0) {
        return value;
    }
    return join(
        present(object).map((old): Abstract => {
            if (old.kind === "list") {
                return listValue(union(old.each, updated(old.each, more, value)));
            }
            if (old.kind !== "map") {
                const rest = field([old], undefined);
                return mapValue(new Map(), union(rest, updated(rest.length === 0 ? [old] : rest, more, value)));
            }
            const { fields, rest } = old;
            if (name === undefined) {
                // It may be any key, also a known one.
                const updatedFields = new Map(
                    Array.from(fields, ([key, known]) => [key, union(known, updated(known, more, value))]),
                );
                return mapValue(updatedFields, union(rest, updated(rest, more, value)));
            }
            return widenedMap(new Map(fields).set(name, updated(fields.get(name) ?? rest, more, value)), rest);
        }),
    );
}
