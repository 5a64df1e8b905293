import { defined } from "../../common";
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from "yaml";
import { Anchors } from "./anchors";
import type { Diagnostic, Entry, Name, Severity, Span, Value } from "./ast";
import { Lines } from "./lines";
import { findPlaceholder } from "./placeholder";
import { foldQuoted } from "./scalar";
import type { Shortened } from "./shortened";
import { readText } from "./text";

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
/** How many aliases are followed, so that a few lines of nested anchors cannot become millions of values. */
const MAX_ALIASES = 1000;

/** How deep lists, maps and steps may be nested. Code that walks the program recurses as deep. */
export const MAX_DEPTH = 200;
/** The tags of YAML 1.2's core schema. Google's JSON types can hold no value with another tag. */
const CORE_TAGS = ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`);
/** Texts that YAML 1.1 reads as a boolean, an octal or sexagesimal number or a date, and YAML 1.2 as text [K: which one Google follows]. */
const AMBIGUOUS = /^(?:yes|no|on|off|[-+]?0[0-7]+|[-+]?\d[\d_]*_\d*|\d+(?::[0-5]?\d)+|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?)$/i;

/** An entry of a YAML map whose key is text. */
export interface Field {
    key: Name;
    node: Node | undefined;
}

/** Reads the nodes of a YAML document as values, and collects the mistakes. */
export class Reader {
    readonly diagnostics: Diagnostic[] = [];
    /** How deep the nodes that were read are nested. */
    deepest = 0;
    private readonly lines: Pick<Lines, "span">;
    private readonly anchors: Anchors;
    private readonly resolving = new Set<Node>();
    private aliases = 0;
    private depth = 0;

    constructor(
        readonly source: string,
        document: Document,
        /** The source without some of its steps, if the document is of that. */
        readonly shortened?: Shortened,
    ) {
        this.lines = shortened ?? new Lines(source);
        this.anchors = new Anchors(document);
    }

    report(rule: string, message: string, span: Span, severity: Severity = "error", step?: string): void {
        this.diagnostics.push({ severity, rule, message, span, ...defined({ step }) });
    }

    span(node: Node | undefined, fallback: Span): Span {
        return node?.range == null ? fallback : this.lines.span(node.range[0], node.range[1]);
    }

    at(start: number, end: number): Span {
        return this.lines.span(start, end);
    }

    /** Calls `read` with a node, or with the node that it refers to if it is an alias. */
    resolve<T>(node: Node | undefined, read: (node: Node | undefined) => T, otherwise: T): T {
        const span = this.span(node, this.at(0, 0));
        if (!isAlias(node)) {
            this.checkTag(node, span);
            return this.nested(span, () => read(node)) ?? otherwise;
        }
        const target = this.anchors.of(node);
        const problem =
            target === undefined
                ? `no anchor &${node.source} comes before the alias *${node.source}`
                : this.resolving.has(target)
                  ? `the alias *${node.source} contains itself`
                  : ++this.aliases > MAX_ALIASES
                    ? `there are more than ${MAX_ALIASES} aliases; those inside of an anchor count once for each of its aliases`
                    : undefined;
        if (target === undefined || problem !== undefined) {
            this.report("syntax", problem ?? "", span);
            return otherwise;
        }
        this.resolving.add(target);
        const result = this.nested(span, () => read(target));
        this.resolving.delete(target);
        return result ?? otherwise;
    }

    private checkTag(node: Node | undefined, span: Span): void {
        if (node !== undefined && !isAlias(node) && node.tag !== undefined && !CORE_TAGS.includes(node.tag)) {
            this.report("shape", `the YAML tag ${node.tag} is not supported: write the value without it`, span);
        }
    }

    private nested<T>(span: Span, read: () => T): T | undefined {
        if (this.depth >= MAX_DEPTH) {
            this.report("syntax", `the source is nested deeper than ${MAX_DEPTH} levels`, span);
            return undefined;
        }
        this.depth++;
        this.deepest = Math.max(this.deepest, this.depth);
        const result = read();
        this.depth--;
        return result;
    }

    value(node: Node | undefined, fallback: Span): Value {
        const span = this.span(node, fallback);
        const nothing: Value = { kind: "literal", value: null, span };
        return this.resolve(
            node,
            (target) => {
                if (isSeq(target)) {
                    return { kind: "list", items: target.items.map((item) => this.value(nodeOf(item), span)), span };
                }
                if (isMap(target)) {
                    return { kind: "map", entries: this.fields(target).map((field) => this.entry(field)), span };
                }
                return this.scalar(target, this.span(target, span)) ?? nothing;
            },
            nothing,
        );
    }

    private entry({ key, node }: Field): Entry {
        const written = key.text.includes("${") ? readText(key.text, key.span, this) : undefined;
        return {
            key: key.text,
            ...(written?.kind === "expression" && { computedKey: written }),
            keySpan: key.span,
            value: this.value(node, key.span),
        };
    }

    /**
     * The entries of a map, with keys as texts. A key that comes twice or is no text is reported and left out. The entries of
     * maps that `<<` merges come last, without those whose keys the map has itself.
     */
    fields(map: YAMLMap): Field[] {
        const seen = new Set<string>();
        const merged: Field[] = [];
        const own = map.items.flatMap((pair) => {
            const key = this.key(pair, this.span(map, this.at(0, 0)));
            if (key === undefined) {
                return [];
            }
            if (key.text === "<<" && isScalar(pair.key) && pair.key.type === "PLAIN") {
                merged.push(...this.merged(nodeOf(pair.value), key.span));
                return [];
            }
            if (seen.has(key.text)) {
                this.report("duplicate-key", `the key "${key.text}" occurs twice in one map`, key.span);
                return [];
            }
            seen.add(key.text);
            return [{ key, node: nodeOf(pair.value) }];
        });
        return [...own, ...merged.filter(({ key }) => !seen.has(key.text) && seen.add(key.text))];
    }

    /** The entries that `<<` merges: https://yaml.org/type/merge.html */
    private merged(node: Node | undefined, span: Span): Field[] {
        return this.resolve<Field[]>(
            node,
            (target) => {
                if (isSeq(target)) {
                    return target.items.flatMap((item) => this.merged(nodeOf(item), span));
                }
                if (!isMap(target)) {
                    this.report("shape", "<< merges a map or a list of maps, written *anchor", span);
                    return [];
                }
                return this.fields(target);
            },
            [],
        );
    }

    /** The text of a string as YAML reads it, and of any other scalar as it is written. */
    text(node: Node | undefined): string | undefined {
        if (!isScalar(node)) {
            return undefined;
        }
        return typeof node.value === "string" ? this.unfolded(node, node.value) : (node.source ?? String(node.value));
    }

    private key(pair: Pair, fallback: Span): Name | undefined {
        const node = nodeOf(pair.key);
        const text = this.resolve(node, (target) => this.text(target), undefined);
        if (text !== undefined) {
            return { text, span: this.span(node, fallback) };
        }
        const span = this.span(node, fallback);
        const written = this.source.slice(Math.max(0, span.start.offset - 1), span.end.offset + 1);
        const placeholder = findPlaceholder(written);
        this.report(
            placeholder === undefined ? "shape" : "template-placeholder",
            placeholder === undefined
                ? `a key must be text, but this is ${isMap(node) ? "a map" : isSeq(node) ? "a list" : "something else"}`
                : `"${placeholder.text}" is a template placeholder (${placeholder.tool}), not a value: fill it in, or put it in quotes`,
            span,
        );
        return undefined;
    }

    private scalar(node: Node | undefined, span: Span): Value | undefined {
        if (!isScalar(node)) {
            return undefined;
        }
        const { value } = node;
        if (node.type === "PLAIN" && AMBIGUOUS.test(node.source ?? "")) {
            this.report(
                "ambiguous-scalar",
                `${node.source ?? ""} is ${typeof value === "string" ? "text" : "a number"} in YAML 1.2 and something else in YAML 1.1: put it in quotes, or write it another way`,
                span,
                "warning",
            );
        }
        if (typeof value === "string") {
            return readText(this.unfolded(node, value), span, this);
        }
        if (typeof value === "bigint" && (value > INT64_MAX || value < INT64_MIN)) {
            this.report("integer-range", `the integer ${value.toString()} does not fit 64 bits`, span);
            return { kind: "literal", value: null, span };
        }
        if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "bigint") {
            return { kind: "literal", value, span };
        }
        this.report(
            "shape",
            `values of the YAML type ${node.tag ?? typeof value} are not supported: use a string, number, boolean, null, list or map`,
            span,
        );
        return { kind: "literal", value: null, span };
    }

    /** The text of a node that was changed for the YAML library (see `mend`), folded from the original source. */
    private unfolded(node: Node, value: string): string {
        const { start, end } = this.span(node, this.at(0, 0));
        const raw = this.source.slice(start.offset, end.offset);
        return /^["']/.test(raw) && raw.includes("\n") ? foldQuoted(raw) : value;
    }
}

/** The `yaml` types say `unknown` for children that can only be nodes in a parsed document. */
export function nodeOf(value: unknown): Node | undefined {
    return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined;
}

export { isMap, isSeq };
