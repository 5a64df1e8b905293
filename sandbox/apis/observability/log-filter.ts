import { type Json, invalidArgument } from "../framework";
import { compare, regularExpression } from "./log-comparison";
import { holdsText, segmentsOf, textOf, unescape, valuesAt } from "./log-fields";

type Test = (entry: Json) => boolean;

/** Compiled filters are cached, because alert policies use them for every entry. */
const compiled = new Map<string, Test>();
const COMPILED_KEPT = 200;

const SPACE = /(?:\s|--[^\n]*)*/y;
const WORD = /[^\s()"=<>!:~,]+/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const PATH = /[A-Za-z_][\w-]*(?:\.(?:"(?:[^"\\]|\\[\s\S])*"|[\w/@%-]+))*/y;
const OPERATOR = /=~|!~|>=|<=|!=|=|>|<|:/y;
/** A value can contain characters that a word cannot: `timestamp>=2024-01-01T00:00:00Z`. */
const VALUE = /[^\s()"]+/y;

/**
 * A query of Cloud Logging as a test of entries.
 * https://cloud.google.com/logging/docs/view/logging-query-language
 * @throws ApiError INVALID_ARGUMENT naming what is not understood
 */
export function compileLogFilter(query: string): Test {
    const known = compiled.get(query);
    if (known) {
        return known;
    }
    const test = new Parser(query).whole();
    if (compiled.size >= COMPILED_KEPT) {
        compiled.clear();
    }
    compiled.set(query, test);
    return test;
}

/** Brackets and negations in one another. Google's limit is not documented [K]. */
const DEEPEST = 100;

class Parser {
    private at = 0;
    private depth = 0;

    constructor(private readonly text: string) {}

    whole(): Test {
        this.skip();
        if (this.at >= this.text.length) {
            return () => true;
        }
        const test = this.conjunction();
        if (this.at < this.text.length) {
            throw this.problem("AND, OR or the end");
        }
        return test;
    }

    /** OR binds tighter than AND. A space alone means AND. */
    private conjunction(): Test {
        const tests = [this.disjunction()];
        while (this.at < this.text.length && this.text[this.at] !== ")") {
            this.keyword("AND");
            tests.push(this.disjunction());
        }
        return (entry) => tests.every((test) => test(entry));
    }

    private disjunction(): Test {
        const tests = [this.term()];
        while (this.keyword("OR")) {
            tests.push(this.term());
        }
        return (entry) => tests.some((test) => test(entry));
    }

    private term(): Test {
        if (++this.depth > DEEPEST) {
            throw this.problem(`at most ${DEEPEST} brackets and negations in one another`);
        }
        const test = this.nested();
        this.depth--;
        return test;
    }

    private nested(): Test {
        if (this.keyword("NOT") || this.symbol("-")) {
            const test = this.term();
            return (entry) => !test(entry);
        }
        if (!this.symbol("(")) {
            return this.restriction();
        }
        const test = this.conjunction();
        if (!this.symbol(")")) {
            throw this.problem(")");
        }
        return test;
    }

    private restriction(): Test {
        const quoted = this.take(QUOTED);
        if (quoted) {
            return holdsText(unescape(quoted[1] ?? ""));
        }
        const start = this.at;
        const path = this.take(PATH)?.[0];
        if (path === "log_id" && this.symbol("(")) {
            return this.logId();
        }
        if (path !== undefined && this.text[this.at] === "(") {
            throw this.problem("a comparison: of functions the sandbox has log_id() only");
        }
        const operator = path === undefined ? undefined : this.take(OPERATOR)?.[0];
        if (path !== undefined && operator !== undefined) {
            return this.comparison(path, operator);
        }
        this.at = start;
        const word = this.take(WORD)?.[0];
        if (word === undefined) {
            throw this.problem("a comparison: FIELD OPERATOR VALUE");
        }
        return holdsText(word);
    }

    private logId(): Test {
        const id = this.take(QUOTED)?.[1];
        if (id === undefined || !this.symbol(")")) {
            throw this.problem('log_id("LOG")');
        }
        return ({ logName }) => typeof logName === "string" && decodeURIComponent(logName).endsWith(`/logs/${id}`);
    }

    private comparison(path: string, operator: string): Test {
        const segments = segmentsOf(path);
        const matches = this.symbol("(") ? this.values(path, operator) : this.value(path, operator);
        return (entry) => valuesAt({ severity: "DEFAULT", ...entry }, segments).some(matches);
    }

    /** `severity=("ERROR" OR "ALERT")` compares the field with each value in the parentheses. */
    private values(path: string, operator: string): (found: unknown) => boolean {
        const alternatives = [[this.value(path, operator)]];
        while (!this.symbol(")")) {
            if (this.keyword("OR")) {
                alternatives.at(-1)?.push(this.value(path, operator));
            } else {
                this.keyword("AND");
                alternatives.push([this.value(path, operator)]);
            }
        }
        return (found) => alternatives.every((tests) => tests.some((test) => test(found)));
    }

    private value(path: string, operator: string): (found: unknown) => boolean {
        const quoted = this.take(QUOTED)?.[1];
        const wanted = quoted === undefined ? this.take(VALUE)?.[0] : unescape(quoted);
        if (wanted === undefined) {
            throw this.problem("a value");
        }
        if (operator === "=~" || operator === "!~") {
            const finds = regularExpression(wanted);
            return (found) => finds(textOf(found)) === (operator === "=~");
        }
        if (operator === ":" && wanted === "*" && quoted === undefined) {
            return () => true;
        }
        return (found) => compare(path, textOf(found), operator, wanted);
    }

    private keyword(word: string): boolean {
        const found =
            this.text.startsWith(word, this.at) && /^(\s|\(|"|$)/.test(this.text.slice(this.at + word.length));
        if (found) {
            this.advance(word.length);
        }
        return found;
    }

    private symbol(symbol: string): boolean {
        const found = this.text.startsWith(symbol, this.at);
        if (found) {
            this.advance(symbol.length);
        }
        return found;
    }

    private take(pattern: RegExp): RegExpExecArray | undefined {
        pattern.lastIndex = this.at;
        const found = pattern.exec(this.text) ?? undefined;
        if (found) {
            this.advance(found[0].length);
        }
        return found;
    }

    private advance(length: number): void {
        this.at += length;
        this.skip();
    }

    private skip(): void {
        SPACE.lastIndex = this.at;
        this.at += SPACE.exec(this.text)?.[0].length ?? 0;
    }

    private problem(expected: string): Error {
        const found = this.text.slice(this.at, this.at + 40);
        return invalidArgument(
            `Unparseable filter: expected ${expected}, found ${found === "" ? "the end" : `"${found}"`} in: ${this.text}`,
            "filter",
        );
    }
}
