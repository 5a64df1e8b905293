import { failure, isMapValue, type RuntimeValue, typeName } from "../values";
import type { Frame } from "./frame";

/** The frame that is `depth` levels of `parallel` further out. */
export function frameAt(frame: Frame, depth: number): Frame {
    let found = frame;
    for (let level = 0; level < depth; level++) {
        found = found.outer ?? found;
    }
    return found;
}

/**
 * Notes that something else holds a value too, so that it can no longer be changed in place. Variables are passed by
 * value (https://cloud.google.com/workflows/docs/reference/syntax/variables#passing-value), copied when they change.
 */
export function disown(value: RuntimeValue, frame: Frame): void {
    if (typeof value !== "object" || value === null) {
        return;
    }
    for (let each: Frame | undefined = frame; each !== undefined; each = each.outer) {
        each.owned.delete(value);
    }
}

export function mapKey(key: RuntimeValue): string {
    if (typeof key !== "string") {
        throw failure("TypeError", `a map's keys are strings; got: ${typeName(key)}`);
    }
    return key;
}

export function getMember(object: RuntimeValue, name: string): RuntimeValue {
    const value = isMapValue(object) ? object.get(name) : undefined;
    if (value === undefined) {
        throw isMapValue(object)
            ? failure("KeyError", `key not found: ${name}`)
            : failure("TypeError", `cannot take the key "${name}" of a value of type ${typeName(object)}`);
    }
    return value;
}

export function getIndex(object: RuntimeValue, index: RuntimeValue): RuntimeValue {
    if (Array.isArray(object)) {
        return object[listIndex(object, index)] ?? null;
    }
    if (isMapValue(object)) {
        return getMember(object, mapKey(index));
    }
    throw failure("TypeError", `cannot take an index of a value of type ${typeName(object)}`);
}

/** @throws WorkflowError `IndexError` out of range, negative indices included [K] */
export function listIndex(list: RuntimeValue[], index: RuntimeValue): number {
    if (typeof index !== "number" && typeof index !== "bigint") {
        throw failure("TypeError", `a list's index is an integer; got: ${typeName(index)}`);
    }
    if (index < 0 || index >= list.length) {
        throw failure("IndexError", `index out of range: ${index}, the list has ${list.length} elements`);
    }
    return Number(index);
}
