import { isObject, camelCase } from "./messages";

/** What a `fields` parameter selects, by field name. `true` selects the whole value. */
type Selection = Map<string, Selection | true>;

/**
 * Google's partial responses: `services/name,nextPageToken`, `items(id,owner/email)`, `*`.
 * https://cloud.google.com/apis/docs/system-parameters
 */
export function selectFields(value: unknown, fields: string): unknown {
    return pick(value, parseSelection(fields));
}

function parseSelection(text: string): Selection {
    let position = 0;
    const list = (): Selection => {
        const selection: Selection = new Map();
        while (position < text.length && text[position] !== ")") {
            const [name, below] = path();
            const known = selection.get(name);
            selection.set(name, known instanceof Map && below !== true ? new Map([...known, ...below]) : below);
            if (text[position] === ",") {
                position += 1;
            }
        }
        position += 1;
        return selection;
    };
    const path = (): [string, Selection | true] => {
        const start = position;
        while (position < text.length && !",/()".includes(text[position] ?? "")) {
            position += 1;
        }
        const name = camelCase(text.slice(start, position));
        const next = text[position];
        if (next === "/") {
            position += 1;
            return [name, new Map([path()])];
        }
        if (next === "(") {
            position += 1;
            return [name, list()];
        }
        return [name, true];
    };
    return list();
}

function pick(value: unknown, selection: Selection | true): unknown {
    if (selection === true) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map((item) => pick(item, selection));
    }
    if (!isObject(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).flatMap(([name, inner]) => {
            const below = selection.get(name) ?? selection.get("*");
            return below === undefined ? [] : [[name, pick(inner, below)]];
        }),
    );
}
