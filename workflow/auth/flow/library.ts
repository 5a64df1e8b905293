import {
    type Abstract,
    none,
    numberFrom,
    originsOf,
    part,
    singleLiteral,
    text,
    unknown,
    type Values,
    worst,
} from "./domain";
import { exactValues } from "./constant-folding";
import type { FlowKind } from "./routine-state";
import { concat, join, listValue, mapValue, union } from "./join";
import { type Argument, unknownFrom, merge, valueAtKeys, withoutKey } from "./maps";

/** The result of a library function for the values of its arguments. An argument that is not given is `undefined`. */
type Transfer = (args: readonly Argument[], context: LibraryContext) => Values;

export interface LibraryContext {
    /** What `sys.get_env` knows about a variable. */
    variable(name: string): Values | undefined;
    /** For tests of the resolver's own proof: what is not followed. */
    without?: FlowKind | undefined;
}

const argumentAt = (args: readonly Argument[], index: number): Values => args[index] ?? none;
const word = part({ kind: "word" });

/** The built-in variables: https://docs.cloud.google.com/workflows/docs/reference/environment-variables. */
const builtIn = /^GOOGLE_CLOUD_(LOCATION|PROJECT_ID|PROJECT_NUMBER|WORKFLOW_\w+)$/;

/**
 * The functions whose results are known in part if their arguments are known in part. Arguments that
 * are fully known were given to the interpreter's own functions before; any other function has an unknown result.
 */
export const library: Readonly<Record<string, Transfer>> = {
    string: ([value = none]) => concat(text(""), value),
    int: ([value = none]) => numberFrom(value),
    double: ([value = none]) => numberFrom([...value, { kind: "scalar", value: 0.5 }]),
    len: ([value = none]) => (value.every(isOfKnownLength) ? word : numberFrom(value)),
    get_type: () => word,
    "sys.now": () => part({ kind: "encoded", origin: "unknown", from: "a number", number: true }),
    "uuid.generate": () => word,
    default: (args) =>
        argumentAt(args, 0).some(mayBeNull)
            ? union(notNull(argumentAt(args, 0)), argumentAt(args, 1))
            : argumentAt(args, 0),
    if: (args) => union(argumentAt(args, 1), argumentAt(args, 2)),
    keys: ([map = none]) => [listValue(keysOf(map))],
    "sys.get_env": environmentVariable,
    "map.get": ([map = none, keys = none], { without }) =>
        join(keys.flatMap((key) => valueAtKeys(map, key, without === "keys of any number"))),
    "map.merge": ([first = none, second = none]) =>
        join(first.flatMap((one) => second.flatMap((two) => merge(one, two)))),
    "map.delete": ([map = none, key = none]) => join(map.flatMap((each) => withoutKey(each, key))),
    "list.concat": (args) => extended(argumentAt(args, 0), argumentAt(args, 1)),
    "list.prepend": (args) => extended(argumentAt(args, 0), argumentAt(args, 1)),
    "text.replace_all": replaceAll,
    "text.url_encode": (args) => encoded(args, "text.url_encode()"),
    "text.url_encode_plus": (args) => encoded(args, "text.url_encode_plus()"),
    "events.create_callback_endpoint": () => [
        mapValue(
            new Map([
                [
                    "url",
                    concat(
                        text("https://workflowexecutions.googleapis.com/v1/"),
                        part({ kind: "hole", origin: "unknown", from: "the address of a callback" }),
                    ),
                ],
            ]),
        ),
    ],
};

/** Whether the source alone decides how long a value is. */
const isOfKnownLength = (value: Abstract): boolean =>
    originsOf(value).length === 0 || (value.kind === "list" && value.items !== undefined);
const isNull = (value: Abstract): boolean => value.kind === "scalar" && value.value === null;
const mayBeNull = (value: Abstract): boolean => isNull(value) || value.kind === "unknown";
const notNull = (values: Values): Values => values.filter((value) => !isNull(value));

function environmentVariable(args: readonly Argument[], context: LibraryContext): Values {
    const name = singleLiteral(argumentAt(args, 0));
    const otherwise = args[1] ?? none;
    const known = name === undefined ? undefined : context.variable(name);
    if (known !== undefined) {
        return known;
    }
    if (name !== undefined && builtIn.test(name)) {
        return word;
    }
    const what = name === undefined ? "an environment variable" : `the environment variable ${name}`;
    // If the variable is not set, the result is the default, which can be any value of the source.
    return union(unknown("env", what), otherwise);
}

function extended(lists: Values, value: Values): Values {
    return join(
        lists.flatMap((list): Values =>
            list.kind === "list" ? [listValue(union(list.each, value))] : unknownFrom([[list], value], "a list"),
        ),
    );
}

/** A known text in which known pieces are replaced by any values. */
function replaceAll(args: readonly Argument[]): Values {
    const sources = exactValues(argumentAt(args, 0));
    const pieces = exactValues(argumentAt(args, 1));
    if (sources === undefined || pieces === undefined || sources.length * pieces.length > 16) {
        return unknownFrom(args, "a text that cannot be computed here");
    }
    return join(
        sources.flatMap((source) =>
            pieces.flatMap((piece) =>
                typeof source !== "string" || typeof piece !== "string" || piece === ""
                    ? unknownFrom(args, "a text that cannot be computed here")
                    : source
                          .split(piece)
                          .map((each) => text(each))
                          .reduce((before, next) => concat(concat(before, argumentAt(args, 2)), next)),
            ),
        ),
    );
}

/** A percent-encoded text has no character that ends a host. */
function encoded(args: readonly Argument[], what: string): Values {
    return part({ kind: "encoded", origin: worst(argumentAt(args, 0).flatMap(originsOf)), from: what });
}

/** The keys of maps, in the order of `for … in` and `keys`. */
export function keysOf(maps: Values): Values {
    return join(
        maps.flatMap((map): Values => {
            if (map.kind !== "map") {
                return map.kind === "unknown" ? unknownFrom([[map]], `a key of ${map.from}`) : none;
            }
            const known = [...map.fields.keys()].flatMap((key) => text(key));
            return map.rest.length === 0 ? known : [...known, ...unknownFrom([map.rest], "a key of a map")];
        }),
    );
}

/** The values that a loop iterates over: the items of a list, or the keys of a map. */
export function elementsOf(values: Values): Values {
    return join(
        values.flatMap((value): Values => {
            switch (value.kind) {
                case "list":
                    return value.each;
                case "unknown":
                    return unknown(value.origin, `an item of ${value.from}`);
                case "text":
                    return unknownFrom([[value]], "an item");
                default:
                    return keysOf([value]);
            }
        }),
    );
}

export function listOf(items: Values[]): Values {
    return [listValue(join(items.flat()), items)];
}
