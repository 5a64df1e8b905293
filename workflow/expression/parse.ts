import type { BinaryOperator, Expression } from "./ast";
import { ExpressionError } from "./error";
import { tokenize, type Token } from "./lexer";
import { dottedName } from "./names";
import { LEVELS } from "./operators";
import { InternalError } from "../../errors";

/** The most levels of nesting, so that an expression cannot exhaust the stack. 400 characters have far fewer in practice. */
const MAX_DEPTH = 200;
/** The most links of a chain, `a + b + …` or `a.b.…`. Each is a level of the tree. */
const MAX_CHAIN = 1000;
const KEYWORDS: Readonly<Record<string, string>> = { and: "and", AND: "and", or: "or", OR: "or", in: "in" };
const NOT = new Set(["not", "NOT"]);
const RESERVED = new Set([...Object.keys(KEYWORDS), ...NOT]);
const LITERALS = new Map<string, null | boolean>([
    ...["true", "True", "TRUE"].map((text): [string, boolean] => [text, true]),
    ...["false", "False", "FALSE"].map((text): [string, boolean] => [text, false]),
    ...["null", "Null", "NULL"].map((text): [string, null] => [text, null]),
]);

/**
 * Parses the text between `${` and `}`.
 * @throws ExpressionError with the place, relative to `text`.
 */
export function parseExpression(text: string): Expression {
    return new Parser(tokenize(text)).whole();
}

class Parser {
    private at = 0;
    private depth = 0;

    constructor(private readonly tokens: Token[]) {}

    whole(): Expression {
        if (this.peek().kind === "end") {
            throw new ExpressionError("the expression is empty", 0, this.peek().end);
        }
        const expression = this.binary(0);
        if (this.peek().kind !== "end") {
            throw this.unexpected("an operator or the end of the expression");
        }
        return expression;
    }

    private binary(level: number): Expression {
        const operators = LEVELS[level];
        if (operators === undefined) {
            return this.unary();
        }
        let left = this.nested(() => this.binary(level + 1));
        for (let links = 0; ; links++) {
            this.bounded(links);
            const operator = this.operator(operators);
            if (operator === undefined) {
                return left;
            }
            const right = this.nested(() => this.binary(level + 1));
            left = { kind: "binary", operator, left, right, start: left.start, end: right.end };
        }
    }

    private operator(allowed: readonly BinaryOperator[]): BinaryOperator | undefined {
        const token = this.peek();
        const text = token.kind === "name" ? KEYWORDS[token.text] : token.kind === "operator" ? token.text : undefined;
        const operator = allowed.find((each) => each === text);
        this.at += operator === undefined ? 0 : 1;
        return operator;
    }

    private unary(): Expression {
        const token = this.peek();
        const operator =
            token.kind === "name" && NOT.has(token.text)
                ? "not"
                : token.kind === "operator" && (token.text === "-" || token.text === "+")
                  ? token.text
                  : undefined;
        if (operator === undefined) {
            return this.postfix();
        }
        this.at++;
        const operand = this.nested(() => this.unary());
        return { kind: "unary", operator, operand, start: token.start, end: operand.end };
    }

    private postfix(): Expression {
        let expression = this.primary();
        for (let links = 0; ; links++) {
            this.bounded(links);
            if (this.accept(".")) {
                const name = this.peek();
                if (name.kind !== "name") {
                    throw this.unexpected('a name after "."; keys with other characters are written ["…"]');
                }
                this.at++;
                expression = {
                    kind: "member",
                    object: expression,
                    name: name.text,
                    start: expression.start,
                    end: name.end,
                };
            } else if (this.accept("[")) {
                const index = this.nested(() => this.binary(0));
                const end = this.expect("]");
                expression = { kind: "index", object: expression, index, start: expression.start, end };
            } else if (this.peek().kind === "operator" && this.peek().text === "(") {
                expression = this.call(expression);
            } else {
                return expression;
            }
        }
    }

    private call(callee: Expression): Expression {
        const name = dottedName(callee);
        if (name === undefined) {
            throw this.unexpected("an operator: only a function's name can be called");
        }
        this.at++;
        const { items, end } = this.items(")");
        return { kind: "call", callee: name, args: items, start: callee.start, end };
    }

    private primary(): Expression {
        const token = this.peek();
        const { start, end } = token;
        if (token.kind === "name" && !RESERVED.has(token.text)) {
            this.at++;
            const literal = LITERALS.get(token.text);
            return literal === undefined
                ? { kind: "variable", name: token.text, start, end }
                : { kind: "literal", value: literal, start, end };
        }
        if (token.kind === "string") {
            this.at++;
            return { kind: "literal", value: token.value, start, end };
        }
        if (token.kind === "integer" || token.kind === "double") {
            this.at++;
            return { kind: "number", text: token.text, integer: token.kind === "integer", start, end };
        }
        if (this.accept("(")) {
            const inner = this.nested(() => this.binary(0));
            return { ...inner, start, end: this.expect(")") };
        }
        if (this.accept("[")) {
            return { kind: "list", start, ...this.items("]") };
        }
        if (this.accept("{")) {
            return this.map(start);
        }
        throw this.unexpected("a value");
    }

    private items(closing: string): { items: Expression[]; end: number } {
        const items: Expression[] = [];
        const end = this.peek().end;
        if (this.accept(closing)) {
            return { items, end };
        }
        do {
            items.push(this.nested(() => this.binary(0)));
        } while (this.accept(","));
        return { items, end: this.expect(closing) };
    }

    private map(start: number): Expression {
        const entries: { key: Expression; value: Expression }[] = [];
        const end = this.peek().end;
        if (this.accept("}")) {
            return { kind: "map", entries, start, end };
        }
        do {
            const key = this.nested(() => this.binary(0));
            this.expect(":");
            entries.push({ key, value: this.nested(() => this.binary(0)) });
        } while (this.accept(","));
        return { kind: "map", entries, start, end: this.expect("}") };
    }

    private nested(read: () => Expression): Expression {
        if (this.depth >= MAX_DEPTH * LEVELS.length) {
            throw new ExpressionError(
                `the expression is nested deeper than ${MAX_DEPTH} levels`,
                this.peek().start,
                this.peek().end,
            );
        }
        this.depth++;
        const expression = read();
        this.depth--;
        return expression;
    }

    private bounded(links: number): void {
        if (links > MAX_CHAIN) {
            const { start, end } = this.peek();
            throw new ExpressionError(`the expression is a chain of more than ${MAX_CHAIN} parts`, start, end);
        }
    }

    private accept(text: string): boolean {
        const token = this.peek();
        const found = token.kind === "operator" && token.text === text;
        this.at += found ? 1 : 0;
        return found;
    }

    private expect(text: string): number {
        const { end } = this.peek();
        if (!this.accept(text)) {
            throw this.unexpected(`"${text}"`);
        }
        return end;
    }

    private peek(): Token {
        const token = this.tokens[this.at];
        if (token === undefined) {
            throw new InternalError("the parser read past the end of the expression");
        }
        return token;
    }

    private unexpected(expected: string): ExpressionError {
        const { kind, text, start, end } = this.peek();
        const found = kind === "end" ? "the expression ends" : `found ${text.startsWith('"') ? text : `"${text}"`}`;
        const hint = text === ":" ? "; there are no slices: use text.substring(string, start, end)" : "";
        return new ExpressionError(`expected ${expected}, but ${found}${hint}`, start, end);
    }
}
