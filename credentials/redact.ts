/**
 * What looks like a token, a key or an assertion: JWTs (`eyJ…`), Google's access and refresh tokens
 * (`ya29.…`, `1//…`), API keys (`AIza…`), private keys, and whatever follows `Bearer`.
 */
const secrets: [RegExp, string][] = [
    [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, "[private key]"],
    [/eyJ[\w-]*(\.[\w-]*)*/g, "[token]"],
    [/ya29[\w.-]*/g, "[token]"],
    [/\b1\/\/[\w-]{20,}/g, "[token]"],
    [/\bAIza[\w-]{30,}/g, "[key]"],
    [/(bearer\s+)(?!\[token\])[\w.~+/=-]{16,}/gi, "$1[token]"],
];

/** Whether there can be any of them: most texts hold none, and one look is cheaper than six. */
const suspicious = /eyJ|ya29|1\/\/|AIza|PRIVATE KEY|bearer/i;

/**
 * Takes tokens and keys out of a text that others wrote: error messages, bodies of answers. The last line of defence
 * of everything that is printed or kept; what this package writes itself holds no token to begin with.
 */
export function redact(text: string): string {
    if (!suspicious.test(text)) {
        return text;
    }
    return secrets.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** {@link redact} for every string inside a JSON value, keys included. */
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
