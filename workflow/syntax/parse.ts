import type { Document } from "yaml";
import type { Parsed, Program, Routine } from "./ast";
import { isMap, isSeq, Reader } from "./reader";
import { StepReader } from "./steps";
import { findComment, readYaml, yamlProblems } from "./yaml";

/** How `parseWorkflow` reads a source. */
export interface ParseOptions {
    /** How messages name the source: a path, or `<stdin>`. */
    file: string;
    /** @default - `json` if the name of the file ends so or the source starts with `{`, otherwise `yaml` */
    format?: "yaml" | "json";
    /** How many bytes a source may have. A longer one is refused before it is read. @default - 128 KiB */
    maxBytes?: number;
}

/** How many bytes the source of a workflow may have: https://docs.cloud.google.com/workflows/quotas */
export const SOURCE_BYTES = 128 * 1024;

/** How a source in JSON begins: a brace and a quote, or a comment of JavaScript. */
const JSON_START = /^\s*(\{\s*(["}]|\/[/*])|\[\s*(\{|\/[/*])\s*["/]|\/\/|\/\*)/;

/**
 * Parses the definition of a workflow, in YAML or JSON, as a map or as a bare list. It never throws: `diagnostics` has all
 * mistakes.
 *
 * @example
 * const { program, diagnostics } = parseWorkflow(readFileSync("fulfil.yaml", "utf8"), { file: "fulfil.yaml" });
 */
export function parseWorkflow(source: string, options: ParseOptions): Parsed {
    const { file } = options;
    const bytes = Buffer.byteLength(source);
    const maxBytes = options.maxBytes ?? SOURCE_BYTES;
    const format = formatOf(source, options);
    if (bytes > maxBytes) {
        const message = `the source has ${bytes} bytes, more than the ${maxBytes} that a workflow may have: move a part of it to a workflow of its own`;
        return { source, file, format, diagnostics: [{ severity: "error", rule: "limit", message, span: start }] };
    }
    const document = readYaml(source);
    const comment = format === "json" ? findComment(source) : undefined;
    const syntax = comment === undefined ? yamlProblems(document.errors, source) : [comment];
    if (syntax.length > 0) {
        return { source, file, format, diagnostics: syntax };
    }
    const reader = new Reader(source, document);
    const program = readProgram(reader, document);
    const ok = !reader.diagnostics.some(({ rule }) => rule === "syntax");
    return { source, file, format, diagnostics: reader.diagnostics, ...(program && ok && { program }) };
}

/** How a source is read. */
export function formatOf(source: string, { format, file }: ParseOptions): "yaml" | "json" {
    return format ?? (/\.json$/i.test(file) || JSON_START.test(source) ? "json" : "yaml");
}

/** Parses the definition of a workflow, as `parseWorkflow` does. */
export type Parse = (source: string, options: ParseOptions) => Parsed;

const origin = { line: 1, column: 1, offset: 0 };
const start = { start: origin, end: origin };

/** The program in a document without mistakes of YAML. */
export function readProgram(reader: Reader, document: Document): Program | undefined {
    const steps = new StepReader(reader);
    const root = document.contents ?? undefined;
    const span = reader.span(root, reader.at(0, reader.source.length));
    if (isSeq(root)) {
        const name = { text: "main", span: { start: span.start, end: span.start } };
        return { form: "list", routines: [{ name, params: [], steps: steps.steps(root, span), span }], span };
    }
    if (!isMap(root) || root.items.length === 0) {
        const found =
            root === undefined || isMap(root) || reader.source.trim() === "" ? ", but this source is empty" : "";
        reader.report("syntax", `a workflow is a list of steps, or a map with the routine main${found}`, span);
        return undefined;
    }
    const routines = reader.fields(root).flatMap(({ key, node }): Routine[] => {
        if (isSeq(node)) {
            const { text } = key;
            const message =
                text === "steps" || text === "params"
                    ? `"${text}" belongs below the name of a routine: put "main:" above it and indent it`
                    : `the routine "${text}" must be a map with "steps": put the list below "steps:"`;
            reader.report("shape", message, key.span);
            const list = text === "params" ? [] : steps.steps(node, key.span);
            return [
                {
                    name: text === "steps" ? { ...key, text: "main" } : key,
                    params: [],
                    steps: list,
                    span: { start: key.span.start, end: reader.span(node, key.span).end },
                },
            ];
        }
        const fields = steps.map(`the routine "${key.text}"`, node, key.span, ["params", "steps"]);
        if (fields === undefined) {
            return [];
        }
        const params = fields.get("params");
        const list = fields.get("steps");
        if (list === undefined && [...fields.keys()].every((each) => each === "params")) {
            reader.report("shape", `the routine "${key.text}" needs "steps"`, key.span);
        }
        return [
            {
                name: key,
                params: params?.node === undefined ? [] : steps.params(params.node, params.key.span),
                steps: list === undefined ? [] : steps.steps(list.node, list.key.span),
                span: { start: key.span.start, end: reader.span(node, key.span).end },
            },
        ];
    });
    return { form: "map", routines, span };
}
