import { AdvisedError, InvokeError } from "../../errors";

/** Google's canonical codes. */
export type Status =
    | "OK"
    | "CANCELLED"
    | "UNKNOWN"
    | "INVALID_ARGUMENT"
    | "DEADLINE_EXCEEDED"
    | "NOT_FOUND"
    | "ALREADY_EXISTS"
    | "PERMISSION_DENIED"
    | "RESOURCE_EXHAUSTED"
    | "FAILED_PRECONDITION"
    | "ABORTED"
    | "OUT_OF_RANGE"
    | "UNIMPLEMENTED"
    | "INTERNAL"
    | "UNAVAILABLE"
    | "UNAUTHENTICATED";

/** A refusal in Google's words. It becomes the error body of REST or the status of gRPC. */
export class ApiError extends InvokeError {
    readonly code = "api-refused";

    constructor(
        readonly status: Status,
        message: string,
        readonly details: Record<string, unknown>[] = [],
    ) {
        super(message);
    }
}

/** Something that was asked of the sandbox and cannot be done. */
export class SandboxError extends AdvisedError {
    readonly code = "sandbox";
}

/** A sandbox.yaml that cannot be read. */
export class MappingError extends AdvisedError {
    readonly code = "sandbox-mapping";
}

/** A service or function that cannot be started, or did not answer. */
export class WorkloadError extends AdvisedError {
    readonly code = "workload";
}

/** An uploaded archive that cannot be unpacked. */
export class ArchiveError extends AdvisedError {
    readonly code = "archive";
}

/** A schedule that cannot be read. */
export class ScheduleError extends AdvisedError {
    readonly code = "schedule";
}

/** A command that a running sandbox refused. */
export class ControlError extends AdvisedError {
    readonly code = "sandbox-control";
}

/** A state of a sandbox that cannot be read or written. */
export class StoreError extends AdvisedError {
    readonly code = "sandbox-state";
}
