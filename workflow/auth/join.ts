import type { Abstract, Part, Values } from "./domain";
import { keyOf, none, originsOf, partsOf, worst } from "./domain";

/** How many texts are followed one by one, and how deep maps and lists go. */
const MAX_VALUES = 8;
const MAX_DEPTH = 6;

export function concat(left: Values, right: Values): Values {
    return join(
        left.flatMap((l) =>
            right.map((r): Abstract => ({ kind: "text", parts: mergeText([...partsOf(l), ...partsOf(r)]) })),
        ),
    );
}

/** Texts that stand together become one, and so do holes: what can be anything can be followed by anything. */
function mergeText(parts: Part[]): Part[] {
    const merged: Part[] = [];
    for (const next of parts) {
        const last = merged.at(-1);
        if (last?.kind === "text" && next.kind === "text") {
            merged[merged.length - 1] = { kind: "text", text: last.text + next.text };
        } else if (last?.kind === "hole" && next.kind === "hole") {
            merged[merged.length - 1] = worst([last.origin, next.origin]) === last.origin ? last : next;
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
    // A key that one of them does not have by name can be among the rest of it.
    const over = (valueIn: (map: Extract<Abstract, { kind: "map" }>) => Values): Values =>
        maps.reduce((all, map) => union(all, valueIn(map), depth + 1), none);
    const keys = new Set(maps.flatMap((map) => [...map.fields.keys()]));
    return {
        kind: "map",
        fields: new Map([...keys].map((key) => [key, over((map) => map.fields.get(key) ?? map.rest)])),
        rest: over((map) => map.rest),
    };
}

function joinLists(lists: Extract<Abstract, { kind: "list" }>[], depth: number): Abstract {
    if (depth > MAX_DEPTH) {
        return { kind: "unknown", origin: worst(lists.flatMap(originsOf)), from: "a deeply nested list" };
    }
    return { kind: "list", each: lists.reduce((each, list) => union(each, list.each, depth + 1), none) };
}

/** Keeps loops that append finite: once values were too many, what stands for them takes in whatever comes later. */
function bounded(values: Abstract[]): Abstract[] {
    const wide = values.filter(isWide);
    const apart = values.filter((value) => !wide.some((w) => w !== value && covers(w, value) && !precedes(value, w)));
    const grown = apart.map((value) =>
        wide.includes(value) ? widened(values.filter((v) => covers(value, v))) : value,
    );
    return grown.length > MAX_VALUES ? [widened(grown)] : grown;

    /** Of two that cover each other, the first stays. */
    function precedes(value: Abstract, other: Abstract): boolean {
        return wide.includes(value) && covers(value, other) && values.indexOf(value) < values.indexOf(other);
    }
}

function isWide(value: Abstract): boolean {
    const parts = partsOf(value);
    const last = parts.at(-1);
    return last?.kind === "hole" && last.wide === true && parts.length <= 2;
}

function covers(wide: Abstract, value: Abstract): boolean {
    return opening(value).startsWith(opening(wide));
}

/** The literal beginning. */
function opening(value: Abstract): string {
    const first = partsOf(value)[0];
    return first?.kind === "text" ? first.text : "";
}

/** What stands for all of these: their common beginning, and anything. */
function widened(values: Abstract[]): Abstract {
    const origin = worst(values.flatMap(originsOf));
    const holes = values.flatMap(partsOf).filter((p) => p.kind === "hole");
    const from = holes.find((hole) => hole.origin === origin)?.from ?? "one of many values";
    const prefix = values.map(opening).reduce(commonPrefix);
    const hole = { origin, from, wide: true } as const;
    return prefix === ""
        ? { kind: "unknown", ...hole }
        : {
              kind: "text",
              parts: [
                  { kind: "text", text: prefix },
                  { kind: "hole", ...hole },
              ],
          };
}

function commonPrefix(one: string, other: string): string {
    let length = 0;
    while (length < one.length && one[length] === other[length]) {
        length++;
    }
    return one.slice(0, length);
}
