import { defined } from "../../common";
import type { Diagnosis } from "../smoke-report";

/** Why something failed. */
export interface Finding {
    diagnosis: Diagnosis;
    /** Whether waiting does not help. */
    final: boolean;
    /** Whether the receiver's own code made the failure: another try would reach it again. */
    byCode?: boolean;
}

/** A cause that waiting does not end. */
export const permanent = (code: string, cause: string, fix?: string): Finding => ({
    final: true,
    diagnosis: { code, cause, ...defined({ fix }) },
});

/** A cause that may be gone at a later try. */
export const temporary = (code: string, cause: string, fix?: string): Finding => ({
    ...permanent(code, cause, fix),
    final: false,
});

/** A failure that the receiver's own code made. It is not tried again, unless the user says that this is safe. */
export const ofCode = (code: string, cause: string, fix?: string): Finding => ({
    ...permanent(code, cause, fix),
    byCode: true,
});

/** Puts the status before the cause, where people look for it. */
export function withStatus(status: number, finding: Finding): Finding {
    return { ...finding, diagnosis: { ...finding.diagnosis, cause: `${status}: ${finding.diagnosis.cause}` } };
}
