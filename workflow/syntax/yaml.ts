import { parseDocument, type Document, type YAMLError } from "yaml";
import type { Diagnostic } from "./ast";
import { Lines } from "./lines";
import { mend } from "./mend";

/** The first YAML document of a source; what is wrong is in its `errors`. */
export function readYaml(source: string): Document {
    const document = readStrictYaml(source);
    const mended = document.errors.length > 0 ? mend(source) : source;
    return mended === source ? document : readStrictYaml(mended);
}

/** The same without what Google's reader takes and the YAML library does not. */
export function readStrictYaml(source: string): Document {
    // A byte order mark would count as indentation; as a line break it does not, and every offset stays.
    return parseDocument(source.replace(/^\ufeff/, "\n"), {
        intAsBigInt: true,
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: "error",
    });
}

/** How often a source is read again without a cause that was found. */
const MAX_READS = 40;

/**
 * What the YAML library says, in the user's words: one problem a line. What it says after an expression that is not quoted,
 * or after a tab, is of that one's making: such a cause is made harmless, without moving anything, and the source is read
 * again.
 */
export function yamlProblems(errors: readonly YAMLError[], source: string): Diagnostic[] {
    const problems: Diagnostic[] = [];
    let text = source;
    let found = errors;
    for (let reads = 0; found.length > 0 && reads < MAX_READS; reads++) {
        const told = found.map((error) => yamlProblem(error, text));
        const cause = told.find(({ known }) => known);
        for (const { problem } of told.slice(0, cause === undefined ? undefined : told.indexOf(cause) + 1)) {
            if (problems.every(({ span }) => span.start.line !== problem.span.start.line)) {
                problems.push(problem);
            }
        }
        const harmless = cause === undefined ? text : withoutCause(text, cause.problem.span.start.line);
        found = harmless === text ? [] : readYaml(harmless).errors;
        text = harmless;
    }
    return problems;
}

/** A line that is indented by tabs becomes a comment; an expression that is not quoted becomes harmless characters. */
function withoutCause(source: string, line: number): string {
    const lines = source.split("\n");
    const text = lines[line - 1] ?? "";
    lines[line - 1] = TABBED.test(text) ? `#${text.slice(1)}` : withoutExpression(text);
    return lines.join("\n");
}

const TABBED = /^ *\t/;

function withoutExpression(line: string): string {
    return line.replace(/(?<!["'])\$\{.*/, (text) => {
        let depth = 0;
        const end = Array.from(text).findIndex((each) => {
            depth += each === "{" ? 1 : each === "}" ? -1 : 0;
            return each === "}" && depth === 0;
        });
        return end < 0 ? "_".repeat(text.length) : "_".repeat(end + 1) + text.slice(end + 1);
    });
}

/** JSON has no comments, and YAML reads those of JavaScript as keys. */
export function findComment(source: string): Diagnostic | undefined {
    const found = /"(?:[^"\\\n]|\\.)*"|(?<=^|[,{}[\]])(\s*)(\/\/|\/\*)/g;
    for (const { index, 1: blanks, 2: mark } of source.matchAll(found)) {
        if (mark !== undefined) {
            const at = index + (blanks?.length ?? 0);
            const message = `JSON has no comments: remove it, or write the workflow in YAML, whose comments begin with #`;
            return { severity: "error", rule: "syntax", message, span: new Lines(source).span(at, at + mark.length) };
        }
    }
    return undefined;
}

function yamlProblem(error: YAMLError, source: string): { problem: Diagnostic; known: boolean } {
    const lines = new Lines(source);
    const [start, end] = error.pos;
    const { line } = lines.position(start);
    const text = source.split("\n")[line - 1] ?? "";
    const tab = TABBED.test(text) && (error.code === "TAB_AS_INDENT" || /^\s*[^\s{[]/.test(source));
    const cause = tab ? TAB : causeIn(text);
    const problem: Diagnostic = {
        severity: "error",
        rule: "syntax",
        message: cause ?? wording(error),
        span: lines.span(Math.min(start, source.length), Math.min(end, source.length)),
    };
    return { problem, known: cause !== undefined };
}

const TAB = "YAML takes no tab as indentation: write blanks instead";

/** An expression that lacks the quotes that YAML wants. */
function causeIn(line: string): string | undefined {
    const before = /^(.*?)(?<!["'])\$\{(.*)$/.exec(line);
    const [, head = "", tail = ""] = before ?? [];
    if (before !== null && /[{[][^}\]]*$/.test(head)) {
        return "inside { } or [ ] an expression must be in quotes: '${…}'";
    }
    return before !== null && /: |#/.test(tail)
        ? "an expression that holds a colon followed by a space, or a #, must be in single quotes: '${…}'"
        : undefined;
}

const WORDINGS: readonly [RegExp, string][] = [
    [/^unexpected [\w-]+ token/i, "this does not fit what stands before it: check the indentation and the lines above"],
    [/^flow map in block collection/i, "a { is opened here or before and not closed, or its content is not indented"],
    [
        /^flow sequence in block collection/i,
        "a [ is opened here or before and not closed, or its content is not indented",
    ],
    [/^unexpected flow-map-end/i, "a } closes nothing"],
    [/^unexpected flow-seq-end/i, "a ] closes nothing"],
    [
        /^(nested mappings|implicit keys)/i,
        "a second colon makes no sense here: put the text in quotes, or indent the lines as they belong together",
    ],
    [/^missing closing (["']\w*|\S+)quote/i, "a quote is opened and not closed"],
    [
        /^all mapping items must start at the same column/i,
        "the keys of one map must start at the same column: check the indentation",
    ],
    [
        /^all sequence items must start at the same column/i,
        "the items of one list must start at the same column: check the indentation",
    ],
    [
        /^a block sequence may not be used as an implicit map key/i,
        "a list is in the place of a key: check the indentation",
    ],
];

function wording({ code, message }: YAMLError): string {
    if (code === "MULTIPLE_DOCS") {
        return "a workflow is one YAML document, but here another begins: remove it";
    }
    if (/call stack/.test(message)) {
        return "the source is nested too deep";
    }
    const known = WORDINGS.find(([pattern]) => pattern.test(message));
    if (known !== undefined) {
        return known[1];
    }
    const sentence = message.replace(/\.?\s*$/, "");
    return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
