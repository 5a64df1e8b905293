import type { Value } from "../../syntax";
import { type Abstract, folded, givenFor, originsOf, type Values, unknown, worst } from "../flow";

/** A place in a body: what can stand there, and how it is written. */
export interface Place {
    values: Values;
    /** Absent if it is a variable or another expression. */
    written?: Value;
    /** The written value that it is in, or is. */
    near: Value;
}

/** The places at a path below a place, such as `requests.[].task`. */
export function at(place: Place, path: string): Place[] {
    return path.split(".").reduce<Place[]>((places, name) => places.flatMap((each) => placesIn(each, name)), [place]);
}

function placesIn({ values, written, near }: Place, name: string): Place[] {
    if (name !== "[]") {
        const entries = written?.kind === "map" ? written.entries : [];
        const value = entries.find(({ key }) => key === name || key === snakeCase(name))?.value;
        return [
            {
                values: values.flatMap((each) => fieldOf(each, name)),
                near: value ?? near,
                ...(value && { written: value }),
            },
        ];
    }
    if (written?.kind !== "list") {
        return values.flatMap((each) => itemsOf(each)).map((items) => ({ values: items, near }));
    }
    return written.items.map((item, index) => ({
        values: values.flatMap((each) => itemsOf(each)[index] ?? []),
        written: item,
        near: item,
    }));
}

/** What a field can be: Google's APIs take the names of protocol buffers (`oidc_token`) as well as those of JSON. */
export function fieldOf(value: Abstract, name: string): Values {
    const snake = snakeCase(name);
    const isSnake = value.kind === "map" && snake !== name && value.fields.has(snake);
    return [name, ...(isSnake ? [snake] : [])].flatMap((each) => givenFor([value], each, Number.NaN).values);
}

function snakeCase(name: string): string {
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Each item of a list; what any of them can be if they are not known one by one. */
function itemsOf(value: Abstract): Values[] {
    switch (value.kind) {
        case "list":
            return value.items ?? [value.each];
        case "unknown":
            return [unknown(value.origin, `an item of ${value.from}`)];
        default:
            return [];
    }
}

/** A body that is a text is read as JSON; if the text is not known, it can be anything. */
export function parsedBody(values: Values): Values {
    return values.flatMap((value) =>
        value.kind === "text"
            ? (folded("json.decode", [[value]]) ?? unknown(worst(originsOf(value)), "a body that is a text"))
            : [value],
    );
}
