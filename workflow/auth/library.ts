import type { Part, Values } from "./domain";
import { literalOf, none, numberFrom, part, singleLiteral, text, unknown, worst, originsOf } from "./domain";
import { concat, join, union } from "./join";

/** What a library function gives for what its arguments can be. */
export interface LibraryFunction {
    /** For calls with a map of arguments. */
    params: string[];
    apply(args: Values[], context: LibraryContext): Values;
}

export interface LibraryContext {
    /** What `sys.get_env` knows about a variable. */
    variable(name: string): Values | undefined;
}

const at = (args: Values[], index: number): Values => args[index] ?? none;
const word = part({ kind: "word" });

/** The built-in variables: https://docs.cloud.google.com/workflows/docs/reference/environment-variables. */
const builtIn = /^GOOGLE_CLOUD_(LOCATION|PROJECT_ID|PROJECT_NUMBER|WORKFLOW_\w+)$/;

/** Every combination of the literals that the arguments can be; `undefined` where one is not fully known. */
function combinations(args: Values[]): string[][] | undefined {
    return args.reduce<string[][] | undefined>(
        (rows, arg) => {
            const literals = arg.map(literalOf);
            return literals.every((literal) => literal !== undefined) && (rows?.length ?? 0) * literals.length <= 64
                ? rows?.flatMap((row) => literals.map((literal) => [...row, literal]))
                : undefined;
        },
        [[]],
    );
}

/** Folds a text function over values that are fully known. */
function folding(params: string[], fold: (...args: string[]) => Values): LibraryFunction {
    return {
        params,
        apply: (args) =>
            join(
                combinations(params.map((_, index) => at(args, index)))?.flatMap((row) => fold(...row)) ??
                    unknown(worst(args.flat().flatMap(originsOf)), "a text that cannot be computed here"),
            ),
    };
}

/** A known text in which known pieces give way to others, which may be anything. */
const replaceAll: LibraryFunction = {
    params: ["source", "substr", "repl"],
    apply: (args) => {
        const pieces = combinations([at(args, 0), at(args, 1)]);
        return pieces === undefined
            ? unknown(worst(args.flat().flatMap(originsOf)), "a text that cannot be computed here")
            : join(
                  pieces.flatMap(([source = "", part = ""]) =>
                      (part === "" ? [source] : source.split(part))
                          .map((piece) => text(piece))
                          .reduce((before, next) => concat(concat(before, at(args, 2)), next)),
                  ),
              );
    },
};

/** Percent-encoding leaves nothing that ends a host. */
function encoding(name: string): LibraryFunction {
    return {
        params: ["source"],
        apply: (args) => {
            const literal = singleLiteral(at(args, 0));
            return literal !== undefined
                ? text(encodeURIComponent(literal))
                : part({ kind: "encoded", origin: worst(at(args, 0).flatMap(originsOf)), from: `${name}()` });
        },
    };
}

const constant = (params: string[], value: Values): LibraryFunction => ({ params, apply: () => value });

/** Keeps where a value comes from, loses what it is. */
function opaque(params: string[], what: string): LibraryFunction {
    return { params, apply: (args) => unknown(worst(args.flat().flatMap(originsOf)), what) };
}

const number: Part = { kind: "encoded", origin: "unknown", from: "a number" };

/** The functions whose results can matter to a URL. Any other gives something unknown. */
export const library: Record<string, LibraryFunction | undefined> = {
    string: {
        params: ["value"],
        apply: (args) => concat(text(""), at(args, 0)),
    },
    int: { params: ["value"], apply: (args) => numberFrom(at(args, 0)) },
    len: constant(["value"], word),
    double: { params: ["value"], apply: (args) => union(part(number), numberFrom(at(args, 0))) },
    "sys.now": constant([], part(number)),
    "uuid.generate": constant([], word),
    default: {
        params: ["value", "default"],
        apply: (args) =>
            union(
                at(args, 0).filter((value) => !(value.kind === "scalar" && value.value === null)),
                at(args, 1),
            ),
    },
    if: { params: ["condition", "ifTrue", "ifFalse"], apply: (args) => union(at(args, 1), at(args, 2)) },
    "sys.get_env": {
        params: ["name", "default"],
        apply: (args, context) => {
            const name = singleLiteral(at(args, 0));
            if (name === undefined) {
                return unknown("env", "an environment variable");
            }
            const known = context.variable(name);
            if (known !== undefined) {
                return known;
            }
            return builtIn.test(name)
                ? word
                : union(
                      part({ kind: "hole", origin: "env", from: `the environment variable ${name}` }),
                      at(args, 1).filter((value) => literalOf(value) !== undefined),
                  );
        },
    },
    "map.get": {
        params: ["map", "keys"],
        apply: (args) => {
            const keys = at(args, 1);
            const path = keys[0]?.kind === "list" ? (keys[0].items ?? [keys[0].each]) : [keys];
            return path.reduce((value, key) => field(value, singleLiteral(key)), at(args, 0));
        },
    },
    "map.merge": {
        params: ["first", "second"],
        apply: (args) => {
            const [first] = at(args, 0);
            const [second] = at(args, 1);
            return first?.kind === "map" && second?.kind === "map"
                ? [
                      {
                          kind: "map",
                          fields: new Map([
                              // What is not known of the second may be any of the first's.
                              ...[...first.fields].map(([key, value]): [string, Values] => [
                                  key,
                                  union(value, second.rest),
                              ]),
                              ...second.fields,
                          ]),
                          rest: union(first.rest, second.rest),
                      },
                  ]
                : unknown(worst(args.flat().flatMap(originsOf)), "a merged map");
        },
    },
    "list.concat": { params: ["objs", "val"], apply: (args) => appended(args) },
    "list.prepend": { params: ["objs", "val"], apply: (args) => appended(args) },
    "text.to_lower": folding(["source"], (source) => text(source.toLowerCase())),
    "text.to_upper": folding(["source"], (source) => text(source.toUpperCase())),
    "text.url_decode": folding(["source"], (source) => decoded(source)),
    "text.replace_all": replaceAll,
    "text.split": folding(["source", "separator"], (source, separator) =>
        listOf(source.split(separator).map((s) => text(s))),
    ),
    "text.substring": {
        params: ["source", "start", "end"],
        apply: (args) => {
            const source = singleLiteral(at(args, 0));
            const [start, end] = [at(args, 1)[0], at(args, 2)[0]].map((v) =>
                v?.kind === "scalar" ? Number(v.value) : Number.NaN,
            );
            return source !== undefined && start !== undefined && end !== undefined && !Number.isNaN(start + end)
                ? text(Array.from(source).slice(start, end).join(""))
                : unknown(worst(at(args, 0).flatMap(originsOf)), "a part of a text");
        },
    },
    "text.url_encode": encoding("text.url_encode"),
    "text.url_encode_plus": encoding("text.url_encode_plus"),
    "json.decode": opaque(["data"], "decoded JSON"),
    "base64.decode": opaque(["data", "padding"], "decoded data"),
    "text.decode": opaque(["data", "charset"], "decoded data"),
    "text.replace_all_regex": opaque(["source", "pattern", "repl"], "a replaced text"),
    "text.find_all_regex": opaque(["source", "regexp"], "a part of a text"),
    "events.create_callback_endpoint": {
        params: ["http_callback_method"],
        apply: () => [
            {
                kind: "map",
                fields: new Map([["url", concat(text("https://workflowexecutions.googleapis.com/v1/"), word)]]),
                rest: none,
            },
        ],
    },
};

function decoded(source: string): Values {
    try {
        return text(decodeURIComponent(source.replaceAll(/%(?![0-9a-f]{2})/gi, "%25")));
    } catch {
        return unknown("unknown", "a text that cannot be decoded");
    }
}

export function listOf(items: Values[]): Values {
    return [{ kind: "list", items, each: join(items.flat()) }];
}

function appended(args: Values[]): Values {
    const lists = at(args, 0);
    const each = lists.flatMap((list) => (list.kind === "list" ? list.each : unknown("data", "a list")));
    return [{ kind: "list", each: union(join(each), at(args, 1)) }];
}

/** `object.name`; `undefined` is a name that cannot be computed. */
export function field(object: Values, name: string | undefined): Values {
    return join(
        object.flatMap((value): Values => {
            switch (value.kind) {
                case "map":
                    return name === undefined
                        ? join([...value.fields.values(), value.rest].flat())
                        : (value.fields.get(name) ?? value.rest);
                case "unknown":
                    return unknown(value.origin, name === undefined ? value.from : `${value.from}.${name}`);
                case "list":
                    return value.each;
                default:
                    return unknown(worst(originsOf(value)), name ?? "a field");
            }
        }),
    );
}
