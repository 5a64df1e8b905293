import { TEMPLATE_CHARACTER } from "./domain";

/** A workflow within a file: the whole of it, or a Terraform heredoc. */
export interface WorkflowDocument {
    source: string;
    /** The place in the file (UTF-16 units) of a place in `source`. */
    toFile(offset: number): number;
    /** What is written into `source`, as it must stand in the file. */
    escape(text: string): string;
}

/**
 * The workflow definitions in a file: heredocs of `.tf` files with Terraform's escapes undone (`$${` → `${`), else the
 * file itself, where `$${` tells that Terraform renders it (`templatefile`). Terraform's own `${…}` becomes characters
 * that stand for an unknown value, so that every other place keeps its line.
 */
export function documentsIn(text: string, file: string): WorkflowDocument[] {
    if (/\.tf$/i.test(file)) {
        return heredocs(text).map(([start, end]) => terraform(text, start, end));
    }
    return text.includes("$${") || /\.(tftpl|tpl)$/i.test(file)
        ? [terraform(text, 0, text.length)]
        : [{ source: text, toFile: (offset) => offset, escape: (written) => written }];
}

/** Whether a text is likely a workflow definition: in folders there is other YAML and JSON. */
export function looksLikeWorkflow(text: string): boolean {
    return (
        /^["']?main["']?\s*:|^\s*\{?\s*"main"\s*:|["']?\b(call|assign)["']?\s*:/m.test(text) &&
        !/^\s*(jobs|apiVersion)\s*:|"\$schema"\s*:/m.test(text)
    );
}

function heredocs(text: string): [start: number, end: number][] {
    return [...text.matchAll(/<<[-~]?"?(\w+)"?[ \t]*\r?\n/g)].flatMap((opening): [number, number][] => {
        const start = opening.index + opening[0].length;
        const closing = new RegExp(`^[ \\t]*${opening[1] ?? ""}[ \\t]*\\r?$`, "m").exec(text.slice(start));
        const end = closing === null ? text.length : start + closing.index;
        return looksLikeWorkflow(text.slice(start, end)) ? [[start, end]] : [];
    });
}

/** `$${` and `%%{` are `${` and `%{`; `${…}` is Terraform's: https://developer.hashicorp.com/terraform/language/expressions/strings */
function terraform(text: string, start: number, end: number): WorkflowDocument {
    const dropped: number[] = [];
    let source = "";
    for (let at = start; at < end;) {
        if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
            dropped.push(source.length);
            source += text.slice(at + 1, at + 3);
            at += 3;
        } else if (text.startsWith("${", at) || text.startsWith("%{", at)) {
            const close = closingBrace(text, at + 1, end);
            // A directive on a line of its own (`%{ for … ~}`) is no line of the definition.
            const alone =
                text[at] === "%" && /(^|\n)[ \t]*$/.test(source) && /^[ \t]*(\r?\n|$)/.test(text.slice(close, end));
            source += alone ? "#".repeat(close - at) : TEMPLATE_CHARACTER.repeat(close - at);
            at = close;
        } else {
            source += text[at] ?? "";
            at++;
        }
    }
    return {
        source,
        toFile: (offset) => start + offset + dropped.filter((place) => place < offset).length,
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
