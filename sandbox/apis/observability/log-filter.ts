import { createRequire } from "node:module";
import type * as Re2 from "re2js";
import { type Json, invalidArgument, isObject } from "../framework";
import { messageOf } from "../../../errors";

type Test = (entry: Json) => boolean;

/** Alert policies ask again with every entry. */
const compiled = new Map<string, Test>();
const COMPILED_KEPT = 200;

const SEVERITIES = "DEFAULT DEBUG INFO NOTICE WARNING ERROR CRITICAL ALERT EMERGENCY".split(" ");
const SPACE = /(?:\s|--[^\n]*)*/y;
const WORD = /[^\s()"=<>!:~,]+/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const PATH = /[A-Za-z_][\w-]*(?:\.(?:"(?:[^"\\]|\\[\s\S])*"|[\w/@%-]+))*/y;
const OPERATOR = /=~|!~|>=|<=|!=|=|>|<|:/y;
/** A value may hold what a word may not: `timestamp>=2024-01-01T00:00:00Z`. */
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

/** What an entry has in a field such as `jsonPayload.check`, as text; empty where it has no such field. */
export function fieldOf(entry: Json, path: string): string {
    return valuesAt(entry, segmentsOf(path)).map(textOf)[0] ?? "";
}

function segmentsOf(path: string): string[] {
    return [...path.matchAll(/"((?:[^"\\]|\\[\s\S])*)"|([^.]+)/g)].map(
        ([, quoted, bare]) => bare ?? unescape(quoted ?? ""),
    );
}

class Parser {
    private at = 0;

    constructor(private readonly text: string) {}

    whole(): Test {
        this.skip();
        if (this.at >= this.text.length) {
            return () => true;
        }
        const test = this.all();
        if (this.at < this.text.length) {
            throw this.problem("AND, OR or the end");
        }
        return test;
    }

    /** AND binds looser than OR; a space alone joins as AND does. */
    private all(): Test {
        const tests = [this.any()];
        while (this.at < this.text.length && this.text[this.at] !== ")") {
            this.keyword("AND");
            tests.push(this.any());
        }
        return (entry) => tests.every((test) => test(entry));
    }

    private any(): Test {
        const tests = [this.one()];
        while (this.keyword("OR")) {
            tests.push(this.one());
        }
        return (entry) => tests.some((test) => test(entry));
    }

    private one(): Test {
        if (this.keyword("NOT") || this.symbol("-")) {
            const test = this.one();
            return (entry) => !test(entry);
        }
        if (!this.symbol("(")) {
            return this.restriction();
        }
        const test = this.all();
        if (!this.symbol(")")) {
            throw this.problem(")");
        }
        return test;
    }

    private restriction(): Test {
        const quoted = this.take(QUOTED);
        if (quoted) {
            return anywhere(unescape(quoted[1] ?? ""));
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
        return anywhere(word);
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

    /** `severity=("ERROR" OR "ALERT")`: what stands in the parentheses is compared, each for itself. */
    private values(path: string, operator: string): (found: unknown) => boolean {
        const all = [[this.value(path, operator)]];
        while (!this.symbol(")")) {
            if (this.keyword("OR")) {
                all.at(-1)?.push(this.value(path, operator));
            } else {
                this.keyword("AND");
                all.push([this.value(path, operator)]);
            }
        }
        return (found) => all.every((any) => any.some((test) => test(found)));
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

function unescape(quoted: string): string {
    return quoted.replace(/\\([\s\S])/g, (whole, letter: string) => (/["\\]/.test(letter) ? letter : whole));
}

/** RE2, as Google's: no expression takes time without end. Loaded with the first. */
function regularExpression(source: string): (text: string) => boolean {
    const { RE2JS } = createRequire(__filename)("re2js") as typeof Re2;
    try {
        const pattern = RE2JS.compile(source);
        return (text) => pattern.matcher(text).find();
    } catch (error) {
        throw invalidArgument(`Unparseable filter: ${messageOf(error)}`, "filter");
    }
}

/** A text that stands in any field. */
function anywhere(text: string): Test {
    const wanted = text.toLowerCase();
    const within = (value: unknown): boolean =>
        typeof value === "object" && value !== null
            ? Object.values(value).some(within)
            : textOf(value).toLowerCase().includes(wanted);
    return within;
}

/** What stands at a path; several where it leads through a list. Nothing where there is no such field. */
function valuesAt(value: unknown, [name, ...rest]: string[]): unknown[] {
    if (Array.isArray(value)) {
        return value.flatMap((item) => valuesAt(item, name === undefined ? [] : [name, ...rest]));
    }
    if (name === undefined) {
        return value === undefined ? [] : [value];
    }
    return isObject(value) ? valuesAt(value[name], rest) : [];
}

function textOf(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** Texts are equal whatever their case; severities have ranks, times and numbers are compared as such. */
function compare(path: string, found: string, operator: string, wanted: string): boolean {
    if (operator === ":") {
        return found.toLowerCase().includes(wanted.toLowerCase());
    }
    const measured = [found, wanted].map((text) => measure(path, text));
    const [a = 0, b = 0] = measured.every((value) => value !== undefined) ? measured : [];
    const order = measured.includes(undefined) ? found.toLowerCase().localeCompare(wanted.toLowerCase(), "en") : a - b;
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

function measure(path: string, text: string): number | undefined {
    if (path === "severity") {
        const rank = SEVERITIES.indexOf(text.toUpperCase());
        return rank < 0 ? Number(text) / 100 || 0 : rank;
    }
    if (/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text)) {
        return Date.parse(text) || undefined;
    }
    return /^-?\d+(\.\d+)?s?$/.test(text) ? Number.parseFloat(text) : undefined;
}
