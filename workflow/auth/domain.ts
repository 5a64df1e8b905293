/** Who decides about a value that the source does not show. */
export type Origin = "caller" | "data" | "env" | "unknown";

/**
 * A piece of a text. What is not written in the source is a hole:
 * - `word` holds letters, digits, `-` and `_` only (a project, a location, a number): it cannot end a host;
 * - `encoded` may also hold `.` and `%`: it cannot end a host, but make it longer;
 * - `target` is a declared target's root URL or audience, whose value may not be known yet;
 * - `service` is the root URL of some Cloud Run service, or a function's URL, as a connector gave it;
 * - `hole` may hold anything.
 */
export type Part =
    | { kind: "text"; text: string }
    | { kind: "word" }
    | { kind: "encoded"; origin: Origin; from: string }
    | { kind: "target"; name: string; what: "url" | "audience" }
    | { kind: "service"; of: "run" | "function" }
    | Hole;

/** `wide` stands for values that were too many to follow one by one. */
interface Hole {
    kind: "hole";
    origin: Origin;
    from: string;
    wide?: true;
}

/** Stands in a text for what another tool fills in before the workflow is deployed. */
export const TEMPLATE_CHARACTER = "\uE000";

/** One thing that a value can be. */
export type Abstract =
    | { kind: "text"; parts: Part[] }
    | { kind: "scalar"; value: null | boolean | bigint | number }
    | { kind: "map"; fields: Map<string, Values>; rest: Values }
    /** `items` where each is known; `each` is what any of them can be. */
    | { kind: "list"; items?: Values[]; each: Values }
    /** Anything. `from` tells in words where it comes from: `the execution argument args.url`. */
    | { kind: "unknown"; origin: Origin; from: string; wide?: true };

/** Everything that a value can be. Never changed in place. Empty: not computed (yet). */
export type Values = readonly Abstract[];

const MAX_VALUES = 8;
const MAX_DEPTH = 6;

export const none: Values = [];

export function text(value: string): Values {
    if (!value.includes(TEMPLATE_CHARACTER)) {
        return [{ kind: "text", parts: [{ kind: "text", text: value }] }];
    }
    const parts = value.split(new RegExp(`(${TEMPLATE_CHARACTER}+)`)).filter((piece) => piece !== "");
    return [
        {
            kind: "text",
            parts: parts.map((piece) =>
                piece.startsWith(TEMPLATE_CHARACTER)
                    ? { kind: "hole", origin: "env", from: "a value that another tool fills in" }
                    : { kind: "text", text: piece },
            ),
        },
    ];
}

export function part(value: Part): Values {
    return [{ kind: "text", parts: [value] }];
}

export function unknown(origin: Origin, from: string): Values {
    return [{ kind: "unknown", origin, from }];
}

export function isText(value: Abstract): value is Extract<Abstract, { kind: "text" }> {
    return value.kind === "text";
}

/** The text where nothing in it is a hole. */
export function literalOf(value: Abstract): string | undefined {
    if (value.kind !== "text") {
        return undefined;
    }
    const [only, ...more] = value.parts;
    return only === undefined ? "" : more.length === 0 && only.kind === "text" ? only.text : undefined;
}

/** The one text that the values are, where they are one and it is fully known. */
export function singleLiteral(values: Values): string | undefined {
    const [only] = values;
    return only !== undefined && values.length === 1 ? literalOf(only) : undefined;
}

/** As `+` and `string()` see it. */
export function partsOf(value: Abstract): Part[] {
    switch (value.kind) {
        case "text":
            return value.parts;
        case "scalar":
            return [{ kind: "text", text: String(value.value) }];
        case "unknown":
            return [{ ...value, kind: "hole" }];
        default:
            return [{ kind: "hole", origin: "data", from: `a ${value.kind}` }];
    }
}

export function concat(left: Values, right: Values): Values {
    return join(
        left.flatMap((l) =>
            right.map((r): Abstract => ({ kind: "text", parts: mergeText([...partsOf(l), ...partsOf(r)]) })),
        ),
    );
}

function mergeText(parts: Part[]): Part[] {
    const merged: Part[] = [];
    for (const next of parts) {
        const last = merged.at(-1);
        if (last?.kind === "text" && next.kind === "text") {
            merged[merged.length - 1] = { kind: "text", text: last.text + next.text };
        } else {
            merged.push(next);
        }
    }
    return merged;
}

/** The least values that cover all of these. Bounded: too many texts become their common beginning and a hole. */
export function join(values: Values, depth = 0): Values {
    if (values.length < 2) {
        return values;
    }
    const maps: Extract<Abstract, { kind: "map" }>[] = [];
    const lists: Extract<Abstract, { kind: "list" }>[] = [];
    const byKey = new Map<string, Abstract>();
    for (const value of values) {
        if (value.kind === "map") {
            maps.push(value);
        } else if (value.kind === "list") {
            lists.push(value);
        } else {
            byKey.set(keyOf(value), value);
        }
    }
    const simple = bounded([...byKey.values()]);
    const map = maps.length > 1 ? [joinMaps(maps, depth)] : maps;
    const list = lists.length > 1 ? [joinLists(lists, depth)] : lists;
    return [...simple, ...map, ...list];
}

export function union(one: Values, other: Values, depth = 0): Values {
    if (one === other || other.length === 0) {
        return one;
    }
    return one.length === 0 ? other : join([...one, ...other], depth);
}

function joinMaps(maps: Extract<Abstract, { kind: "map" }>[], depth: number): Abstract {
    if (depth > MAX_DEPTH) {
        return { kind: "unknown", origin: worst(maps.flatMap(originsOf)), from: "a deeply nested map" };
    }
    const fields = new Map<string, Values>();
    let rest = none;
    for (const map of maps) {
        for (const [key, value] of map.fields) {
            fields.set(key, union(fields.get(key) ?? none, value, depth + 1));
        }
        rest = union(rest, map.rest, depth + 1);
    }
    return { kind: "map", fields, rest };
}

function joinLists(lists: Extract<Abstract, { kind: "list" }>[], depth: number): Abstract {
    if (depth > MAX_DEPTH) {
        return { kind: "unknown", origin: worst(lists.flatMap(originsOf)), from: "a deeply nested list" };
    }
    return { kind: "list", each: lists.reduce((each, list) => union(each, list.each, depth + 1), none) };
}

/** Keeps loops that append finite: once values were too many, what stands for them takes in whatever comes later. */
function bounded(values: Abstract[]): Abstract[] {
    const holes = values.flatMap(partsOf).filter((p) => p.kind === "hole");
    if (values.length < 2 || (values.length <= MAX_VALUES && !holes.some((hole) => hole.wide))) {
        return values;
    }
    const origin = worst(values.flatMap(originsOf));
    const from = holes.find((hole) => hole.origin === origin)?.from ?? "one of many values";
    const prefix = values
        .map((value) => {
            const first = partsOf(value)[0];
            return first?.kind === "text" ? first.text : "";
        })
        .reduce(commonPrefix);
    return prefix === ""
        ? [{ kind: "unknown", origin, from, wide: true }]
        : [
              {
                  kind: "text",
                  parts: [
                      { kind: "text", text: prefix },
                      { kind: "hole", origin, from, wide: true },
                  ],
              },
          ];
}

function commonPrefix(one: string, other: string): string {
    let length = 0;
    while (length < one.length && one[length] === other[length]) {
        length++;
    }
    return one.slice(0, length);
}

const badness: Origin[] = ["env", "unknown", "data", "caller"];

/** The least trusted of the origins; `unknown` where there is none. */
export function worst(origins: Origin[]): Origin {
    return (
        origins.reduce<Origin | undefined>(
            (worse, origin) =>
                worse === undefined || badness.indexOf(origin) > badness.indexOf(worse) ? origin : worse,
            undefined,
        ) ?? "unknown"
    );
}

/** The origins of what is not known within a value. */
export function originsOf(value: Abstract): Origin[] {
    switch (value.kind) {
        case "unknown":
            return [value.origin];
        case "text":
            return value.parts.flatMap((p) => (p.kind === "hole" || p.kind === "encoded" ? [p.origin] : []));
        case "map":
            return [...value.fields.values(), value.rest].flat().flatMap(originsOf);
        case "list":
            return value.each.flatMap(originsOf);
        case "scalar":
            return [];
    }
}

/** The same for values that are the same. */
export function keyOf(value: Abstract): string {
    switch (value.kind) {
        case "text":
            return value.parts.map((p) => (p.kind === "text" ? `"${p.text}"` : JSON.stringify(p))).join("+");
        case "scalar":
            return `${typeof value.value} ${String(value.value)}`;
        case "unknown":
            return `?${value.origin} ${value.from} ${value.wide ?? ""}`;
        case "map":
            return `{${[...value.fields].map(([k, v]) => `${k}:${keyOfAll(v)}`).join()}|${keyOfAll(value.rest)}}`;
        case "list":
            return `[${value.items?.map(keyOfAll).join() ?? "*"}|${keyOfAll(value.each)}]`;
    }
}

export function keyOfAll(values: Values): string {
    return values.map(keyOf).sort().join("/");
}
