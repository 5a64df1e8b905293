import { invalidArgument } from "../errors";
import { holds, problemOf, type Wanted } from "./comparison";
import type { FieldReaders, Fields } from "./fields";
import { asFields } from "./order";

type Test<Item> = (item: Item) => boolean;

const TOKEN = /\s*(?:([()])|(>=|<=|!=|=|<|>|:)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s()<>=!:"']+))/y;
/** What is no text unless it is in quotes. */
const WORDS = new Set(["(", ")", "AND", "OR", "NOT"]);
const OPERATORS = new Set([">=", "<=", "!=", "=", "<", ">", ":"]);

/** Brackets and negations in one another. Google's limit is not documented [K]. */
const DEEPEST = 100;

interface Token {
    text: string;
    quoted: boolean;
    /** Whether nothing is between it and what comes before it. */
    attached: boolean;
}

/**
 * A filter as a test: comparisons joined by AND, OR (which binds tighter) and NOT, with parentheses. Times are compared
 * as times, durations (`3.5s`) as numbers. https://google.aip.dev/160
 * @throws ApiError INVALID_ARGUMENT naming what is not understood
 */
export function compileFilter<Item>(filter: string, fields: FieldReaders<Item> | Fields<Item>): Test<Item> {
    const known = asFields(fields);
    const tokens = tokenize(filter);
    if (tokens.length === 0) {
        return () => true;
    }
    let at = 0;
    const problem = (expected: string): Error =>
        invalidArgument(
            `Invalid list filter: expected ${expected}, found ${tokens[at] ? `"${tokens[at]?.text ?? ""}"` : "the end"} in: ${filter}`,
            "filter",
        );
    const accept = (word: string): boolean => {
        const token = tokens[at];
        const found = token !== undefined && !token.quoted && token.text === word;
        if (found) {
            at++;
        }
        return found;
    };
    /** A minus that is written to the word which it negates. */
    const acceptMinus = (): boolean => {
        const token = tokens[at];
        if (!token || token.quoted || !/^-./.test(token.text)) {
            return false;
        }
        tokens[at] = { ...token, text: token.text.slice(1) };
        return true;
    };

    const conjunction = (): Test<Item> => {
        const tests = [disjunction()];
        // A space alone means AND.
        while (at < tokens.length && !isClosing(tokens[at])) {
            accept("AND");
            tests.push(disjunction());
        }
        return (item) => tests.every((test) => test(item));
    };
    const disjunction = (): Test<Item> => {
        const tests = [term()];
        while (accept("OR")) {
            tests.push(term());
        }
        return (item) => tests.some((test) => test(item));
    };
    let depth = 0;
    const term = (): Test<Item> => {
        if (++depth > DEEPEST) {
            throw problem(`at most ${DEEPEST} brackets and negations in one another`);
        }
        const test = nested();
        depth--;
        return test;
    };
    const nested = (): Test<Item> => {
        if (accept("NOT") || accept("-") || acceptMinus()) {
            const test = term();
            return (item) => !test(item);
        }
        if (!accept("(")) {
            return comparison();
        }
        const test = conjunction();
        if (!accept(")")) {
            throw problem(")");
        }
        return test;
    };
    const comparison = (): Test<Item> => {
        const start = at;
        const path = pathAt();
        const operator = tokens[at];
        const field = known.find(path);
        if (!operator || operator.quoted || !OPERATORS.has(operator.text)) {
            return word(start);
        }
        if (!field) {
            at = start;
            throw problem(`one of the fields ${known.names.join(", ")}`);
        }
        at++;
        const wanted = valueAt();
        const wrong = problemOf(field, operator.text, wanted);
        if (wrong !== undefined) {
            at--;
            throw problem(wrong);
        }
        return (item) => holds(field, field.read(item), operator.text, wanted);
    };
    /** `labels.env`; a name with other characters is in quotes: `labels."a.b"`. */
    const pathAt = (): string[] => {
        const token = tokens[at++];
        const path = token?.quoted ? [token.text] : (token?.text ?? "").split(".");
        while (path.at(-1) === "" && tokens[at]?.quoted) {
            path[path.length - 1] = tokens[at++]?.text ?? "";
        }
        return path;
    };
    /** A word or a text without an operator: items of which any text contains it. */
    const word = (start: number): Test<Item> => {
        const [token] = tokens.slice(start);
        if (!token || !known.texts || !isText(token)) {
            const isField = token && !token.quoted && known.find(token.text.split("."));
            at = isField ? at : start;
            throw problem(isField ? "an operator such as =" : `one of the fields ${known.names.join(", ")}`);
        }
        at = start + 1;
        const wanted = token.text.toLowerCase();
        return (item) => known.texts?.(item).some((text) => text.toLowerCase().includes(wanted)) ?? false;
    };
    const valueAt = (): Wanted => {
        const value = tokens[at];
        if (!value || !isText(value)) {
            throw problem("a value");
        }
        at++;
        if (value.quoted || !tokens[at]?.attached || !accept("(")) {
            return { text: value.text };
        }
        const argument = tokens[at++];
        if (!argument || !isText(argument) || !accept(")")) {
            throw problem(`one text and ) after ${value.text}(`);
        }
        return { text: argument.text, function: value.text };
    };

    const test = conjunction();
    if (at < tokens.length) {
        throw problem("AND, OR or the end");
    }
    return test;
}

function isClosing(token: Token | undefined): boolean {
    return token?.text === ")" && !token.quoted;
}

/** Whether a token is a text in quotes or a word, and no operator or bracket. */
function isText({ text, quoted }: Token): boolean {
    return quoted || !(OPERATORS.has(text) || WORDS.has(text));
}

function tokenize(filter: string): Token[] {
    const tokens: Token[] = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < filter.trimEnd().length) {
        const start = TOKEN.lastIndex;
        const found = TOKEN.exec(filter);
        if (!found) {
            throw invalidArgument(`Invalid list filter at "${filter.slice(start)}"`, "filter");
        }
        const [, bracket, operator, double, single, bare] = found;
        const quoted = double ?? single;
        tokens.push({
            text: bracket ?? operator ?? bare ?? (quoted ?? "").replace(/\\(.)/g, "$1"),
            quoted: quoted !== undefined,
            attached: start > 0 && !/^\s/.test(found[0]),
        });
    }
    return tokens;
}
