import { defined } from "../../common";
import type { Operation, Step } from "../events";
import type { ResourceState } from "../state";
import { hideSecrets, isObject, nameOf, type PropertyDiff, typeOf, type Value } from "../values";

/** A step as events describe it. Secrets in its differences are replaced by `[secret]`. */
export function stepOf(operation: Operation, urn: string, id?: string, diff: PropertyDiff[] = []): Step {
    const redacted = diff.map((entry) => ({
        ...entry,
        ...("before" in entry && { before: hideSecrets(entry.before as Value) }),
        ...("after" in entry && { after: hideSecrets(entry.after as Value) }),
    }));
    return {
        operation,
        urn,
        type: typeOf(urn),
        name: nameOf(urn),
        ...defined({ id, diff: redacted.length > 0 ? redacted : undefined }),
    };
}

/** Whether the result of a step is the state of its resource. */
export function isState(value: unknown): value is ResourceState {
    return isObject(value) && isObject(value["inputs"]) && isObject(value["outputs"]);
}
