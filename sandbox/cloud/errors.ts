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

/** A refusal as Google words it; served as REST error body or gRPC status. */
export class ApiError extends Error {
    constructor(
        readonly status: Status,
        message: string,
        readonly details: Record<string, unknown>[] = [],
    ) {
        super(message);
        this.name = "ApiError";
    }
}
