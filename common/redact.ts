/**
 * What looks like a token, a key or an assertion: JWTs (`eyJ…`), Google's access and refresh tokens
 * (`ya29.…`, `1//…`), these also in base64, API keys (`AIza…`), private keys, and whatever follows `Bearer`.
 */
const secrets: [RegExp, string][] = [
    [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, "[private key]"],
    [/eyJ[\w-]*(\.[\w-]*)*/g, "[token]"],
    [/ya29[\w.-]*/g, "[token]"],
    // The same in base64: `eyJ`, `ya29` and `Bearer ` at the beginning.
    [/(?:ZXlK|eWEyO|[QY]mVhcmVyI)[\w+/=-]{16,}/g, "[token]"],
    [/\b1\/\/[\w-]{20,}/g, "[token]"],
    [/\bAIza[\w-]{30,}/g, "[key]"],
    [/(bearer\s+)(?!\[token\])[\w.~+/=-]{16,}/gi, "$1[token]"],
];

/** Whether a text can contain any of them. Most texts contain none, and one expression is faster than all. */
const suspicious = /eyJ|ya29|ZXlK|eWEyO|mVhcmVyI|1\/\/|AIza|PRIVATE KEY|bearer/i;

/**
 * Removes tokens and keys from a text that others wrote, such as an error message or the body of an answer. It is the last
 * defence for everything that is printed or kept; texts of this package itself contain no token.
 */
export function redact(text: string): string {
    if (!suspicious.test(text)) {
        return text;
    }
    return secrets.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** Applies {@link redact} to every string in a JSON value, and to its keys. */
export function redactJson<T>(value: T): T {
    return redactValue(value) as T;
}

function redactValue(value: unknown): unknown {
    if (typeof value === "string") {
        return redact(value);
    }
    if (Array.isArray(value)) {
        return value.map(redactValue);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), redactValue(inner)]));
}

/**
 * Redacts a stream of lines: a private key that was printed line by line too, of which no line but the first and the last tells.
 * @returns what to make of each line, in the order in which they come
 */
export function redactLines(): (line: string) => string {
    let inKey = false;
    return (line) => {
        if (inKey) {
            inKey = !/-----END [A-Z ]*PRIVATE KEY-----/.test(line);
            return "[private key]";
        }
        inKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?!.*-----END)/.test(line);
        return redact(line);
    };
}

/** Shorter texts are replaced only where a message quotes them: within words they would stand by chance. */
const SHORT = 4;

/** What says nothing of a value that is secret, and stands in messages about any value. */
const WORDS = new Set(["true", "false", "null"]);

/** A message in which `[secret]` stands in the place of each of the texts, as it is and as JSON writes it. */
export function withoutTexts(message: string, texts: Iterable<string>): string {
    const longestFirst = [...texts]
        .filter((text) => !WORDS.has(text))
        .toSorted((one, other) => other.length - one.length);
    return longestFirst.reduce((text, secret) => {
        const quoted = text.replaceAll(`"${secret}"`, '"[secret]"');
        const escaped = JSON.stringify(secret).slice(1, -1);
        return secret.length < SHORT ? quoted : quoted.replaceAll(secret, "[secret]").replaceAll(escaped, "[secret]");
    }, message);
}
