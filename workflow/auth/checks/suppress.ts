import { defined, didYouMean } from "../../../common";
import { Lexer } from "yaml";
import type { Position, Span } from "../../syntax";
import { isRule, rules as known } from "../rules";

type Problem =
    | ["ignore-without-reason/no-rule"]
    | ["ignore-without-reason/unknown-rule", rule: string, meant: string]
    | ["ignore-without-reason/no-reason", rule: string];

/** A comment that silences findings of the line below it: `# gcp-invoke-ignore rule: reason`. */
export interface Suppression {
    rules: string[];
    /** The line whose findings it silences. */
    line: number;
    span: Span;
    /** What is wrong with the comment itself. */
    problem?: Problem;
}

const comment = /^([ \t]*)#[ \t]*gcp-invoke-ignore\b[ \t]*(.*?)[ \t]*\r?$/;

/** Every such comment of a source. Several above one another are all for the line below them. */
export function suppressionsIn(source: string): Suppression[] {
    if (!source.includes("gcp-invoke-ignore")) {
        return [];
    }
    const comments = commentsIn(source);
    const lines = source.split("\n");
    const belows: number[] = [];
    lines.reduceRight((below, line, index) => {
        belows[index] = below;
        return /^\s*#/.test(line) ? below : index;
    }, -1);
    let offset = 0;
    return lines.flatMap((line, index) => {
        const start = offset;
        offset += line.length + 1;
        const match = comment.exec(line);
        const [, indent = "", rest = ""] = match ?? [];
        if (match === null || !comments.has(start + indent.length)) {
            return [];
        }
        const [names = "", ...reason] = rest.split(":");
        const rules = names.split(/[ ,]+/).filter((name) => name !== "");
        const unknown = rules.find((rule) => !isRule(rule));
        const below = belows[index] ?? -1;
        const problem: Problem | undefined =
            rules.length === 0
                ? ["ignore-without-reason/no-rule"]
                : unknown !== undefined
                  ? ["ignore-without-reason/unknown-rule", unknown, didYouMean(unknown, Object.keys(known))]
                  : reason.join(":").trim() === ""
                    ? ["ignore-without-reason/no-reason", rules.join(", ")]
                    : undefined;
        const at = (column: number): Position => ({ line: index + 1, column: column + 1, offset: start + column });
        return {
            rules,
            line: (below < 0 ? index + 1 : below) + 1,
            span: { start: at(indent.length), end: at(line.trimEnd().length) },
            ...defined({ problem }),
        };
    });
}

/** What the lexer gives for a document, for the end of a flow collection, and before each scalar. */
const controls = ["\u0002", "\u0018", "\u001f"];

/** Where comments begin: what looks like one within a text is none. */
function commentsIn(source: string): Set<number> {
    const found = new Set<number>();
    let [offset, isScalar] = [0, false];
    for (const token of new Lexer().lex(source)) {
        if (controls.includes(token)) {
            isScalar = token === "\u001f";
            continue;
        }
        if (!isScalar && token.startsWith("#")) {
            found.add(offset);
        }
        offset += token.length;
        isScalar = false;
    }
    return found;
}

/** Whether a comment with a reason silences the findings of a rule at a place. */
export function suppressor(source: string): (rule: string, at: Span) => boolean {
    const valid = suppressionsIn(source).filter(({ problem }) => problem === undefined);
    const meant = new Set(valid.flatMap((each) => each.rules.map((rule) => `${each.line} ${rule}`)));
    return (rule, at) => meant.has(`${at.start.line} ${rule}`);
}
