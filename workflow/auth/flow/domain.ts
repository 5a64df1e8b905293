import { doubleText } from "../../run";

/** Who decides about a value that the source does not show. */
export type Origin = "caller" | "data" | "env" | "unknown";

/**
 * A piece of a text. What is not written in the source is a hole:
 * - `word` holds letters, digits, `-` and `_` only (a project, a location, a number): it cannot end a host;
 * - `encoded` may also hold `.` and `%`: it cannot end a host, but make it longer; a `number` that someone chooses is
 *   one of them, as it can make another host;
 * - `target` is a declared target's root URL, its audience or the name of its private service, which may not be known yet;
 * - `service` is the root URL of some Cloud Run service, or a function's URL, as a connector gave it;
 * - `hole` may hold anything.
 */
export type Part =
    | { kind: "text"; text: string }
    | { kind: "word" }
    | { kind: "encoded"; origin: Origin; from: string; number?: true }
    | { kind: "target"; name: string; what: "url" | "audience" | "private service" }
    | { kind: "service"; of: "run" | "function" }
    | Hole;

/** `wide` stands for values that were too many to follow one by one. */
interface Hole {
    kind: "hole";
    origin: Origin;
    from: string;
    wide?: true;
}

/** The place of a text that another tool fills in before the workflow is deployed. */
export const TEMPLATE_CHARACTER = "\uE000";

/** One thing that a value can be. */
export type Abstract =
    | { kind: "text"; parts: Part[] }
    /** A bigint is an integer, a number a double. */
    | { kind: "scalar"; value: null | boolean | bigint | number }
    /** A field that may be missing holds `absent` too; `rest` is what any other key can hold, if it is there. */
    | { kind: "map"; fields: Map<string, Values>; rest: Values }
    /** `items` if each item is known; `each` has the values that any of them can have. */
    | { kind: "list"; items?: Values[]; each: Values }
    /** Anything. `from` tells in words where it comes from: `the execution argument args.url`. */
    | { kind: "unknown"; origin: Origin; from: string; wide?: true }
    /** Only inside of a map: the field may be missing. */
    | { kind: "absent" };

/** Everything that a value can be. It is never changed in place. The empty set is the bottom of the lattice: as far as is known yet, no run gets there. */
export type Values = readonly Abstract[];

export const none: Values = [];
export const absent: Abstract = { kind: "absent" };
export const nothing: Abstract = { kind: "scalar", value: null };

/** The values without `absent`. */
export function present(values: Values): Values {
    return values.includes(absent) ? values.filter((value) => value !== absent) : values;
}

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

/** A number or a boolean that is computed from these values. */
export function numberFrom(values: Values): Values {
    return values.length > 0 && values.every(isWhole)
        ? part({ kind: "word" })
        : part({ kind: "encoded", origin: worst(values.flatMap(originsOf)), from: "a number", number: true });
}

function isWhole(value: Abstract): boolean {
    return value.kind === "scalar"
        ? typeof value.value !== "number"
        : value.kind === "text" && value.parts.length === 1 && value.parts[0]?.kind === "word";
}

export function unknown(origin: Origin, from: string): Values {
    return [{ kind: "unknown", origin, from }];
}

/** The text, if it has no hole. */
export function literalOf(value: Abstract): string | undefined {
    if (value.kind !== "text") {
        return undefined;
    }
    const [only, ...more] = value.parts;
    return only === undefined ? "" : more.length === 0 && only.kind === "text" ? only.text : undefined;
}

/** The single text that the values are, if there is only one and it is fully known. */
export function singleLiteral(values: Values): string | undefined {
    const [only] = values;
    return only !== undefined && values.length === 1 ? literalOf(only) : undefined;
}

/** The value as a text, as `+` and `string()` convert it. */
export function partsOf(value: Abstract): Part[] {
    switch (value.kind) {
        case "text":
            return value.parts;
        case "scalar":
            return [{ kind: "text", text: scalarText(value.value) }];
        case "unknown":
            return [{ ...value, kind: "hole" }];
        default:
            return [{ kind: "hole", origin: "data", from: `a ${value.kind}` }];
    }
}

function scalarText(value: null | boolean | bigint | number): string {
    return typeof value === "number" ? doubleText(value) : String(value);
}

const badness: Origin[] = ["env", "unknown", "data", "caller"];

/** Orders origins, the most trusted first. */
export const compareOrigins = (one: Origin, other: Origin): number => badness.indexOf(one) - badness.indexOf(other);

/** The least trusted of the origins; `unknown` if there is none. */
export function worst(origins: Origin[]): Origin {
    return (
        origins.reduce<Origin | undefined>(
            (worse, origin) =>
                worse === undefined || badness.indexOf(origin) > badness.indexOf(worse) ? origin : worse,
            undefined,
        ) ?? "unknown"
    );
}

/** The origins of the unknown parts of a value. */
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
        case "absent":
            return [];
    }
}

const keys = new WeakMap<Abstract, string>();

/** A key that is equal for equal values. */
export function keyOf(value: Abstract): string {
    const known = keys.get(value);
    const key = known ?? computeKey(value);
    if (known === undefined) {
        keys.set(value, key);
    }
    return key;
}

function computeKey(value: Abstract): string {
    switch (value.kind) {
        case "text":
            return value.parts.map((p) => (p.kind === "text" ? JSON.stringify(p.text) : JSON.stringify(p))).join("+");
        case "scalar":
            return `${typeof value.value} ${String(value.value)}`;
        case "unknown":
            return `?${value.origin} ${value.from} ${value.wide ?? ""}`;
        case "map":
            return `{${Array.from(value.fields, ([k, v]) => `${JSON.stringify(k)}:${keyOfAll(v)}`)
                .sort()
                .join()}|${keyOfAll(value.rest)}}`;
        case "list":
            return `[${value.items?.map(keyOfAll).join() ?? "*"}|${keyOfAll(value.each)}]`;
        case "absent":
            return "-";
    }
}

const listKeys = new WeakMap<Values, string>();

export function keyOfAll(values: Values): string {
    const [only] = values;
    if (only !== undefined && values.length === 1) {
        return keyOf(only);
    }
    const known = listKeys.get(values);
    const key = known ?? values.map(keyOf).sort().join("/");
    if (known === undefined) {
        listKeys.set(values, key);
    }
    return key;
}
