import type { Program, Span } from "../../syntax";
import type { Cause, Facts } from "../advice";
import type { Receiver } from "../receivers";
import type { AuditOptions } from "../types";

/** What the checks of a call get beside the call, and how they report what they find. */
export interface Reporter {
    options: AuditOptions;
    program: Program;
    /** The step of this workflow that may let everyone invoke a receiver. */
    openedBy: (receiver: Receiver) => string | undefined;
    report: <C extends Cause>(cause: C, span: Span, ...facts: Facts<C>) => void;
}
