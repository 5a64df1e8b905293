import type { Program } from "../syntax";
import { expressionAt, type ExpressionPlace } from "./expression-at";
import type { Place } from "./place";
import { placeAt } from "./scan-block";
import { slotAt, type Slot } from "./slots";
import { type Surroundings, surroundingsAt } from "./surroundings";
import type { InDefinition, WorkflowFile } from "./workflow-file";

/** What is written at a place of a file, with all that is known there. */
export interface Subject {
    at: InDefinition;
    place: Place;
    /** The map in which a key is written, or what a value is. */
    slot: Slot | undefined;
    expression: ExpressionPlace | undefined;
    program: Program | undefined;
    around: Surroundings;
    /** What is called by the step that the place is in. */
    callee: string | undefined;
}

/** What is written at an offset of a file; undefined in a comment, or outside of all definitions. */
export function subjectAt(file: WorkflowFile, offset: number): Subject | undefined {
    const at = file.at(offset);
    const place = at && placeAt(at.definition.parsed.source, at.offset);
    if (at === undefined || place === undefined) {
        return undefined;
    }
    const program = file.program(at);
    const around = surroundingsAt(program, place.path);
    const action = around.step?.action;
    const call = action?.kind === "try" ? action.body : action;
    return {
        at,
        place,
        slot: slotAt(place.path),
        expression: expressionAt(place),
        program,
        around,
        callee: calleeBeside(place) ?? (call?.kind === "call" ? call.callee.text : undefined),
    };
}

/** The same for the word that an offset is in or at, as if all of it were written. */
export function wordAt(file: WorkflowFile, offset: number): Subject | undefined {
    const [rest = ""] = /^[\w.]*/.exec(file.text.slice(offset, offset + 200)) ?? [];
    return subjectAt(file, offset + rest.length);
}

/** The value of `call` beside the arguments that a place is in. */
function calleeBeside({ path }: Place): string | undefined {
    const args = path.findLast((each) => each.kind === "key" && each.key === "args");
    return args?.kind === "key" ? args.siblings.get("call") : undefined;
}
