import type { Node } from "yaml";
import { didYouMean } from "../../common";
import { ExpressionError, parseExpression } from "../expression";
import type { Assignment, Name, Param, Span } from "./ast";
import { isMap, isSeq, nodeOf, type Field, type Reader } from "./reader";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The entries of a YAML map by their keys. */
export type Fields = Map<string, Field>;

/** Reads maps, lists and names from YAML nodes, and reports nodes of another shape. */
export class FieldReader {
    constructor(protected readonly reader: Reader) {}

    /** The entries of a map by key. It reports unknown keys, each with the nearest known key. */
    map(what: string, node: Node | undefined, span: Span, allowed: readonly string[]): Fields | undefined {
        return this.reader.resolve<Fields | undefined>(
            node,
            (target) => {
                if (!isMap(target)) {
                    this.wrong(what, "a map", target, span);
                    return undefined;
                }
                const fields = this.reader.fields(target);
                for (const { key } of fields.filter((field) => !allowed.includes(field.key.text))) {
                    const known = didYouMean(key.text, allowed) || `; known are ${allowed.join(", ")}`;
                    this.reader.report("unknown-key", `unknown key "${key.text}" in ${what}${known}`, key.span);
                }
                return new Map(fields.map((field) => [field.key.text, field]));
            },
            undefined,
        );
    }

    protected list(what: string, node: Node | undefined, span: Span, optional = false): (Node | undefined)[] {
        return this.reader.resolve<(Node | undefined)[]>(
            node,
            (target) => {
                if (isSeq(target)) {
                    return target.items.map(nodeOf);
                }
                if (!optional) {
                    this.wrong(what, "a list", target, span);
                }
                return [];
            },
            [],
        );
    }

    protected optionalName(fields: Fields, key: string): Name | undefined {
        const field = fields.get(key);
        return field && this.name(key, field.node, field.key.span);
    }

    protected requiredName(fields: Fields, key: string, what: string, span: Span): Name | undefined {
        if (!fields.has(key)) {
            this.reader.report("shape", `${what} needs "${key}"`, span);
        }
        return this.optionalName(fields, key);
    }

    protected name(what: string, node: Node | undefined, span: Span): Name | undefined {
        return this.reader.resolve<Name | undefined>(
            node,
            (target) => {
                const text = this.reader.text(target);
                if (text === undefined || text === "") {
                    this.wrong(what, "a name", target, span);
                    return undefined;
                }
                return { text, span: this.reader.span(target, span) };
            },
            undefined,
        );
    }

    protected checked(name: Name): Name {
        if (!NAME.test(name.text)) {
            this.reader.report(
                "shape",
                `"${name.text}" is no name for a variable: letters, digits and underscores, not starting with a digit`,
                name.span,
            );
        }
        return name;
    }

    protected wrong(what: string, expected: string, node: Node | undefined, span: Span): void {
        const text = this.reader.text(node);
        const found = isMap(node)
            ? "a map"
            : isSeq(node)
              ? "a list"
              : text === undefined || text === ""
                ? "nothing"
                : `"${text}"`;
        this.reader.report("shape", `${what} must be ${expected}, but found ${found}`, this.reader.span(node, span));
    }

    params(node: Node | undefined, span: Span): Param[] {
        return this.list("params", node, span).flatMap((item) =>
            this.reader.resolve(item, (target) => this.param(target, span), []),
        );
    }

    private param(node: Node | undefined, span: Span): Param[] {
        if (isMap(node)) {
            return this.reader.fields(node).map(({ key, node: value }) => ({
                name: this.checked(key),
                default: this.reader.value(value, key.span),
            }));
        }
        const name = this.name("params", node, span);
        return name === undefined ? [] : [{ name: this.checked(name) }];
    }

    protected assignment(item: Node | undefined, span: Span): Assignment[] {
        return this.reader.resolve(item, (node) => this.assigned(node, span), []);
    }

    private assigned(node: Node | undefined, span: Span): Assignment[] {
        const fields = isMap(node) ? this.reader.fields(node) : [];
        const [first, second] = fields;
        if (first === undefined || second !== undefined) {
            this.wrong("an assignment", "one `- variable: value`", node, second?.key.span ?? span);
            return [];
        }
        const { key } = first;
        // What has no part of a variable is meant as a name: `my-var` is no difference here.
        if (/^[^.[$]+$/.test(key.text) && !NAME.test(key.text)) {
            this.checked(key);
            return [];
        }
        try {
            const target = parseExpression(key.text);
            let root = target;
            while (root.kind === "member" || root.kind === "index") {
                root = root.object;
            }
            if (root.kind !== "variable") {
                throw new ExpressionError('it must be a variable or a part of one, as m.key or m["my-key"]', 0, 0);
            }
            return [{ target, targetSpan: key.span, value: this.reader.value(first.node, key.span) }];
        } catch (error) {
            if (!(error instanceof ExpressionError)) {
                throw error;
            }
            this.reader.report("shape", `"${key.text}" cannot be assigned to: ${error.message}`, key.span);
            return [];
        }
    }
}
