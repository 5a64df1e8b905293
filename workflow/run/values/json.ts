import { Double, doubleText, typeName, type RuntimeMap, type RuntimeValue } from "./value";
import { failure } from "./errors";

const MAX_DEPTH = 500;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON forbids them in strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORDS: readonly [string, RuntimeValue][] = [
    ["true", true],
    ["false", false],
    ["null", null],
];

/**
 * A value as JSON: integers exact, keys sorted [K: as every published result shows them].
 * @param indent for each level; none gives one line
 * @throws WorkflowError `ValueError` for bytes and infinite doubles, which have no JSON
 */
export function toJson(value: RuntimeValue, indent = ""): string {
    return write(value, indent, indent === "" ? "" : "\n");
}

function write(value: RuntimeValue, indent: string, line: string): string {
    if (typeof value === "string") {
        return JSON.stringify(value);
    }
    if (value instanceof Double) {
        if (!Number.isFinite(value.value)) {
            throw failure("ValueError", `${doubleText(value.value)} cannot be written as JSON`);
        }
        return doubleText(value.value);
    }
    if (value instanceof Uint8Array) {
        throw failure(
            "ValueError",
            `a value of type ${typeName(value)} cannot be written as JSON; encode it with base64.encode or text.decode`,
        );
    }
    const inner = line + indent;
    if (Array.isArray(value)) {
        const items = value.map((each) => inner + write(each, indent, inner));
        return items.length === 0 ? "[]" : `[${items.join(",")}${line}]`;
    }
    if (value instanceof Map) {
        const colon = line === "" ? ":" : ": ";
        const entries = [...value.keys()].sort().map((key) => {
            return `${inner}${JSON.stringify(key)}${colon}${write(value.get(key) ?? null, indent, inner)}`;
        });
        return entries.length === 0 ? "{}" : `{${entries.join(",")}${line}}`;
    }
    return String(value);
}

/**
 * Reads JSON: numbers without point and exponent are integers if they fit 64 bits, others doubles.
 * @throws SyntaxError with the offset
 */
export function fromJson(text: string): RuntimeValue {
    const reader = new JsonReader(text);
    return reader.whole();
}

class JsonReader {
    private at = 0;

    constructor(private readonly text: string) {}

    whole(): RuntimeValue {
        const value = this.value(0);
        this.match(SPACE);
        if (this.at < this.text.length) {
            throw this.problem();
        }
        return value;
    }

    private value(depth: number): RuntimeValue {
        if (depth > MAX_DEPTH) {
            throw new SyntaxError(`the JSON is nested deeper than ${MAX_DEPTH} levels`);
        }
        this.match(SPACE);
        switch (this.text[this.at]) {
            case "{":
                return this.map(depth);
            case "[":
                return this.list(depth);
            case '"':
                return this.string();
        }
        const word = WORDS.find(([each]) => this.text.startsWith(each, this.at));
        if (word !== undefined) {
            this.at += word[0].length;
            return word[1];
        }
        return this.number();
    }

    private number(): RuntimeValue {
        const text = this.match(NUMBER);
        if (text === "") {
            throw this.problem();
        }
        const number = Number(text);
        if (/[.eE]/.test(text)) {
            return new Double(number);
        }
        if (Number.isSafeInteger(number)) {
            return number + 0;
        }
        const exact = BigInt(text);
        return exact > INT64_MAX || exact < INT64_MIN ? new Double(number) : exact;
    }

    private string(): string {
        const text = this.match(STRING);
        if (text === "") {
            throw this.problem();
        }
        return JSON.parse(text) as string;
    }

    private list(depth: number): RuntimeValue[] {
        const items: RuntimeValue[] = [];
        this.at++;
        if (this.accept("]")) {
            return items;
        }
        do {
            items.push(this.value(depth + 1));
        } while (this.accept(","));
        return this.close("]", items);
    }

    private map(depth: number): RuntimeMap {
        const map: RuntimeMap = new Map();
        this.at++;
        if (this.accept("}")) {
            return map;
        }
        do {
            this.match(SPACE);
            const key = this.string();
            this.close(":", key);
            map.set(key, this.value(depth + 1));
        } while (this.accept(","));
        return this.close("}", map);
    }

    private accept(character: string): boolean {
        this.match(SPACE);
        const found = this.text[this.at] === character;
        this.at += found ? 1 : 0;
        return found;
    }

    private close<T>(character: string, value: T): T {
        if (!this.accept(character)) {
            throw this.problem();
        }
        return value;
    }

    private match(pattern: RegExp): string {
        pattern.lastIndex = this.at;
        const found = pattern.exec(this.text)?.[0] ?? "";
        this.at += found.length;
        return found;
    }

    private problem(): SyntaxError {
        const found =
            this.at < this.text.length ? `unexpected ${JSON.stringify(this.text[this.at])}` : "it ends too early";
        return new SyntaxError(`the text is no JSON: ${found} at offset ${this.at}`);
    }
}
