import { invalidArgument } from "../framework";

type Attributes = Readonly<Record<string, string>>;
type Test = (attributes: Attributes) => boolean;

/** In bytes. */
const LONGEST = 256;
const TOKEN = /\s*(?:([().:,=]|!=)|("(?:[^"\\]|\\.)*")|(-(?![A-Za-z0-9_])|-?[A-Za-z0-9_][A-Za-z0-9_-]*))/y;

const compiled = new Map<string, Test>();
/** Filters that are compiled again if there are more. */
const KEPT = 1000;

/** Whether a subscription with a filter gets a message with these attributes. */
export function passes(filter: string, attributes: Attributes = {}): boolean {
    let test = compiled.get(filter);
    if (!test) {
        if (compiled.size >= KEPT) {
            compiled.clear();
        }
        compiled.set(filter, (test = compileMessageFilter(filter)));
    }
    return test(attributes);
}

/**
 * A filter of a subscription, in Pub/Sub's own language: `attributes:KEY`, `attributes.KEY = "VALUE"`, `!=`,
 * `hasPrefix(attributes.KEY, "PREFIX")`, `NOT`, and either `AND` or `OR` between the same brackets.
 * https://cloud.google.com/pubsub/docs/subscription-message-filter
 * @throws ApiError INVALID_ARGUMENT if it cannot be read or is longer than 256 bytes
 */
export function compileMessageFilter(filter: string): Test {
    if (Buffer.byteLength(filter) > LONGEST) {
        throw invalidArgument(
            `Invalid filter: it has ${Buffer.byteLength(filter)} bytes; at most ${LONGEST} are allowed`,
            "filter",
        );
    }
    return filter.trim() === "" ? () => true : new Parser(filter).parse();
}

class Parser {
    private readonly tokens: string[] = [];
    private at = 0;

    constructor(private readonly filter: string) {
        TOKEN.lastIndex = 0;
        while (TOKEN.lastIndex < filter.trimEnd().length) {
            const start = TOKEN.lastIndex;
            const [, sign, text, word] = TOKEN.exec(filter) ?? [];
            const token = sign ?? text ?? word;
            if (token === undefined) {
                throw invalidArgument(`Invalid filter at ${JSON.stringify(filter.slice(start))}`, "filter");
            }
            this.tokens.push(...(/^-./.test(token) ? ["-", token.slice(1)] : [token]));
        }
    }

    parse(): Test {
        const test = this.joined();
        return this.at < this.tokens.length ? this.fail("AND, OR or the end") : test;
    }

    /** Terms joined by AND, or by OR: Google takes both only with brackets between them. */
    private joined(): Test {
        const tests = [this.term()];
        const word = this.tokens[this.at];
        while ((word === "AND" || word === "OR") && this.accept(word)) {
            tests.push(this.term());
        }
        return word === "OR"
            ? (attributes) => tests.some((test) => test(attributes))
            : (attributes) => tests.every((test) => test(attributes));
    }

    private term(): Test {
        if (this.accept("NOT") || this.accept("-")) {
            const test = this.term();
            return (attributes) => !test(attributes);
        }
        if (this.accept("(")) {
            const test = this.joined();
            return this.accept(")") ? test : this.fail("), because AND and OR cannot be mixed without brackets");
        }
        return this.accept("hasPrefix") ? this.prefix() : this.comparison();
    }

    private prefix(): Test {
        this.expect("(");
        this.expect("attributes");
        this.expect(".");
        const key = this.key();
        this.expect(",");
        const begin = this.text();
        this.expect(")");
        return (attributes) => attributes[key]?.startsWith(begin) ?? false;
    }

    private comparison(): Test {
        this.expect("attributes");
        if (this.accept(":")) {
            const key = this.key();
            return (attributes) => Object.hasOwn(attributes, key);
        }
        this.expect(".");
        const key = this.key();
        const differs = this.accept("!=");
        if (!differs) {
            this.expect("=");
        }
        const value = this.text();
        // A message without the key differs too [K].
        return (attributes) => (attributes[key] === value) !== differs;
    }

    private key(): string {
        return this.tokens[this.at]?.startsWith('"')
            ? this.text()
            : (this.word() ?? this.fail("the key of an attribute"));
    }

    private word(): string | undefined {
        const token = this.tokens[this.at] ?? "";
        if (!/^[A-Za-z0-9_]/.test(token)) {
            return undefined;
        }
        this.at++;
        return token;
    }

    private text(): string {
        const token = this.tokens[this.at];
        if (!token?.startsWith('"')) {
            return this.fail("a text in double quotes");
        }
        this.at++;
        return unescaped(token.slice(1, -1));
    }

    private expect(token: string): void {
        if (!this.accept(token)) {
            this.fail(token);
        }
    }

    private accept(token: string): boolean {
        const found = this.tokens[this.at] === token;
        this.at += found ? 1 : 0;
        return found;
    }

    private fail(expected: string): never {
        const found = this.tokens[this.at];
        throw invalidArgument(
            `Invalid filter: expected ${expected}, found ${found ?? "the end"} in: ${this.filter}`,
            "filter",
        );
    }
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v" };

/** Unicode, hexadecimal and octal escapes too. */
function unescaped(text: string): string {
    return text.replace(
        /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{3})|(.))/gs,
        (_match, unicode?: string, hex?: string, octal?: string, other = "") => {
            const code = unicode ?? hex;
            if (code !== undefined || octal !== undefined) {
                return String.fromCharCode(
                    code === undefined ? Number.parseInt(octal ?? "0", 8) : Number.parseInt(code, 16),
                );
            }
            return ESCAPES[other as string] ?? String(other);
        },
    );
}
