import { AdvisedError } from "../../errors";

/** The audit was given what it cannot use. */
export class AuditError extends AdvisedError {
    readonly code = "workflow-audit";
}
