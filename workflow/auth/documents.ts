import { ACTIONS, lastUpTo } from "../syntax";
import { TEMPLATE_CHARACTER } from "./flow";

/** A workflow within a file: the whole of it, or a Terraform heredoc. */
export interface WorkflowDocument {
    source: string;
    /** The place in the file (UTF-16 units) of a place in `source`. */
    toFile(offset: number): number;
    /** What is written into `source`, as it must stand in the file. */
    escape(text: string): string;
    /** What is wrong with the place of the definition in its file: an error if it keeps it from being read. */
    problem?: { severity: "error" | "warning"; rule: string; message: string; start: number; end: number };
}

/**
 * The workflow definitions in a file: heredocs of `.tf` files with Terraform's escapes undone (`$${` → `${`), else the
 * file itself, if `$${` tells that Terraform renders it (`templatefile`). Terraform's own `${…}` becomes characters
 * that stand for an unknown value, so that every other place keeps its line.
 */
export function documentsIn(text: string, file: string): WorkflowDocument[] {
    if (/\.tf$/i.test(file)) {
        return heredocs(text).map(({ start, end, unclosed }) => ({
            ...terraform(text, start, end),
            ...(unclosed !== undefined && { problem: unclosed }),
        }));
    }
    const escape = text.indexOf("$${");
    const isTemplate = /\.(tftpl|tpl)$/i.test(file);
    if (escape < 0 && !isTemplate) {
        return [{ source: text, toFile: (offset) => offset, escape: (written) => written }];
    }
    const message =
        "$${ is Terraform's escape of ${, so this file is read as one that templatefile renders: deployed as it is, it is plain text";
    return [
        {
            ...terraform(text, 0, text.length),
            ...(!isTemplate && {
                problem: { severity: "warning", rule: "terraform-escape", message, start: escape, end: escape + 3 },
            }),
        },
    ];
}

/** Whether a text is likely a workflow definition: in folders there is other YAML and JSON. */
export function looksLikeWorkflow(text: string): boolean {
    return (MAIN.test(text) || /\b(call|assign)["']?\s*:/.test(text) || STEP_LIST.test(text)) && !isOfAnotherKind(text);
}

/** A `main` that is a map or a list: the `main` of a `Pulumi.yaml` or `package.json` is a text. */
const MAIN = /^["']?main["']?[ \t]*:[ \t]*(?:[&!]\S+[ \t]*)*(?:#.*)?(?:\r?$|[[{])|(?<=^|[{\s])"main"\s*:\s*[[{]/m;

/** Whether the outermost keys are those of GitHub's workflows, Kubernetes' resources or a JSON schema. */
function isOfAnotherKind(text: string): boolean {
    const [, indentation = ""] = /^([ \t]*)[^\s#]/m.exec(text) ?? [];
    const key = new RegExp(`^${indentation}["']?(jobs|apiVersion)["']?\\s*:`, "m");
    return key.test(text) || /^\s*\{\s*"\$schema"\s*:/.test(text);
}

/** A list whose first item is one name, with what a step does below it. */
const STEP_LIST = new RegExp(
    `^(?:\\s|#.*\\n)*(?:-[ \\t]+|\\[\\s*\\{\\s*)(["']?)[\\w-]+\\1[ \\t]*:\\s*\\{?\\s*["']?(?:${[...ACTIONS, "next"].join("|")})["']?\\s*:`,
);

interface Heredoc {
    start: number;
    end: number;
    unclosed?: NonNullable<WorkflowDocument["problem"]>;
}

function heredocs(text: string): Heredoc[] {
    return [...text.matchAll(/<<[-~]?"?(\w+)"?[ \t]*\r?\n/g)].flatMap((opening): Heredoc[] => {
        const start = opening.index + opening[0].length;
        const word = opening[1] ?? "";
        const closing = new RegExp(`^[ \\t]*${word}[ \\t]*\\r?$`, "m").exec(text.slice(start));
        const end = closing === null ? text.length : start + closing.index;
        if (!looksLikeWorkflow(text.slice(start, end))) {
            return [];
        }
        const message = `the heredoc that begins here is not closed: no line below it has ${word} alone`;
        const at = { start: opening.index, end: start };
        return [
            {
                start,
                end,
                ...(closing === null && { unclosed: { severity: "error", rule: "syntax", message, ...at } }),
            },
        ];
    });
}

/** `$${` and `%%{` are `${` and `%{`; `${…}` is Terraform's: https://developer.hashicorp.com/terraform/language/expressions/strings */
function terraform(text: string, start: number, end: number): WorkflowDocument {
    /** The places in the source before which a character is left out, counted in the source. */
    const dropped: number[] = [];
    const pieces: string[] = [];
    const opening = /[$%]?[$%]\{/g;
    let at = start;
    for (opening.lastIndex = start; ;) {
        const found = opening.exec(text);
        const from = found === null ? end : Math.min(found.index, end);
        pieces.push(text.slice(at, from));
        at = from;
        if (found === null || from === end) {
            break;
        }
        const [mark] = found;
        if (mark === "$${" || mark === "%%{") {
            dropped.push(at - start - dropped.length);
            pieces.push(mark.slice(1));
            at += mark.length;
        } else {
            // Of `$%{` the first character is a text.
            pieces.push(mark.slice(0, -2));
            at += mark.length - 2;
            const close = closingBrace(text, at + 1, end);
            const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
            // A directive on a line of its own (`%{ for … ~}`) is no line of the definition.
            const alone = text[at] === "%" && line.trim() === "" && /^[ \t]*(\r?\n|$)/.test(text.slice(close, end));
            pieces.push((alone ? "#" : TEMPLATE_CHARACTER).repeat(close - at));
            at = close;
        }
        opening.lastIndex = at;
    }
    return {
        source: pieces.join(""),
        toFile: (offset) => start + offset + lastUpTo(dropped, offset - 1) + 1,
        escape: (written) => written.replaceAll(/[$%](?=\{)/g, "$&$&"),
    };
}

/** The place after the brace that closes the one at `open`. */
function closingBrace(text: string, open: number, end: number): number {
    let depth = 0;
    for (let at = open; at < end && text[at] !== "\n"; at++) {
        depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
        if (depth === 0) {
            return at + 1;
        }
    }
    return open + 1;
}
