import { module, TYPE, value, VALUE, type Documented } from "./row";

const TEXTS = module("text", {
    find_all: [
        ["lists where the text begins", 'text.find_all("abab", "ab")', value([0, 2])],
        ["counts characters", 'text.find_all("😀a", "a")', value([1])],
        ["takes the leftmost of overlapping ones", 'text.find_all("aaa", "aa")', value([0])],
        ["takes nothing but strings", 'text.find_all("abc", 1)', TYPE],
    ],
    find_all_regex: [
        ["lists index and match", 'text.find_all_regex("a1", "[0-9]")', value([{ index: 1, match: "1" }])],
        [
            "takes the longest of those that begin together",
            'text.find_all_regex("aab", "a|aab")',
            value([{ index: 0, match: "aab" }]),
        ],
        ["reads RE2", 'text.find_all_regex("a", "(?=a)")', VALUE],
    ],
    match_regex: [
        ["says whether the expression matches", 'text.match_regex("abc", "b.")', value(true)],
        ["refuses what is no expression", 'text.match_regex("abc", "[")', VALUE],
        ["takes nothing but strings", 'text.match_regex("abc", 1)', TYPE],
    ],
    replace_all: [
        ["replaces each", 'text.replace_all("a.b.c", ".", "-")', value("a-b-c")],
        ["takes nothing but strings", 'text.replace_all("a", "a", 1)', TYPE],
    ],
    replace_all_regex: [
        ["replaces each match", 'text.replace_all_regex("one two", "one|two", "three")', value("three three")],
        ["takes the longest of those that begin together", 'text.replace_all_regex("aab", "a|aab", "-")', value("-")],
        ["has no references to groups", 'text.replace_all_regex("a1", "([a-z])", "\\\\1")', value("\\11")],
        [
            "matches nothing at the begin and after each character",
            'text.replace_all_regex("a😀", "", "-")',
            value("-a-😀-"),
        ],
        ["refuses what is no expression", 'text.replace_all_regex("a1", "[", "")', VALUE],
        ["takes nothing but strings", 'text.replace_all_regex("a", "a", 1)', TYPE],
    ],
    split: [
        ["cuts at the leftmost of overlapping separators", 'text.split("baaab", "aa")', value(["b", "ab"])],
        ["keeps an empty text at the begin", 'text.split("abc", "a")', value(["", "bc"])],
        ["keeps an empty text at the end", 'text.split("abc", "c")', value(["ab", ""])],
        ["keeps empty texts between", 'text.split("abbc", "b")', value(["a", "", "c"])],
        ["gives the whole where nothing is found", 'text.split("abc", "x")', value(["abc"])],
        ["refuses an empty separator", 'text.split("abc", "")', VALUE],
        ["takes nothing but strings", 'text.split(null, ",")', TYPE],
    ],
    substring: [
        ["cuts from start to before end", 'text.substring("hello", 2, 4)', value("ll")],
        ["counts negative indexes from the end", 'text.substring("hello", -3, -1)', value("ll")],
        ["takes the nearest end for an index out of range", 'text.substring("hello", -10, 10)', value("hello")],
        ["takes nothing but integers", 'text.substring("abc", 1.0, 2)', TYPE],
    ],
});

const MORE_TEXTS = module(
    "text",
    {
        decode: [
            ["decodes bytes", 'text.decode(text.encode("é"))', value("é")],
            ["refuses bytes that are no UTF-8", 'text.decode(base64.decode("/w=="))', VALUE],
            ["takes nothing but bytes", 'text.decode("a")', TYPE],
        ],
        encode: [
            ["encodes as UTF-8", 'base64.encode(text.encode("é"))', value("w6k=")],
            ["names the charset", 'text.decode(text.encode("a", "UTF-8"), "UTF-8")', value("a")],
            ["refuses what it does not know", 'text.encode("a", "LATIN-9")', VALUE],
            ["takes nothing but a string", "text.encode(1)", TYPE],
        ],
        to_lower: [
            ["writes small letters", 'text.to_lower("ÀB")', value("àb")],
            ["takes nothing but a string", "text.to_lower(1)", TYPE],
        ],
        to_upper: [
            ["writes capital letters", 'text.to_upper("àb")', value("ÀB")],
            ["takes nothing but a string", "text.to_upper(1)", TYPE],
        ],
        url_decode: [
            ["decodes", 'text.url_decode("a%20b")', value("a b")],
            ["refuses what is not encoded so", 'text.url_decode("%zz")', VALUE],
            ["takes nothing but a string", "text.url_decode(1)", TYPE],
        ],
        url_encode: [
            ["encodes blanks as %20, and the tilde", 'text.url_encode("a b~")', value("a%20b%7E")],
            ["takes nothing but a string", "text.url_encode(1)", TYPE],
        ],
        url_encode_plus: [
            ["encodes blanks as +", 'text.url_encode_plus("a b&c")', value("a+b%26c")],
            ["takes nothing but a string", "text.url_encode_plus(null)", TYPE],
        ],
    },
    true,
);

/** https://cloud.google.com/workflows/docs/reference/stdlib/text */
export const TEXT_FUNCTIONS: readonly Documented[] = [...TEXTS, ...MORE_TEXTS];
