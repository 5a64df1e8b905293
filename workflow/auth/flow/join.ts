import type { Abstract, Origin, Part, Values } from "./domain";
import { absent, keyOf, none, originsOf, part, partsOf, present, worst } from "./domain";

/** How many texts, and how many numbers, are followed one by one. */
const MAX_VALUES = 8;
/** How many levels of maps and lists are followed, and how many fields of a map that grows. */
const MAX_DEPTH = 8;
const MAX_FIELDS = 256;
/** How many pieces of a text are followed, and how many characters. */
const MAX_PARTS = 32;
const MAX_TEXT = 4096;

type MapValue = Extract<Abstract, { kind: "map" }>;
type ListValue = Extract<Abstract, { kind: "list" }>;

/** The top of the lattice: any value. It replaces values that are too many, too deep or too long. */
export function topOf(values: Values, from = "one of many values"): Values {
    return [{ kind: "unknown", origin: worst(values.flatMap(originsOf)), from, wide: true }];
}

/** Joins two texts in order. Null, maps and lists raise an error in a text. */
export function concat(left: Values, right: Values): Values {
    return join(
        left
            .filter(isWritable)
            .flatMap((l) =>
                right
                    .filter(isWritable)
                    .map((r): Abstract => ({ kind: "text", parts: merged(partsOf(l), partsOf(r)) })),
            ),
    );
}

const isWritable = (value: Abstract): boolean =>
    value.kind === "text" || value.kind === "unknown" || (value.kind === "scalar" && value.value !== null);

const isRoot = ({ kind }: Part): boolean => kind === "target" || kind === "service";

/** Merges texts that follow one another, and holes too, because a hole can be any text. */
function merged(left: Part[], right: Part[]): Part[] {
    const parts: Part[] = [];
    for (const next of [...left, ...right]) {
        const last = parts.at(-1);
        if (last?.kind === "text" && (next.kind === "text" || (last.text === "" && isRoot(next)))) {
            // An empty text before a root URL is left out.
            parts[parts.length - 1] = next.kind === "text" ? { kind: "text", text: last.text + next.text } : next;
        } else if (last?.kind === "hole" && next.kind === "hole") {
            parts[parts.length - 1] = worst([last.origin, next.origin]) === last.origin ? last : next;
        } else {
            parts.push(next);
        }
    }
    const long = parts.findIndex((p, index) => index >= MAX_PARTS || (p.kind === "text" && p.text.length > MAX_TEXT));
    if (long < 0) {
        return parts;
    }
    const cut = parts[long];
    const origin = worst(originsOf({ kind: "text", parts: parts.slice(long) }));
    return [
        ...parts.slice(0, long),
        ...(cut?.kind === "text" ? [{ kind: "text" as const, text: cut.text.slice(0, MAX_TEXT) }] : []),
        { kind: "hole", origin, from: "a long text", wide: true },
    ];
}

/** A map of these fields. It is cut off if it is nested too deep. */
export function mapValue(fields: ReadonlyMap<string, Values>, rest: Values = none): Abstract {
    const isDeep = [...fields.values(), rest].some((values) => depthOf(values) >= MAX_DEPTH);
    const cut = (values: Values): Values =>
        isDeep && depthOf(values) >= MAX_DEPTH
            ? [...topOf(present(values), "a deeply nested value"), ...values.filter((each) => each === absent)]
            : values;
    const all = isDeep ? new Map(Array.from(fields, ([key, values]) => [key, cut(values)])) : new Map(fields);
    return { kind: "map", fields: all, rest: cut(rest) };
}

/** A list; `items` has the items if each is known. */
export function listValue(each: Values, items?: Values[]): Abstract {
    return depthOf(each) >= MAX_DEPTH
        ? { kind: "list", each: topOf(each, "a deeply nested value") }
        : { kind: "list", each, ...(items && { items }) };
}

/** A map that an assignment or a join has made larger: if it has too many fields, they are no longer distinguished. */
export function widenedMap(fields: ReadonlyMap<string, Values>, rest: Values): Abstract {
    return fields.size <= MAX_FIELDS
        ? mapValue(fields, rest)
        : mapValue(new Map(), join([...present([...fields.values()].flat()), ...rest]));
}

const depths = new WeakMap<Abstract, number>();

function depthOf(values: Values): number {
    return values.reduce((most, value) => {
        if (value.kind !== "map" && value.kind !== "list") {
            return most;
        }
        let depth = depths.get(value);
        if (depth === undefined) {
            const inner = value.kind === "map" ? [...value.fields.values(), value.rest] : [value.each];
            depth = 1 + inner.reduce((deepest, each) => Math.max(deepest, depthOf(each)), 0);
            depths.set(value, depth);
        }
        return Math.max(most, depth);
    }, 0);
}

/** The least upper bound of these values if it is small enough, otherwise something above it. */
export function join(values: Values): Values {
    if (values.length < 2) {
        return values;
    }
    if (values.some((value) => value.kind === "unknown" && value.wide === true)) {
        const isOptional = values.includes(absent);
        return isOptional ? [...joinWithTop(present(values)), absent] : joinWithTop(values);
    }
    const maps: MapValue[] = [];
    const lists: ListValue[] = [];
    const texts = new Map<string, Abstract>();
    const scalars = new Map<string, Abstract>();
    const unfollowed = new Map<string, Abstract>();
    for (const value of values) {
        if (value.kind === "map") {
            maps.push(value);
        } else if (value.kind === "list") {
            lists.push(value);
        } else {
            (value.kind === "text" ? texts : value.kind === "scalar" ? scalars : unfollowed).set(keyOf(value), value);
        }
    }
    if (unfollowed.size > MAX_VALUES) {
        return join([...topOf(present(values)), ...values.filter((value) => value === absent)]);
    }
    const all = [
        ...unfollowed.values(),
        ...boundedTexts([...texts.values()]),
        ...boundedScalars([...scalars.values()]),
        ...(maps.length > 1 ? [joinMaps(maps)] : maps),
        ...(lists.length > 1 ? [joinLists(lists)] : lists),
    ];
    // Texts without a common beginning have become anything.
    return texts.size > MAX_VALUES && all.length > 1 ? join(all) : all;
}

/** The top joined with other values: itself, with the worst of the origins. */
function joinWithTop(values: Values): Values {
    const wide = values.filter((value) => value.kind === "unknown" && value.wide === true);
    const origin = worst(values.flatMap(originsOf));
    return [wide.find((value) => originsOf(value)[0] === origin) ?? topOf(values)[0] ?? absent];
}

/** The join of two values; the first itself if the second adds nothing. */
export function union(one: Values, other: Values): Values {
    if (one === other || other.length === 0) {
        return one;
    }
    if (one.length === 0) {
        return other;
    }
    const added = other.filter((value) => !one.includes(value));
    const known = added.length === 0 ? [] : one.map(keyOf);
    const more = added.filter((value) => !known.includes(keyOf(value)));
    return more.length === 0 ? one : join([...one, ...more]);
}

function joinMaps(maps: MapValue[]): Abstract {
    const keys = new Set(maps.flatMap((map) => [...map.fields.keys()]));
    // A key that one map does not name can be among its other keys, or be missing.
    const valuesOf = (key: string): Values => join(maps.flatMap((map) => map.fields.get(key) ?? [...map.rest, absent]));
    return widenedMap(new Map(Array.from(keys, (key) => [key, valuesOf(key)])), join(maps.flatMap((map) => map.rest)));
}

function joinLists(lists: ListValue[]): Abstract {
    return listValue(join(lists.flatMap((list) => list.each)));
}

/** Too many numbers become any number. */
function boundedScalars(values: Abstract[]): Values {
    if (values.length <= MAX_VALUES) {
        return values;
    }
    const kept = values.filter(
        (value) => value.kind === "scalar" && (value.value === null || typeof value.value === "boolean"),
    );
    return [...kept, ...part({ kind: "encoded", origin: "unknown", from: "a number", number: true })];
}

/** Too many texts become their common beginning followed by a hole, which also covers texts that come later. */
function boundedTexts(values: Abstract[]): Values {
    const wide = values.filter(isWide);
    const openings = wide.map(opening);
    // The shortest beginning covers those that begin with it, other beginnings too.
    const roots = openings.filter(
        (one, index) =>
            !openings.some((other, at) => one.startsWith(other) && (other.length < one.length || at < index)),
    );
    const apart = values.filter((value) => !roots.some((root) => opening(value).startsWith(root)));
    const covered = roots.map((root) => widened(values.filter((value) => opening(value).startsWith(root))));
    const all = [...apart, ...covered];
    return all.length > MAX_VALUES ? [widened(all)] : all;
}

function isWide(value: Abstract): boolean {
    const parts = partsOf(value);
    const last = parts.at(-1);
    return last?.kind === "hole" && last.wide === true && parts.length <= 2 && parts.slice(0, -1).every(isTextPart);
}

const isTextPart = (p: Part): boolean => p.kind === "text";

/** The literal beginning. */
function opening(value: Abstract): string {
    const first = partsOf(value)[0];
    return first?.kind === "text" ? first.text : "";
}

/** One value for all of these: their common beginning, and then anything. */
function widened(values: Abstract[]): Abstract {
    const [only] = values;
    if (only !== undefined && values.length === 1) {
        return only;
    }
    const origin: Origin = worst(values.flatMap(originsOf));
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
