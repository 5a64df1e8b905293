import { defined } from "../../common";
import type { Diagnosis } from "../smoke-report";

/** Why something failed. */
export interface Finding {
    diagnosis: Diagnosis;
    /** Whether waiting does not help. */
    final: boolean;
    /** Whether the receiver's own code made the failure: another try would reach it again. */
    byCode?: boolean;
    /** For how many seconds it is worth to wait. @default - until the deadline */
    patienceSeconds?: number;
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

/**
 * For how many seconds a receiver is tried again to which no connection can be made at all: its name is in no DNS, or a proxy
 * refuses it. No grant mends that, but a network can fail for a moment.
 */
export const CONNECTION_PATIENCE_SECONDS = 10;

/** No connection to a receiver can be made. */
export const unreachable = (cause: string): Finding => ({
    ...temporary("unreachable", cause),
    patienceSeconds: CONNECTION_PATIENCE_SECONDS,
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
