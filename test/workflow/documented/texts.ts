import { module, TYPE, value, VALUE, type Documented } from "./row";

/** https://cloud.google.com/workflows/docs/reference/stdlib/text */
export const TEXT_FUNCTIONS: readonly Documented[] = module("text", {
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
    decode: [
        ["decodes bytes as UTF-8 by default", 'text.decode(text.encode("é"))', value("é")],
        ["takes the name of a charset", 'text.decode(base64.decode("sw=="), "ISO-8859-2")', value("ł")],
        ["reads the name in any case", 'text.decode(base64.decode("sw=="), "iso-8859-2")', value("ł")],
        [
            "writes U+FFFD for each byte that is no UTF-8",
            'text.decode(base64.decode("YeKCYg=="))',
            value("a\ufffd\ufffdb"),
        ],
        [
            "writes U+FFFD for each byte out of the charset",
            'text.decode(text.encode("é"), "US-ASCII")',
            value("\ufffd\ufffd"),
        ],
        ["refuses a charset that is not supported", 'text.decode(text.encode("a"), "LATIN-99")', VALUE],
        ["takes nothing but bytes", 'text.decode("a")', TYPE],
    ],
    encode: [
        ["encodes as UTF-8 by default", 'base64.encode(text.encode("é"))', value("w6k=")],
        ["takes the name of a charset", 'base64.encode(text.encode("ł", "ISO-8859-2"))', value("sw==")],
        ["reads the name in any case", 'base64.encode(text.encode("a", "us-ascii"))', value("YQ==")],
        ["refuses a charset that is not supported", 'text.encode("a", "LATIN-99")', VALUE],
        ["refuses a character that the charset lacks", 'text.encode("aé", "US-ASCII")', VALUE],
        ["refuses half a character", 'text.encode(json.decode("\\"\\\\ud800\\""))', VALUE],
        ["takes nothing but a string", "text.encode(1)", TYPE],
    ],
    to_lower: [
        ["maps the letters to small ones", 'text.to_lower("Hello Wörld ÀB")', value("hello wörld àb")],
        ["maps each letter alone", 'text.to_lower("ΣΑΣ")', value("σασ")],
        ["takes nothing but a string", "text.to_lower(1)", TYPE],
    ],
    to_upper: [
        ["maps the letters to capital ones", 'text.to_upper("Hello wörld àb")', value("HELLO WÖRLD ÀB")],
        ["maps no letter to several", 'text.to_upper("straße")', value("STRAßE")],
        ["takes nothing but a string", "text.to_upper(1)", TYPE],
    ],
    url_decode: [
        [
            "replaces escapes by what they stand for",
            'text.url_decode("a%2Fb%2Fc%3Fitem%3Dd%2Be")',
            value("a/b/c?item=d+e"),
        ],
        ["replaces plus signs by spaces", 'text.url_decode("a+b%2b")', value("a b+")],
        ["reads sequences of escapes as UTF-8", 'text.url_decode("%C3%A9%F0%9F%98%80")', value("é😀")],
        ["refuses a % without two hexadecimal digits", 'text.url_decode("%zz")', VALUE],
        ["refuses a % at the end", 'text.url_decode("a%2")', VALUE],
        ["refuses nothing else", 'text.url_decode("%FFa")', value("\ufffda")],
        ["takes nothing but a string", "text.url_decode(1)", TYPE],
    ],
    url_encode: [
        ["escapes spaces as %20", 'text.url_encode("a/b/c?item=d+e f")', value("a%2Fb%2Fc%3Fitem%3Dd%2Be%20f")],
        ["leaves letters, digits, points, hyphens and underscores", 'text.url_encode("aZ09.-_~")', value("aZ09.-_%7E")],
        ["escapes the bytes of UTF-8", 'text.url_encode("é")', value("%C3%A9")],
        ["takes nothing but a string", "text.url_encode(1)", TYPE],
    ],
    url_encode_plus: [
        [
            "replaces spaces by plus signs",
            'text.url_encode_plus("a/b/c?item=d+e f")',
            value("a%2Fb%2Fc%3Fitem%3Dd%2Be+f"),
        ],
        [
            "leaves letters, digits, points, hyphens and underscores",
            'text.url_encode_plus("aZ09.-_~")',
            value("aZ09.-_%7E"),
        ],
        ["takes nothing but a string", "text.url_encode_plus(null)", TYPE],
    ],
    substring: [
        ["cuts from start to before end", 'text.substring("hello", 2, 4)', value("ll")],
        ["counts negative indexes from the end", 'text.substring("hello", -3, -1)', value("ll")],
        ["takes the nearest end for an index out of range", 'text.substring("hello", -10, 10)', value("hello")],
        ["takes nothing but integers", 'text.substring("abc", 1.0, 2)', TYPE],
    ],
});
