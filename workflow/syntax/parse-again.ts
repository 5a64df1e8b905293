import { isAlias, isCollection, isScalar, type Node, visit } from "yaml";
import type { Parsed, Step } from "./ast";
import type { Lines } from "./lines";
import { type Distance, movedStep } from "./moved";
import { formatOf, type ParseOptions, parseWorkflow, readProgram, SOURCE_BYTES } from "./parse";
import { MAX_DEPTH, Reader } from "./reader";
import { Shortened } from "./shortened";
import { findStepLists, type StepItem, type StepList } from "./step-lists";
import { readStrictYaml } from "./yaml";

/** A step of more characters is not kept as a whole if it has lists of steps: those steps are. */
const LARGE = 2000;
/** How many texts of steps are kept. */
const MAX_KEPT = 10_000;

/** A step that was read on its own, where it was last. */
interface Kept {
    at: Distance;
    step: Step;
}

/**
 * Parses versions of a source, one after the other, as `parseWorkflow` does, and reads again only the steps whose text is new.
 * A step is kept if it means the same wherever it stands: nothing is wrong with it, and it has no anchor and no alias. It is
 * left out of the YAML document, and put back among the steps around it.
 */
export class Reparser {
    /** By the text of a step, with the blanks before its dash; undefined for a step that cannot be kept. */
    private readonly known = new Map<string, Kept | undefined>();

    parse(source: string, options: ParseOptions): Parsed {
        return this.parseShortened(source, options) ?? parseWorkflow(source, options);
    }

    private parseShortened(source: string, options: ParseOptions): Parsed | undefined {
        const tooLong = Buffer.byteLength(source) > (options.maxBytes ?? SOURCE_BYTES);
        if (tooLong || formatOf(source, options) !== "yaml" || /^%/m.test(source)) {
            return undefined;
        }
        const shortened = new Shortened(source);
        findStepLists(source).forEach((list) => this.shorten(list, shortened));
        const document = readStrictYaml(shortened.text());
        const reader = new Reader(source, document, shortened);
        const program = document.errors.length === 0 ? readProgram(reader, document) : undefined;
        const isWhole = shortened.isComplete() && reader.diagnostics.every(({ rule }) => rule !== "syntax");
        return program === undefined || !isWhole
            ? undefined
            : { source, file: options.file, format: "yaml", diagnostics: reader.diagnostics, program };
    }

    /** Leaves out the steps of a list that are known. The first and the last stay, so that the list keeps its form. */
    private shorten({ items, indentation }: StepList, shortened: Shortened): void {
        for (const [index, item] of items.entries()) {
            const { from, to, lists } = item;
            const isInside = index > 0 && to !== undefined;
            const large = to !== undefined && to - from > LARGE && lists.some((list) => list.items.length > 2);
            const step =
                isInside && !large
                    ? this.keptAt(shortened.source.slice(from, to), item, indentation, shortened.lines)
                    : undefined;
            if (step !== undefined && to !== undefined) {
                shortened.leaveOut(from, to, indentation, step);
            } else {
                lists.forEach((list) => this.shorten(list, shortened));
            }
        }
    }

    private keptAt(text: string, { from }: StepItem, indentation: number, lines: Lines): Step | undefined {
        const at = { offset: from, line: lines.position(from).line };
        const kept = this.known.has(text) ? this.known.get(text) : readAlone(text, indentation, at);
        this.known.delete(text);
        this.known.set(text, kept);
        const [oldest] = this.known.size > MAX_KEPT ? this.known.keys() : [];
        if (oldest !== undefined) {
            this.known.delete(oldest);
        }
        if (kept !== undefined && (kept.at.offset !== at.offset || kept.at.line !== at.line)) {
            const by = { offset: at.offset - kept.at.offset, line: at.line - kept.at.line };
            Object.assign(kept, { at, step: movedStep(kept.step, by) });
        }
        return kept?.step;
    }
}

/** Reads a step as one of a list, followed by another; undefined if it could mean something else elsewhere. */
function readAlone(text: string, indentation: number, at: Distance): Kept | undefined {
    const head = indentation === 0 ? "" : "main:\n steps:\n";
    const source = `${head}${text}${" ".repeat(indentation)}- end: {next: end}\n`;
    const document = readStrictYaml(source);
    if (document.errors.length > 0 || hasAnchors(document.contents)) {
        return undefined;
    }
    const reader = new Reader(source, document);
    const [step, end, more] = readProgram(reader, document)?.routines[0]?.steps ?? [];
    const isDeep = reader.deepest + 2 * indentation + 10 > MAX_DEPTH;
    if (
        step === undefined ||
        end?.name.text !== "end" ||
        more !== undefined ||
        reader.diagnostics.length > 0 ||
        isDeep
    ) {
        return undefined;
    }
    const line = indentation === 0 ? 1 : 3;
    return { at, step: movedStep(step, { offset: at.offset - head.length, line: at.line - line }) };
}

function hasAnchors(node: Node | null): boolean {
    let found = false;
    visit(node, (_key, each) => {
        found ||= isAlias(each) || ((isScalar(each) || isCollection(each)) && each.anchor !== undefined);
    });
    return found;
}
