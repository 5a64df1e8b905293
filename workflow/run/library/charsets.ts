import { failure, type WorkflowError } from "../values";

/** A character set with one byte a character: the bytes in the order of the array, and the byte of each character. */
interface Table {
    characters: readonly string[];
    bytes: ReadonlyMap<string, number>;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const named = (prefix: string, numbers: readonly number[]): string[] => numbers.map((each) => `${prefix}${each}`);

/** IANA names. The pages name UTF-8, US-ASCII and ISO-8859-2 as examples; which others there are is [K]. */
const CHARSETS = [
    "UTF-8",
    "US-ASCII",
    ...named("ISO-8859-", [...range(1, 11), ...range(13, 16)]),
    ...named("windows-", [874, ...range(1250, 1258)]),
    ...["KOI8-R", "KOI8-U", "IBM866", "macintosh"],
];
const UNKNOWN = "\ufffd";
const tables = new Map<string, Table>();

/**
 * https://cloud.google.com/workflows/docs/reference/stdlib/text/encode
 * @throws WorkflowError `ValueError` if the charset is not supported, or has no such character
 */
export function encode(text: string, charset: string): Uint8Array {
    const name = find(charset, "text.encode");
    if (name === "UTF-8") {
        // With the flag `u` this finds only halves of a pair that stand alone, which are no characters.
        const half = /\p{Surrogate}/u.exec(text)?.[0];
        if (half !== undefined) {
            throw noCharacter(name, half);
        }
        return new Uint8Array(Buffer.from(text));
    }
    const { bytes } = tableOf(name);
    const encoded: number[] = [];
    for (const character of text) {
        const found = bytes.get(character);
        if (found === undefined) {
            throw noCharacter(name, character);
        }
        encoded.push(found);
    }
    return Uint8Array.from(encoded);
}

/**
 * Each byte that cannot be decoded becomes U+FFFD: https://cloud.google.com/workflows/docs/reference/stdlib/text/decode
 * @throws WorkflowError `ValueError` if the charset is not supported
 */
export function decode(data: Uint8Array, charset: string): string {
    const name = find(charset, "text.decode");
    if (name === "UTF-8") {
        return decodeUtf8(data);
    }
    const { characters } = tableOf(name);
    return Array.from(data, (byte) => characters[byte] ?? UNKNOWN).join("");
}

/** Reads UTF-8, with U+FFFD for each byte that is no part of a character. */
export function decodeUtf8(data: Uint8Array): string {
    const whole = strictly(data);
    if (whole !== undefined) {
        return whole;
    }
    let text = "";
    for (let at = 0; at < data.length;) {
        const lead = data[at] ?? 0;
        const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        const character = strictly(data.subarray(at, at + size));
        text += character ?? UNKNOWN;
        at += character === undefined ? 1 : size;
    }
    return text;
}

/** The text of bytes that are UTF-8 as a whole. */
export function strictly(data: Uint8Array): string | undefined {
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
    } catch {
        return undefined;
    }
}

function find(charset: string, caller: string): string {
    const name = CHARSETS.find((each) => each.toLowerCase() === charset.toLowerCase());
    if (name === undefined) {
        throw failure(
            "ValueError",
            `${caller}: the charset "${charset}" is not supported; supported are ${CHARSETS.join(", ")}`,
        );
    }
    return name;
}

function noCharacter(charset: string, character: string): WorkflowError {
    const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return failure("ValueError", `text.encode: ${charset} has no character U+${point}; UTF-8 has all characters`);
}

/** The table of a charset, made when it is first used. */
function tableOf(charset: string): Table {
    const known = tables.get(charset);
    if (known !== undefined) {
        return known;
    }
    const decoder = new TextDecoder(charset);
    const characters = range(0, 255).map((byte) => {
        // JavaScript decodes US-ASCII and ISO-8859 as Windows does, which has more characters.
        if (byte < 0x80 || (charset.startsWith("ISO-") && byte < 0xa0)) {
            return String.fromCharCode(byte);
        }
        const character = decoder.decode(Uint8Array.of(byte));
        // It also reads bytes that a charset of Windows does not define, as control characters.
        return charset === "US-ASCII" || /[\x80-\x9f]/.test(character) ? UNKNOWN : character;
    });
    const bytes = new Map(characters.map((character, byte) => [character, byte] as const));
    bytes.delete(UNKNOWN);
    const table = { characters, bytes };
    tables.set(charset, table);
    return table;
}
