import { ORDERS } from "./programs";
import type { Random } from "./random";

type Type = "text" | "number" | "boolean" | "list" | "map";

/** What is made of the types of a choice: an expression, or a part of one. */
type Make = (sub: (type: Type) => string, random: Random) => string;

const COIN = "len(uuid.generate()) % 2 == 0";
const TEXTS = ["", "u", "a", "b", "/x", ".other.example", "true", "1", "a,b", ORDERS];

/** Every operator and every pure function, by the type of what it gives. Arguments of another type are rare, not absent. */
const makers: Record<Type, readonly Make[]> = {
    text: [
        (sub) => `${sub("text")} + ${sub("text")}`,
        (sub) => `${sub("text")} + ${sub("number")}`,
        (sub) => `${sub("boolean")} + ${sub("text")}`,
        (sub, random) => `string(${sub(random.pick(["text", "number", "boolean"]))})`,
        (sub) => `default(${sub("text")}, ${sub("text")})`,
        (sub) => `default(map.get(${sub("map")}, ${sub("text")}), ${sub("text")})`,
        (sub, random) => `map.get(${sub("map")}, ${sub(random.pick(["text", "list"]))}, ${sub("text")})`,
        (sub) => `if(${sub("boolean")}, ${sub("text")}, ${sub("text")})`,
        (sub) => `text.replace_all(${sub("text")}, ${sub("text")}, ${sub("text")})`,
        (sub) => `text.replace_all_regex(${sub("text")}, "[a-c]+", ${sub("text")})`,
        (sub) => `text.substring(${sub("text")}, 0, ${sub("number")})`,
        (sub) => `text.to_lower(${sub("text")})`,
        (sub) => `text.to_upper(${sub("text")})`,
        (sub) => `text.url_encode(${sub("text")})`,
        (sub) => `text.url_encode_plus(${sub("text")})`,
        (sub) => `text.url_decode(text.url_encode(${sub("text")}))`,
        (sub) => `text.decode(base64.decode(base64.encode(text.encode(${sub("text")}))))`,
        (sub) => `json.decode(json.encode_to_string(${sub("text")}))`,
        (sub) => `json.encode_to_string(${sub("map")})`,
        (sub) => `get_type(${sub("map")})`,
        (sub) => `${sub("list")}[${sub("number")}]`,
        (sub) => `${sub("map")}[${sub("text")}]`,
        (sub, random) => `${sub("map")}.${random.pick(["u", "a", "b"])}`,
        (sub) => `keys(${sub("map")})[${sub("number")}]`,
        (sub, random) => `sys.get_env("${random.pick(["ORDERS_URL", "PARTNER_URL", "UNSET"])}", ${sub("text")})`,
        (sub) => `text.split(${sub("text")}, ${sub("text")})[0]`,
    ],
    number: [
        (sub, random) => `${sub("number")} ${random.pick(["+", "-", "*", "/", "//", "%"])} ${sub("number")}`,
        (sub) => `-${sub("number")}`,
        (sub) => `int(${sub("number")})`,
        (sub) => `int(string(${sub("number")}))`,
        (sub) => `double(${sub("number")})`,
        (sub, random) => `len(${sub(random.pick(["text", "list", "map"]))})`,
        (sub, random) => `math.${random.pick(["max", "min"])}(${sub("number")}, ${sub("number")})`,
        (sub) => `math.abs(${sub("number")})`,
        (sub) => `if(${sub("boolean")}, ${sub("number")}, ${sub("number")})`,
        (sub) => `default(${sub("number")}, ${sub("number")})`,
        (sub) => `${sub("list")}[${sub("number")}]`,
    ],
    boolean: [
        (sub) => `${sub("boolean")} and ${sub("boolean")}`,
        (sub) => `${sub("boolean")} or ${sub("boolean")}`,
        (sub) => `not ${sub("boolean")}`,
        (sub) => `${sub("text")} in ${sub("map")} and ${sub("map")}.u == ${sub("text")}`,
        (sub) => `${sub("text")} in ${sub("list")}`,
        (sub, random) => `${sub("text")} ${random.pick(["==", "!=", "<", ">="])} ${sub("text")}`,
        (sub, random) => `${sub("number")} ${random.pick(["==", "<", "<=", ">"])} ${sub("number")}`,
        (sub) => `text.match_regex(${sub("text")}, "a|b")`,
        () => COIN,
    ],
    list: [
        (sub) => `[${sub("text")}, ${sub("text")}]`,
        (sub) => `[${sub("text")}]`,
        () => "[]",
        (sub) => `list.concat(${sub("list")}, ${sub("text")})`,
        (sub) => `list.prepend(${sub("list")}, ${sub("text")})`,
        (sub) => `list.concat(${sub("list")}, ${sub("list")})`,
        (sub) => `keys(${sub("map")})`,
        (sub) => `text.split(${sub("text")}, ",")`,
        (sub) => `text.find_all(${sub("text")}, "a")`,
        (sub) => `text.find_all_regex(${sub("text")}, "a|b")`,
        (sub) => `if(${sub("boolean")}, ${sub("list")}, ${sub("list")})`,
    ],
    map: [
        (sub) => `{"u": ${sub("text")}}`,
        (sub) => `{"a": ${sub("map")}, "u": ${sub("text")}}`,
        (sub) => `{"a": ${sub("list")}, "b": ${sub("number")}}`,
        (sub) => `{${sub("text")}: ${sub("text")}, "u": ${sub("text")}}`,
        (sub) => `{"u": ${sub("text")}, ${sub("text")}: ${sub("text")}}`,
        () => "{}",
        (sub) => `map.merge(${sub("map")}, ${sub("map")})`,
        (sub) => `map.merge_nested(${sub("map")}, ${sub("map")})`,
        (sub) => `map.delete(${sub("map")}, ${sub("text")})`,
        (sub) => `json.decode(json.encode_to_string(${sub("map")}))`,
        (sub, random) => `map.get(${sub("map")}, ${sub(random.pick(["text", "list"]))})`,
        (sub) => `map.get({"a": {"u": ${sub("text")}, "b": {"u": ${sub("text")}}}}, ${sub("list")})`,
        (sub) => `${sub("map")}.a`,
        (sub) => `if(${sub("boolean")}, ${sub("map")}, ${sub("map")})`,
        (sub) => `default(map.get(${sub("map")}, "a"), ${sub("map")})`,
    ],
};

const variables: Record<Type, readonly string[]> = {
    text: ["t", "s"],
    number: ["n", "k"],
    boolean: ["f"],
    list: ["l"],
    map: ["m", "d"],
};
const given: Record<Type, readonly string[]> = {
    text: ["args.url", "args.other"],
    number: ["args.number"],
    boolean: ["args.flag"],
    list: ["args.keys", "args.list"],
    map: ["args.map", "args"],
};
const types = Object.keys(makers) as Type[];

function leaf(type: Type, random: Random, isStart: boolean): string {
    const literals: Record<Type, () => string> = {
        text: () => JSON.stringify(random.pick(TEXTS)),
        number: () => random.pick(["0", "1", "2", "-1", "0.5", "8443"]),
        boolean: () => random.pick(["true", "false", COIN]),
        list: () => random.pick(["[]", '["a", "u"]', '["a"]']),
        map: () => random.pick(["{}", `{"u": ${JSON.stringify(ORDERS)}}`, '{"a": {"u": "a", "b": {"u": "b"}}}']),
    };
    return random.weighted([
        [2, literals[type]],
        [2, () => random.pick(given[type]) ?? "args"],
        [isStart ? 0 : 4, () => random.pick(variables[type]) ?? "t"],
    ]);
}

/** An expression of a type, most often: the arguments of its functions are of other types now and then. */
function expressionOf(type: Type, random: Random, depth: number, isStart = false): string {
    const own = random.chance(0.04) ? (random.pick(types) ?? type) : type;
    if (depth <= 0 || random.chance(0.2)) {
        return leaf(own, random, isStart);
    }
    const make = random.pick(makers[own]);
    const made = make?.((inner) => `(${expressionOf(inner, random, depth - 1, isStart)})`, random);
    return made ?? leaf(own, random, isStart);
}

/**
 * A program that computes values by every operator and function of the language, of arguments that are known, known in part
 * or not known. Each value is the argument of a call, so that what a run has there is compared with what was foreseen.
 */
export function computationOf(random: Random): object {
    let count = 0;
    const guarded = (action: object): object => ({
        [`s${count++}`]: {
            try: action,
            except: { as: `e${count}`, steps: [{ [`s${count++}`]: { assign: [{ ignored: 1 }] } }] },
        },
    });
    const value = (type: Type, isStart = false): string => `\${${expressionOf(type, random, 3, isStart)}}`;
    const all = types.flatMap((type) => variables[type].map((name) => ({ name, type })));
    const set = (): object => {
        const { name, type } = random.pick(all) ?? { name: "t", type: "text" };
        const part = random.weighted<string>([
            [6, () => name],
            [type === "map" ? 6 : 0, () => `${name}[${expressionOf("text", random, 1)}]`],
            [type === "map" ? 2 : 0, () => `${name}.a.u`],
            [type === "list" ? 6 : 0, () => `${name}[${expressionOf("number", random, 1)}]`],
        ]);
        return { assign: [{ [part]: value(part === name ? type : "text") }] };
    };
    const steps = Array.from({ length: 6 }, () => [
        guarded(random.chance(0.3) ? { switch: [{ condition: `\${${COIN}}`, ...set() }] } : set()),
        guarded({ call: "sys.log", args: { data: value(random.pick(types) ?? "text") } }),
    ]).flat();
    return {
        main: {
            params: ["args"],
            steps: [
                {
                    init: {
                        assign: all.map(({ name, type }) => ({ [name]: `\${${leaf(type, random, true)}}` })),
                    },
                },
                ...steps,
            ],
        },
    };
}
