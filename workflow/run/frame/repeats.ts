import type { StepInfo } from "./step-events";
import type { RuntimeValue } from "../values";

/** How often a `try` was repeated, and the step that it is in. */
export interface Attempts {
    retries: number;
    step: StepInfo | undefined;
}

/** The items that a loop iterates over, one by one. */
export interface Items {
    /** How many there are, at most. */
    length: number;
    at(index: number): RuntimeValue;
}

/** The progress of a loop. */
export interface Turns {
    items: Items;
    /** How many iterations have begun. */
    begun: number;
}
