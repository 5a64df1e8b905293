import {
    type AuditOptions,
    auditWorkflow,
    type Definition,
    definitionsIn,
    type Edit,
    type FileAudit,
    looksLikeWorkflow,
    planInjection,
} from "../auth";
import { type Parse, parseWorkflow, type Program, type Span, type Step } from "../syntax";
import { validateWorkflow } from "../validate";
import { programWithout } from "./broken-lines";
import { stepsAround } from "./steps-around";

/** What an edit of the injector does in a file. Places are the file's. */
export interface Fix {
    /** Such as `call: adds auth OIDC, audience https://…`. */
    title: string;
    /** The step that lacks the credential. */
    span: Span;
    edits: Edit[];
}

/** A definition of a file, and a place in it. */
export interface InDefinition {
    definition: Definition;
    /** The place in the source of the definition. */
    offset: number;
}

/** A file as an editor has it. What is asked of it is computed once. */
export class WorkflowFile {
    readonly definitions: readonly Definition[];
    private audit: FileAudit | undefined;
    private planned: Fix[] | undefined;
    private readonly mended = new Map<string, Program | undefined>();

    /**
     * @param path decides how the file is read, by its ending
     * @param parse parses its definitions, as `parseWorkflow` does
     */
    constructor(
        readonly text: string,
        readonly path: string,
        readonly options: AuditOptions,
        private readonly parse: Parse = parseWorkflow,
    ) {
        this.definitions = definitionsIn(text, path, parse);
    }

    /** What a deploy would refuse, and what the audit finds. */
    check(): FileAudit {
        this.audit ??= this.checked();
        return this.audit;
    }

    /** What the injector would write, one fix a change. Fixes that share an edit have it each. */
    fixes(): Fix[] {
        this.planned ??= this.definitions.flatMap((definition) => {
            const { parsed } = definition;
            return planInjection(parsed, this.options).changes.map(({ step, span, description, edits }) => ({
                title: `${step} ${description}`,
                span: definition.span(innermost(parsed.program, span.start.offset)?.span ?? span),
                edits: edits.map((edit) => definition.edit(edit)),
            }));
        });
        return this.planned;
    }

    /** All edits of the injector, each once, in the order of their places. */
    allEdits(): Edit[] {
        const edits = this.fixes().flatMap((fix) => fix.edits);
        const unique = new Map(edits.map((edit) => [`${edit.start} ${edit.end} ${edit.text}`, edit]));
        return [...unique.values()].sort((a, b) => a.start - b.start || a.end - b.end);
    }

    /** The definition at an offset of the file. */
    at(offset: number): InDefinition | undefined {
        for (const definition of this.definitions) {
            const { length } = definition.parsed.source;
            if (definition.toFile(0) <= offset && offset <= definition.toFile(length)) {
                return { definition, offset: offsetIn(definition, offset) };
            }
        }
        return undefined;
    }

    /**
     * The program of a definition. If it has mistakes that keep it from being read, the lines with them are left out, the
     * line of the offset first: what somebody is writing there is not finished.
     */
    program({ definition: { parsed }, offset }: InDefinition): Program | undefined {
        if (parsed.program !== undefined) {
            return parsed.program;
        }
        const key = `${this.definitions.findIndex((each) => each.parsed === parsed)} ${lineOf(parsed.source, offset)}`;
        if (!this.mended.has(key)) {
            this.mended.set(key, programWithout(parsed.source, this.path, offset, this.parse));
        }
        return this.mended.get(key);
    }

    private checked(): FileAudit {
        const found = this.definitions.map((definition) => {
            const { parsed, problems, span } = definition;
            const { findings, calls } = auditWorkflow(parsed, this.options);
            const diagnostics = validateWorkflow(parsed);
            return {
                findings: findings.map((each) => ({ ...each, span: span(each.span) })),
                diagnostics: [...problems, ...diagnostics.map((each) => ({ ...each, span: span(each.span) }))],
                calls,
            };
        });
        return {
            findings: found.flatMap(({ findings }) => findings),
            diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
            calls: found.reduce((sum, { calls }) => sum + calls, 0),
            workflows: looksLikeWorkflow(this.text) ? found.length : 0,
        };
    }
}

function lineOf(text: string, offset: number): number {
    return text.slice(0, offset).split("\n").length;
}

function innermost(program: Program | undefined, offset: number): Step | undefined {
    return program === undefined ? undefined : stepsAround(program, offset).at(-1);
}

/** The last offset of the source that is not behind an offset of the file. */
function offsetIn(definition: Definition, offset: number): number {
    let [low, high] = [0, definition.parsed.source.length];
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (definition.toFile(middle) <= offset) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}
