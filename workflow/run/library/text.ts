import { RE2JS } from "re2js";
import { messageOf } from "../../../errors";
import { failure, mapOf, type RuntimeValue } from "../values";
import { decode, decodeUtf8, encode, strictly } from "./charsets";
import { define } from "./define";

/** https://cloud.google.com/workflows/docs/reference/stdlib/text */
export const TEXTS = [
    define("text.encode", { text: "string", charset: "string?" }, ({ text, charset = "UTF-8" }) =>
        encode(text, charset),
    ),
    define("text.decode", { data: "bytes", charset: "string?" }, ({ data, charset = "UTF-8" }) =>
        decode(data, charset),
    ),
    define("text.find_all", { source: "string", substr: "string" }, ({ source, substr }) => findAll(source, substr)),
    define("text.find_all_regex", { source: "string", regexp: "string" }, ({ source, regexp }) =>
        findAllRegex(source, regexp),
    ),
    define("text.match_regex", { source: "string", regexp: "string" }, ({ source, regexp }) =>
        regex(regexp).matcher(source).find(),
    ),
    define("text.replace_all", { source: "string", substr: "string", repl: "string" }, ({ source, substr, repl }) =>
        limited(source.replaceAll(substr, () => repl)),
    ),
    define(
        "text.replace_all_regex",
        { source: "string", regexp: "string", repl: "string" },
        ({ source, regexp, repl }) => replaceAllRegex(source, regexp, repl),
    ),
    define("text.split", { source: "string", separator: "string" }, ({ source, separator }) => {
        if (separator === "") {
            throw failure("ValueError", "text.split: the separator is empty; text.find_all_regex finds characters");
        }
        return source.split(separator);
    }),
    // A negative index counts from the end, and an index out of range is the nearest end, as `slice` has it.
    define("text.substring", { source: "string", start: "integer", end: "integer" }, ({ source, start, end }) =>
        Array.from(source).slice(Number(start), Number(end)).join(""),
    ),
    define("text.to_lower", { source: "string" }, ({ source }) => letters(source, (each) => each.toLowerCase())),
    define("text.to_upper", { source: "string" }, ({ source }) => letters(source, (each) => each.toUpperCase())),
    define("text.url_encode", { source: "string" }, ({ source }) => urlEncode(source)),
    define("text.url_encode_plus", { source: "string" }, ({ source }) => urlEncode(source).replaceAll("%20", "+")),
    define("text.url_decode", { source: "string" }, ({ source }) => {
        if (/%(?![0-9A-Fa-f]{2})/.test(source)) {
            throw failure("ValueError", `text.url_decode: "${source}" has a % without two hexadecimal digits after it`);
        }
        const unescaped = source.replaceAll("+", " ").split(/((?:%[0-9A-Fa-f]{2})+)/);
        return unescaped
            .map((part, at) => (at % 2 === 1 ? decodeUtf8(Buffer.from(part.replaceAll("%", ""), "hex")) : part))
            .join("");
    }),
];

/** @throws WorkflowError `ValueError` if the bytes are no UTF-8 */
export function utf8(data: Uint8Array, name: string): string {
    const text = strictly(data);
    if (text === undefined) {
        throw failure("ValueError", `${name}: the bytes are not UTF-8`);
    }
    return text;
}

/** Maps each letter alone, to one letter: https://cloud.google.com/workflows/docs/reference/stdlib/text/to_lower */
function letters(text: string, map: (letter: string) => string): string {
    return Array.from(text, (each) => {
        const [first = "", ...rest] = map(each);
        // Unicode has one capital letter for "İ" and no single one for "ß".
        return rest.length === 0 ? first : each.toUpperCase() === each ? first : each;
    }).join("");
}

/** Encodes all characters but the unreserved ones of RFC 3986. */
export function percentEncode(text: string): string {
    return encodeURIComponent(
        text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"),
    ).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** As `percentEncode`, and the tilde too: https://cloud.google.com/workflows/docs/reference/stdlib/text/url_encode */
const urlEncode = (text: string): string => percentEncode(text).replaceAll("~", "%7E");

/** Refuses a text that is too long for a variable before it is made: replacements can make a text far longer. */
function limited(text: string): string {
    if (text.length > 2 * 1024 * 1024) {
        throw failure("ResourceLimitError", `the text has ${text.length} characters, more than an execution may hold`);
    }
    return text;
}

function findAll(source: string, substr: string): RuntimeValue {
    const found: RuntimeValue[] = [];
    for (let at = source.indexOf(substr); at >= 0 && substr !== ""; at = source.indexOf(substr, at + substr.length)) {
        found.push(characterIndex(source, at));
    }
    return found;
}

function characterIndex(source: string, at: number): number {
    return Array.from(source.slice(0, at)).length;
}

/** Compiles a regular expression in RE2's syntax. It matches leftmost-longest. */
function regex(pattern: string): RE2JS {
    try {
        return RE2JS.compile(pattern, RE2JS.LONGEST_MATCH);
    } catch (error) {
        throw failure("ValueError", `"${pattern}" is no regular expression of RE2: ${messageOf(error)}`);
    }
}

function findAllRegex(source: string, pattern: string): RuntimeValue {
    const found: RuntimeValue[] = [];
    const matcher = regex(pattern).matcher(source);
    while (matcher.find()) {
        found.push(mapOf({ index: characterIndex(source, matcher.start()), match: matcher.group() ?? "" }));
    }
    return found;
}

/**
 * Replaces every match. The replacement has no references to groups: all of it is text.
 * https://cloud.google.com/workflows/docs/reference/stdlib/text/replace_all_regex
 */
function replaceAllRegex(source: string, pattern: string, replacement: string): string {
    const matcher = regex(pattern).matcher(source);
    let result = "";
    let end = 0;
    while (matcher.find()) {
        result = limited(result + source.slice(end, matcher.start()) + replacement);
        end = matcher.end();
    }
    return result + source.slice(end);
}
