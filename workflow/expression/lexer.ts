import { ExpressionError } from "./error";

type TokenKind = "name" | "integer" | "double" | "string" | "operator" | "end";

/** `text` is the token as written; for a string, `value` is its value. */
export interface Token {
    kind: TokenKind;
    text: string;
    value: string;
    start: number;
    end: number;
}

const SPACE = /\s+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const OPERATOR = /\/\/|<=|>=|==|!=|[-+*/%<>().,[\]{}:]/y;
const ESCAPES: Readonly<Record<string, string>> = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "'": "'",
    b: "\b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
};
const HINTS: Readonly<Record<string, string>> = {
    "'": "strings are written in double quotes",
    "=": "comparison is ==",
    "&": "the operator is and",
    "|": "the operator is or",
    "!": "the operator is not",
    "}": 'a value is one expression as a whole: write ${"…" + name}, not several ${…} in one text',
    $: 'a value is one expression as a whole: write ${"…" + name}, not several ${…} in one text',
    "“": "use straight double quotes",
    "”": "use straight double quotes",
};

/**
 * Cuts the text of an expression into tokens; the last is always `end`.
 * @throws ExpressionError if no token begins with a character
 */
export function tokenize(text: string): Token[] {
    const tokens: Token[] = [];
    let at = 0;
    const match = (pattern: RegExp): string | undefined => {
        pattern.lastIndex = at;
        return pattern.exec(text)?.[0];
    };
    for (;;) {
        at += match(SPACE)?.length ?? 0;
        if (at >= text.length) {
            return [...tokens, { kind: "end", text: "", value: "", start: text.length, end: text.length }];
        }
        const token = string(text, at) ?? simpleToken(at, match) ?? unknown(text, at);
        tokens.push(token);
        at = token.end;
    }
}

function simpleToken(start: number, match: (pattern: RegExp) => string | undefined): Token | undefined {
    const number = match(NUMBER);
    if (number !== undefined) {
        const kind = /^\d+$/.test(number) ? "integer" : "double";
        return { kind, text: number, value: number, start, end: start + number.length };
    }
    const name = match(NAME);
    const text = name ?? match(OPERATOR);
    return text === undefined
        ? undefined
        : { kind: name === undefined ? "operator" : "name", text, value: text, start, end: start + text.length };
}

function string(text: string, start: number): Token | undefined {
    if (text[start] !== '"') {
        return undefined;
    }
    let value = "";
    let at = start + 1;
    while (text[at] !== '"') {
        if (at >= text.length) {
            throw new ExpressionError("this string has no closing double quote", start, text.length);
        }
        const escape = text[at] === "\\" ? readEscape(text, at) : { value: text.charAt(at), length: 1 };
        value += escape.value;
        at += escape.length;
    }
    return { kind: "string", text: text.slice(start, at + 1), value, start, end: at + 1 };
}

function readEscape(text: string, at: number): { value: string; length: number } {
    const code = /^\\u([0-9a-fA-F]{4})/.exec(text.slice(at, at + 6))?.[1];
    if (code !== undefined) {
        return { value: String.fromCharCode(parseInt(code, 16)), length: 6 };
    }
    const value = ESCAPES[text.charAt(at + 1)];
    if (value === undefined) {
        throw new ExpressionError(
            `unknown escape "${text.slice(at, at + 2)}" in a string: known are \\" \\\\ \\n \\t \\r \\b \\f \\uXXXX; a backslash itself is \\\\`,
            at,
            Math.min(at + 2, text.length),
        );
    }
    return { value, length: 2 };
}

function unknown(text: string, at: number): never {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const hint = HINTS[character];
    throw new ExpressionError(
        `unexpected character "${character}"${hint === undefined ? "" : `: ${hint}`}`,
        at,
        at + character.length,
    );
}
