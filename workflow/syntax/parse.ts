import type { Document } from "yaml";
import type { Parsed, Program, Routine } from "./ast";
import { isMap, isSeq, Reader } from "./reader";
import { StepReader } from "./steps";
import { readYaml, yamlProblem } from "./yaml";

/** How `parseWorkflow` reads a source. */
export interface ParseOptions {
    /** The name for messages: a path, or `<stdin>`. */
    file: string;
    /** @default - `json` where the file's name ends so or the source starts with `{`, else `yaml` */
    format?: "yaml" | "json";
}

/**
 * Reads a workflow definition, YAML or JSON, map form or bare list. Never throws: what is wrong is in `diagnostics`,
 * several at once.
 */
export function parseWorkflow(source: string, options: ParseOptions): Parsed {
    const { file } = options;
    const format = options.format ?? (/\.json$/i.test(file) || /^\s*\{\s*["}]/.test(source) ? "json" : "yaml");
    const document = readYaml(source);
    const syntax = document.errors.map((error) => yamlProblem(error, source));
    if (syntax.length > 0) {
        return { source, file, format, diagnostics: syntax };
    }
    const reader = new Reader(source, document);
    const program = readProgram(reader, document);
    const ok = !reader.diagnostics.some(({ rule }) => rule === "syntax");
    return { source, file, format, diagnostics: reader.diagnostics, ...(program && ok && { program }) };
}

function readProgram(reader: Reader, document: Document): Program | undefined {
    const steps = new StepReader(reader);
    const root = document.contents ?? undefined;
    const span = reader.span(root, reader.at(0, reader.source.length));
    if (isSeq(root)) {
        const name = { text: "main", span: { start: span.start, end: span.start } };
        return { form: "list", routines: [{ name, params: [], steps: steps.steps(root, span), span }], span };
    }
    if (!isMap(root)) {
        reader.report("syntax", "a workflow is a list of steps, or a map with the routine main", span);
        return undefined;
    }
    const routines = reader.fields(root).flatMap(({ key, node }): Routine[] => {
        if (isSeq(node)) {
            reader.report(
                "shape",
                `the routine "${key.text}" must be a map with "steps": put the list below "steps:"`,
                key.span,
            );
            return [];
        }
        const fields = steps.map(`the routine "${key.text}"`, node, key.span, ["params", "steps"]);
        if (fields === undefined) {
            return [];
        }
        const params = fields.get("params");
        return [
            {
                name: key,
                params: params?.node === undefined ? [] : steps.params(params.node, params.key.span),
                steps: steps.steps(fields.get("steps")?.node, fields.get("steps")?.key.span ?? key.span),
                span: { start: key.span.start, end: reader.span(node, key.span).end },
            },
        ];
    });
    return { form: "map", routines, span };
}
