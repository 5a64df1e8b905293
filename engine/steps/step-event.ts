import type { Operation, Step } from "../events";
import { hideSecrets, nameOf, type PropertyDiff, typeOf, type Value } from "../values";

/** A step as told to listeners. Secrets in its differences do not show. */
export function stepOf(operation: Operation, urn: string, id?: string, diff?: PropertyDiff[]): Step {
    return {
        operation,
        urn,
        type: typeOf(urn),
        name: nameOf(urn),
        ...(id !== undefined && { id }),
        ...(diff !== undefined &&
            diff.length > 0 && {
                diff: diff.map((entry) => ({
                    ...entry,
                    ...("before" in entry && { before: hideSecrets(entry.before as Value) }),
                    ...("after" in entry && { after: hideSecrets(entry.after as Value) }),
                })),
            }),
    };
}
