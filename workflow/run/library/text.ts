import { RE2JS } from "re2js";
import { messageOf } from "../../../errors";
import { failure, mapOf, type RuntimeValue } from "../values";
import { define } from "./define";

const ENCODINGS = ["UTF-8"];

/** https://cloud.google.com/workflows/docs/reference/stdlib/text */
export const TEXTS = [
    define("text.encode", { data: "string", charset: "string?" }, ({ data, charset = "UTF-8" }) => {
        supported("text.encode", charset);
        return new Uint8Array(Buffer.from(data));
    }),
    define("text.decode", { data: "bytes", charset: "string?" }, ({ data, charset = "UTF-8" }) => {
        supported("text.decode", charset);
        return utf8(data, "text.decode");
    }),
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
    define("text.to_lower", { source: "string" }, ({ source }) => source.toLowerCase()),
    define("text.to_upper", { source: "string" }, ({ source }) => source.toUpperCase()),
    define("text.url_encode", { source: "string" }, ({ source }) => urlEncode(source)),
    define("text.url_encode_plus", { source: "string" }, ({ source }) => urlEncode(source).replaceAll("%20", "+")),
    define("text.url_decode", { source: "string" }, ({ source }) => {
        try {
            return decodeURIComponent(source.replaceAll("+", " "));
        } catch {
            throw failure("ValueError", `text.url_decode: "${source}" is not URL-encoded`);
        }
    }),
];

/** @throws WorkflowError `ValueError` if the bytes are no UTF-8 */
export function utf8(data: Uint8Array, name: string): string {
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
    } catch {
        throw failure("ValueError", `${name}: the bytes are not UTF-8`);
    }
}

/** Encodes all characters but the unreserved ones of RFC 3986. */
export function percentEncode(text: string): string {
    return encodeURIComponent(
        text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"),
    ).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** As `percentEncode`, and the tilde too: https://cloud.google.com/workflows/docs/reference/stdlib/text/url_encode */
const urlEncode = (text: string): string => percentEncode(text).replaceAll("~", "%7E");

function supported(name: string, charset: string): void {
    if (!ENCODINGS.includes(charset.toUpperCase())) {
        throw failure(
            "ValueError",
            `${name}: the charset "${charset}" is not supported; supported is ${ENCODINGS.join(", ")}`,
        );
    }
}

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
