import type { Position, Step } from "./ast";

/** By how many characters and lines something moves. */
export interface Distance {
    offset: number;
    line: number;
}

/** A copy of a step at another place. Expressions count from their own beginning, and are shared. */
export function movedStep(step: Step, by: Distance): Step {
    return moved(step, by);
}

function moved<T>(value: T, by: Distance): T {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map((each: unknown) => moved(each, by)) as T;
    }
    if (isPosition(value)) {
        return { ...value, line: value.line + by.line, offset: value.offset + by.offset };
    }
    const copy: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(value)) {
        copy[key] = key === "expression" || key === "target" ? each : moved(each, by);
    }
    return copy as T;
}

function isPosition(value: object): value is Position {
    return "offset" in value && "column" in value;
}
