import { parseDocument, type Document, type YAMLError } from "yaml";
import type { Diagnostic } from "./ast";
import { Lines } from "./lines";
import { mend } from "./mend";

/** The first YAML document of a source; what is wrong is in its `errors`. */
export function readYaml(source: string): Document {
    const options = { intAsBigInt: true, uniqueKeys: false, prettyErrors: false, logLevel: "error" } as const;
    // A byte order mark would count as indentation; as a line break it does not, and every offset stays.
    const text = source.replace(/^\ufeff/, "\n");
    const document = parseDocument(text, options);
    const mended = document.errors.length > 0 ? mend(text) : text;
    return mended === text ? document : parseDocument(mended, options);
}

/** What the YAML library says, in the user's words. */
export function yamlProblem(error: YAMLError, source: string): Diagnostic {
    const lines = new Lines(source);
    const [start, end] = error.pos;
    const { line } = lines.position(start);
    const text = source.split("\n")[line - 1] ?? "";
    const hint =
        text.includes("${") && /: |[#]/.test(text.slice(text.indexOf("${")))
            ? "; an expression that holds a colon followed by a space, or a #, must stand in single quotes: '${…}'"
            : "";
    return {
        severity: "error",
        rule: "syntax",
        message: wording(error) + hint,
        span: lines.span(Math.min(start, source.length), Math.min(end, source.length)),
    };
}

function wording({ code, message }: YAMLError): string {
    if (code === "MULTIPLE_DOCS") {
        return "a workflow is one YAML document, but here another begins: remove it";
    }
    if (/call stack/.test(message)) {
        return "the source is nested too deep";
    }
    const sentence = message.replace(/\.?\s*$/, "");
    return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
