import { HELPERS } from "./helpers";
import { module, TYPE, value, VALUE, type Documented, type Row } from "./row";
import { TEXT_FUNCTIONS } from "./texts";

const BASE64 = module("base64", {
    decode: [
        ["decodes to bytes", 'get_type(base64.decode("YWI="))', value("bytes")],
        ["ignores carriage returns and newlines", 'text.decode(base64.decode("Y\\r\\nWI\\n="))', value("ab")],
        ["needs padding unless it is told otherwise", 'base64.decode("YWI")', VALUE],
        ["needs no padding where it is switched off", 'text.decode(base64.decode("YWI", false))', value("ab")],
        ["refuses what is not in the alphabet", 'base64.decode("_-8=")', VALUE],
    ],
    encode: [
        ["encodes bytes", 'base64.encode(text.encode("ab"))', value("YWI=")],
        ["leaves the padding away", 'base64.encode(text.encode("ab"), false)', value("YWI")],
        ["takes nothing but bytes", 'base64.encode("ab")', TYPE],
    ],
});

const HASH = module(
    "hash",
    {
        compute_checksum: [
            ["gives bytes", 'get_type(hash.compute_checksum(text.encode("a"), "SHA256"))', value("bytes")],
            [
                "knows MD5",
                'base64.encode(hash.compute_checksum(text.encode(""), "MD5"))',
                value("1B2M2Y8AsgTpgAmY7PhCfg=="),
            ],
            ["refuses what it does not know", 'hash.compute_checksum(text.encode("a"), "CRC7")', VALUE],
            ["takes nothing but bytes", 'hash.compute_checksum("a", "MD5")', TYPE],
        ],
        compute_hmac: [
            [
                "gives bytes",
                'base64.encode(hash.compute_hmac(text.encode("k"), text.encode("a"), "SHA1"))',
                value("QOfUQcrbF7B/BQNBqiOmgg7YHIs="),
            ],
            ["takes a key of bytes", 'hash.compute_hmac("k", text.encode("a"), "SHA1")', TYPE],
        ],
    },
    true,
);

const encoded = (name: string): readonly Row[] => {
    const call =
        name === "encode"
            ? (args: string) => `text.decode(json.encode(${args}))`
            : (args: string) => `json.encode_to_string(${args})`;
    return [
        ["writes JSON", call('{"a": [1, true, null]}'), value('{"a":[1,true,null]}')],
        ["indents by four blanks", call("[1], true"), value("[\n    1\n]")],
        ["takes an empty map for true", call("[1], {}"), value("[\n    1\n]")],
        ["takes false for no indentation", call("[1], false"), value("[1]")],
        ["begins lines with the prefix", call('[1], {"prefix": ">", "indent": " "}'), value("[\n> 1\n>]")],
        ["refuses bytes", call('text.encode("a")'), VALUE],
        ["refuses bytes within", call('{"a": [text.encode("a")]}'), VALUE],
    ];
};

const JSONS = module("json", {
    decode: [
        ["reads a string", 'json.decode("{\\"a\\": [1]}")', value({ a: [1] })],
        ["reads bytes", 'json.decode(text.encode("1"))', value(1)],
        ["refuses what is no JSON", 'json.decode("{")', VALUE],
        ["takes nothing else", "json.decode(1)", TYPE],
    ],
    encode: [["gives bytes", "get_type(json.encode(1))", value("bytes")], ...encoded("encode")],
    encode_to_string: encoded("encode_to_string"),
});

const LISTS = module(
    "list",
    {
        concat: [
            ["adds an element at the end of a copy", "list.concat([1], [2])", value([1, [2]])],
            ["takes nothing but a list", "list.concat(1, 2)", TYPE],
        ],
        prepend: [
            ["adds an element at the begin of a copy", "list.prepend([1], 2)", value([2, 1])],
            ["takes nothing but a list", "list.prepend(null, 2)", TYPE],
        ],
    },
    true,
);

const MAPS = module("map", {
    delete: [
        ["leaves the key out of a copy", 'map.delete({"a": 1, "b": 2}, "a")', value({ b: 2 })],
        ["copies the map where the key is missing", 'map.delete({"a": 1}, "x")', value({ a: 1 })],
        ["takes nothing but a map", 'map.delete([1], "x")', TYPE],
        ["takes nothing but a string as key", "map.delete({}, 1)", TYPE],
    ],
    get: [
        ["reads a key", 'map.get({"a": 1}, "a")', value(1)],
        ["gives null where the key is missing", 'map.get({"a": 1}, "b")', value(null)],
        ["gives null where the map is none", 'map.get([1], "a")', value(null)],
        ["follows a list of keys", 'map.get({"a": {"b": 1}}, ["a", "b"])', value(1)],
        ["gives null where something on the way is no map", 'map.get({"a": 1}, ["a", "b", "c"])', value(null)],
        ["takes strings as keys", 'map.get({"a": 1}, 1)', TYPE],
        ["takes strings in a list of keys", 'map.get({"a": 1}, ["a", 1])', TYPE],
    ],
    merge: [
        ["lets the second map win", 'map.merge({"a": 1, "b": 1}, {"b": 2})', value({ a: 1, b: 2 })],
        ["merges no maps within", 'map.merge({"a": {"x": 1}}, {"a": {"y": 2}})', value({ a: { y: 2 } })],
        ["takes nothing but maps", "map.merge({}, null)", TYPE],
    ],
    merge_nested: [
        ["merges maps within", 'map.merge_nested({"a": {"x": 1}}, {"a": {"y": 2}})', value({ a: { x: 1, y: 2 } })],
        ["lets the second win elsewhere", 'map.merge_nested({"a": {"x": 1}}, {"a": 2})', value({ a: 2 })],
        ["takes nothing but maps", "map.merge_nested(1, {})", TYPE],
    ],
});

const MATHS = module(
    "math",
    {
        abs: [
            ["removes the sign of an integer", "math.abs(-5)", value(5)],
            ["removes the sign of a double", "math.abs(-1.5)", value(1.5)],
            ["takes nothing but numbers", 'math.abs("1")', TYPE],
        ],
        max: [
            ["gives the larger", "math.max(1, 2.5)", value(2.5)],
            ["takes nothing but numbers", "math.max(1, null)", TYPE],
        ],
        min: [
            ["gives the smaller", "math.min(1, 2.5)", value(1)],
            ["takes nothing but numbers", 'math.min("a", 1)', TYPE],
        ],
    },
    true,
);

const OTHERS = [
    ...module("sys", {
        get_env: [
            ["reads a variable", 'sys.get_env("HAVE")', value("it")],
            ["gives the default where there is none", 'sys.get_env("NOPE", "d")', value("d")],
            ["takes nothing but a string as name", "sys.get_env(1)", TYPE],
            ["takes nothing but a string as default", 'sys.get_env("HAVE", 5)', TYPE],
        ],
        now: [["gives seconds as a double", "get_type(sys.now())", value("double")]],
    }),
    ...module(
        "time",
        {
            format: [
                ["writes microseconds", "time.format(1720788633)", value("2024-07-12T12:50:33.000000Z")],
                ["writes a part of a second", "time.format(1.5)", value("1970-01-01T00:00:01.500000Z")],
                [
                    "writes the offset of a zone",
                    'time.format(1720788633, "Europe/Berlin")',
                    value("2024-07-12T14:50:33.000000+02:00"),
                ],
                ["takes an empty zone for UTC", 'time.format(0, "")', value("1970-01-01T00:00:00.000000Z")],
                ["refuses an unknown zone", 'time.format(0, "Mars/Base")', VALUE],
                ["takes nothing but a number", 'time.format("0")', TYPE],
            ],
            parse: [
                ["gives seconds as a double", 'get_type(time.parse("1970-01-01T00:00:10Z"))', value("double")],
                ["reads offsets and parts of a second", 'time.parse("1970-01-01T01:00:00.25+01:00")', value(0.25)],
                ["refuses what is no time", 'time.parse("yesterday")', VALUE],
                ["takes nothing but a string", "time.parse(1)", TYPE],
            ],
        },
        true,
    ),
    ...module("uuid", { generate: [["gives a UUID", "len(uuid.generate())", value(36)]] }, true),
];

export const FUNCTIONS: readonly Documented[] = [
    ...HELPERS,
    ...BASE64,
    ...HASH,
    ...JSONS,
    ...LISTS,
    ...MAPS,
    ...MATHS,
    ...TEXT_FUNCTIONS,
    ...OTHERS,
];
