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

/** A row for each algorithm that the page names. */
const algorithms = (args: string, call: string): Row[] =>
    ["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"].map((name) => [
        `knows ${name}`,
        `len(${call}(${args}, "${name}"))`,
        value({ MD5: 16, SHA1: 20, SHA224: 28, SHA256: 32, SHA384: 48, SHA512: 64 }[name]),
    ]);

const HASH = module("hash", {
    compute_checksum: [
        [
            "computes a checksum in bytes",
            'base64.encode(hash.compute_checksum(text.encode("Hello World"), "SHA256"))',
            value("pZGm1Av0IEBKARczz7exkNYsZb8LzaMrV7J32a2fFG4="),
        ],
        ...algorithms('text.encode("a")', "hash.compute_checksum"),
        ["refuses what is not supported", 'hash.compute_checksum(text.encode("a"), "CRC7")', VALUE],
        ["takes nothing but bytes", 'hash.compute_checksum("a", "MD5")', TYPE],
        ["takes a string as algorithm", 'hash.compute_checksum(text.encode("a"), 256)', TYPE],
    ],
    compute_hmac: [
        [
            "computes the code in bytes",
            'base64.encode(hash.compute_hmac(text.encode("key"), text.encode("Hello World"), "SHA256"))',
            value("QidPcoCDkuWLV9co1+PA5RY+rwfRZdwDEF9iq74afRE="),
        ],
        ...algorithms('text.encode("k"), text.encode("a")', "hash.compute_hmac"),
        ["refuses what is not supported", 'hash.compute_hmac(text.encode("k"), text.encode("a"), "CRC7")', VALUE],
        ["takes a key of bytes", 'hash.compute_hmac("k", text.encode("a"), "SHA1")', TYPE],
        ["takes data of bytes", 'hash.compute_hmac(text.encode("k"), "a", "SHA1")', TYPE],
        ["takes a string as algorithm", 'hash.compute_hmac(text.encode("k"), text.encode("a"), null)', TYPE],
    ],
});

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

const LISTS = module("list", {
    concat: [
        ["adds an element at the end of a copy", 'list.concat(["zero", "one"], "two")', value(["zero", "one", "two"])],
        ["adds a list as one element", "list.concat([1], [2])", value([1, [2]])],
        ["takes nothing but a list", "list.concat(1, 2)", TYPE],
    ],
    prepend: [
        [
            "adds an element at the start of a copy",
            'list.prepend(["one", "two"], "zero")',
            value(["zero", "one", "two"]),
        ],
        ["adds a list as one element", "list.prepend([1], [2])", value([[2], 1])],
        ["takes nothing but a list", "list.prepend(null, 2)", TYPE],
    ],
});

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

const MATHS = module("math", {
    abs: [
        ["gives the absolute value of an integer", "math.abs(-123)", value(123)],
        ["gives the absolute value of a double", "math.abs(-1.5)", value(1.5)],
        ["refuses the least integer", "math.abs(-9223372036854775807 - 1)", VALUE],
        ["takes nothing but numbers", 'math.abs("1")', TYPE],
    ],
    max: [
        ["gives the maximum of two numbers", "math.max(123, -456.7)", value(123)],
        ["gives an integer for two integers", "get_type(math.max(1, 2))", value("integer")],
        ["gives a double where one is a double", "get_type(math.max(2, 1.5))", value("double")],
        ["takes nothing but numbers", "math.max(1, null)", TYPE],
        ["takes nothing but numbers, first too", 'math.max("a", 1)', TYPE],
    ],
    min: [
        ["gives the minimum of two numbers", "math.min(123, -456.7)", value(-456.7)],
        ["gives an integer for two integers", "get_type(math.min(1, 2))", value("integer")],
        ["gives a double where one is a double", "get_type(math.min(1, 1.5))", value("double")],
        ["takes nothing but numbers", "math.min(1, null)", TYPE],
        ["takes nothing but numbers, first too", 'math.min("a", 1)', TYPE],
    ],
});

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
    ...module("time", {
        format: [
            ["writes microseconds", "time.format(1720788633)", value("2024-07-12T12:50:33.000000Z")],
            ["takes a double", "time.format(1704903354.615087)", value("2024-01-10T16:15:54.615087Z")],
            ["takes a zone", 'time.format(1720788633, "GMT")', value("2024-07-12T12:50:33.000000Z")],
            [
                "writes the offset of a zone",
                'time.format(1720788633, "Europe/Paris")',
                value("2024-07-12T14:50:33.000000+02:00"),
            ],
            ["takes an empty zone for UTC", 'time.format(0, "")', value("1970-01-01T00:00:00.000000Z")],
            ["writes years of four digits", "time.format(253402300799)", value("9999-12-31T23:59:59.000000Z")],
            ["refuses years of more digits", "time.format(253402300800)", VALUE],
            ["writes times before 1970", "time.format(-1.5)", value("1969-12-31T23:59:58.500000Z")],
            ["refuses an unknown zone", 'time.format(0, "Mars/Base")', VALUE],
            ["takes nothing but a number", 'time.format("0")', TYPE],
        ],
        parse: [
            ["gives seconds", 'time.parse("2024-05-08T12:01:00.000000Z")', value(1715169660)],
            ["gives a double", 'get_type(time.parse("1970-01-01T00:00:10Z"))', value("double")],
            ["reads microseconds", 'time.parse("1970-01-01T00:00:00.615087Z")', value(0.615087)],
            ["reads offsets", 'time.parse("1970-01-01T01:00:00.25+01:00")', value(0.25)],
            ["reads small letters, as RFC 3339 allows", 'time.parse("1970-01-01t00:00:01z")', value(1)],
            ["refuses what is no time", 'time.parse("yesterday")', VALUE],
            ["refuses a time without a zone", 'time.parse("1970-01-01T00:00:00")', VALUE],
            ["refuses a day without a time", 'time.parse("1970-01-01")', VALUE],
            ["refuses an hour that there is not", 'time.parse("2024-05-08T24:00:00Z")', VALUE],
            ["refuses an offset that there is not", 'time.parse("2024-05-08T12:00:00+24:00")', VALUE],
            ["refuses a second that there is not", 'time.parse("2024-05-08T12:00:61Z")', VALUE],
            ["refuses a day that there is not", 'time.parse("2023-02-29T00:00:00Z")', VALUE],
            ["takes nothing but a string", "time.parse(1)", TYPE],
        ],
    }),
    ...module("uuid", {
        generate: [
            [
                "gives a random UUID as text",
                'text.match_regex(uuid.generate(), "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")',
                value(true),
            ],
        ],
    }),
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
