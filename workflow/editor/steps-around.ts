import type { Action, Program, Step } from "../syntax";

/** The lists of steps directly in an action. */
export function stepsIn(action: Action | undefined): (readonly Step[])[] {
    switch (action?.kind) {
        case "steps":
        case "for":
            return [action.steps];
        case "switch":
            return action.cases.flatMap((each) => stepsIn(each.action));
        case "parallel":
            return [action.branches ?? [], action.for?.steps ?? []];
        case "try":
            return [...stepsIn(action.body), action.except?.steps ?? []];
        default:
            return [];
    }
}

/** The steps whose text an offset is in, from the outermost. */
export function stepsAround({ routines }: Program, offset: number): Step[] {
    const found: Step[] = [];
    const search = (lists: readonly (readonly Step[])[]): void => {
        for (const step of lists.flat()) {
            if (step.span.start.offset <= offset && offset <= step.span.end.offset) {
                found.push(step);
                search(stepsIn(step.action));
                return;
            }
        }
    };
    search(routines.map(({ steps }) => steps));
    return found;
}
