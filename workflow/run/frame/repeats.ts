import type { StepInfo } from "./step-events";
import type { RuntimeValue } from "../values";

/** How often a `try` was tried again, and the step that it is in. */
export interface Attempts {
    retries: number;
    step: StepInfo | undefined;
}

/** What a loop goes over, given one by one. */
export interface Items {
    /** How many there are, at most. */
    length: number;
    at(index: number): RuntimeValue;
}

/** How far a loop has come. */
export interface Turns {
    items: Items;
    /** How many iterations have begun. */
    begun: number;
}
