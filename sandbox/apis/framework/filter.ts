import { invalidArgument } from "./errors";

/** Reads a field of an item as texts: several if the field repeats. `rest` is the path after the field's name. */
type FieldReader<Item> = (item: Item, rest: string) => readonly string[];
/** The fields that can be filtered and ordered by. */
export type FieldReaders<Item> = Readonly<Record<string, FieldReader<Item>>>;

type Test<Item> = (item: Item) => boolean;

const TOKEN = /\s*(?:([()])|(>=|<=|!=|=|<|>|:)|"((?:[^"\\]|\\.)*)"|([^\s()<>=!:"]+))/y;
const OPERATORS = new Set([">=", "<=", "!=", "=", "<", ">", ":"]);

/** Brackets and negations in one another. Google's limit is not documented [K]. */
const DEEPEST = 100;

interface Token {
    text: string;
    quoted: boolean;
}

/**
 * A filter as a test: comparisons joined by AND, OR (which binds tighter) and NOT, with parentheses. Times are compared
 * as times, durations (`3.5s`) as numbers. https://google.aip.dev/160
 * @throws ApiError INVALID_ARGUMENT naming what is not understood
 */
export function compileFilter<Item>(filter: string, fields: FieldReaders<Item>): Test<Item> {
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

    const conjunction = (): Test<Item> => {
        const tests = [disjunction()];
        // A space alone means AND.
        while (at < tokens.length && tokens[at]?.text !== ")") {
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
        if (accept("NOT") || accept("-")) {
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
        const path = tokens[at++]?.text ?? "";
        const [name = "", ...rest] = path.split(".");
        const read = fields[name];
        if (!read) {
            at--;
            throw problem(`one of the fields ${Object.keys(fields).join(", ")}`);
        }
        const operator = tokens[at++];
        const value = tokens[at++];
        if (!operator || operator.quoted || !OPERATORS.has(operator.text)) {
            at = Math.max(0, at - 2);
            throw problem("an operator such as =");
        }
        if (!value || (!value.quoted && (OPERATORS.has(value.text) || /^[()]$/.test(value.text)))) {
            at--;
            throw problem("a value");
        }
        return (item) => read(item, rest.join(".")).some((found) => holds(found, operator.text, value.text));
    };

    const test = conjunction();
    if (at < tokens.length) {
        throw problem("AND, OR or the end");
    }
    return test;
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
        const [, bracket, operator, quoted, bare] = found;
        tokens.push({
            text: bracket ?? operator ?? bare ?? (quoted ?? "").replace(/\\(.)/g, "$1"),
            quoted: quoted !== undefined,
        });
    }
    return tokens;
}

function holds(found: string, operator: string, wanted: string): boolean {
    if (operator === ":") {
        return wanted === "*" || found.toLowerCase().includes(wanted.toLowerCase());
    }
    const order = compare(found, wanted);
    if (operator === "=") {
        return order === 0;
    }
    if (operator === "!=") {
        return order !== 0;
    }
    return operator.startsWith(">")
        ? order > 0 || (operator === ">=" && order === 0)
        : order < 0 || (operator === "<=" && order === 0);
}

function compare(a: string, b: string): number {
    const [left, right] = [measure(a), measure(b)];
    if (left !== undefined && right !== undefined) {
        return left - right;
    }
    return a < b ? -1 : a > b ? 1 : 0;
}

/** Times become milliseconds; durations and numbers become numbers. */
function measure(text: string): number | undefined {
    if (/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[-+]\d{2}:\d{2})?)?$/.test(text)) {
        const time = Date.parse(text.includes("T") && !/(Z|[-+]\d{2}:\d{2})$/.test(text) ? `${text}Z` : text);
        return Number.isNaN(time) ? undefined : time;
    }
    return /^\d+(\.\d+)?s?$/.test(text) ? Number.parseFloat(text) : undefined;
}

/**
 * `startTime desc, state` as a comparison. https://google.aip.dev/132#ordering
 * @throws ApiError INVALID_ARGUMENT on an unknown field
 */
export function compileOrder<Item>(orderBy: string, fields: FieldReaders<Item>): (a: Item, b: Item) => number {
    const keys = orderBy
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")
        .map((part) => {
            const [, name = "", direction] = /^([\w.]+)(?:\s+(asc|desc))?$/i.exec(part) ?? [];
            const read = fields[name];
            if (!read) {
                throw invalidArgument(
                    `Invalid order_by "${part}": fields are ${Object.keys(fields).join(", ")}, each with asc or desc`,
                    "order_by",
                );
            }
            return { read, sign: direction?.toLowerCase() === "desc" ? -1 : 1 };
        });
    return (a, b) => {
        for (const { read, sign } of keys) {
            const order = compare(read(a, "")[0] ?? "", read(b, "")[0] ?? "");
            if (order !== 0) {
                return sign * order;
            }
        }
        return 0;
    };
}
