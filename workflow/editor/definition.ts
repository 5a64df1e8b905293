import type { Span, Step } from "../syntax";
import { stepsIn } from "./steps-around";
import { wordAt } from "./subject";
import type { WorkflowFile } from "./workflow-file";

/** Where the step of a `next`, or the subworkflow that is called, is in the file. */
export function definitionAt(file: WorkflowFile, offset: number): Span | undefined {
    const subject = wordAt(file, offset);
    if (subject === undefined) {
        return undefined;
    }
    const { place, slot, expression, program, around } = subject;
    const name = expression?.word ?? place.typed.replace(/^["']/, "");
    const isName = place.part === "value" && expression === undefined;
    const step =
        isName && slot === "next"
            ? around.lists
                  .map((list) => list.find((each) => each.name.text === name))
                  .find((each) => each !== undefined)
            : undefined;
    const isCall = expression === undefined ? isName && slot === "callee" : expression.textFor === undefined;
    const routine = isCall ? program?.routines.find((each) => each.name.text === name && name !== "main") : undefined;
    const found = step?.name.span ?? routine?.name.span;
    return found && subject.at.definition.span(found);
}

/** A routine or a step, with the steps in it. Places are the file's. */
export interface Outline {
    name: string;
    /** What a step does, such as `call`; `routine` for a routine. */
    kind: string;
    span: Span;
    nameSpan: Span;
    children: Outline[];
}

/** The routines and steps of a file. */
export function outlineOf(file: WorkflowFile): Outline[] {
    return file.definitions.flatMap(({ parsed, span }) => {
        const one = ({ name, action, span: whole }: Step): Outline => ({
            name: name.text,
            kind: action?.kind ?? "next",
            span: span(whole),
            nameSpan: span(name.span),
            children: stepsIn(action).flat().map(one),
        });
        return (parsed.program?.routines ?? []).map(({ name, steps, span: whole }) => ({
            name: name.text,
            kind: "routine",
            span: span(whole),
            nameSpan: span(name.span),
            children: steps.map(one),
        }));
    });
}
