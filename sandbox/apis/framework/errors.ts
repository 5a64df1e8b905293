import type { IncomingHttpHeaders } from "node:http";
import { ApiError, StoreError, type Status, type Json } from "../../cloud";
import { messageOf } from "../../../errors";

/** Google's canonical codes: the number in gRPC, and the HTTP status (google/rpc/code.proto). */
const CODES: Record<Status, [grpc: number, http: number]> = {
    OK: [0, 200],
    CANCELLED: [1, 499],
    UNKNOWN: [2, 500],
    INVALID_ARGUMENT: [3, 400],
    DEADLINE_EXCEEDED: [4, 504],
    NOT_FOUND: [5, 404],
    ALREADY_EXISTS: [6, 409],
    PERMISSION_DENIED: [7, 403],
    RESOURCE_EXHAUSTED: [8, 429],
    FAILED_PRECONDITION: [9, 400],
    ABORTED: [10, 409],
    OUT_OF_RANGE: [11, 400],
    UNIMPLEMENTED: [12, 501],
    INTERNAL: [13, 500],
    UNAVAILABLE: [14, 503],
    UNAUTHENTICATED: [16, 401],
};

export function grpcCode(status: Status): number {
    return CODES[status][0];
}

/** The name of one of gRPC's codes: `PERMISSION_DENIED` for 7. */
export function statusName(code: number): Status {
    const found = (Object.keys(CODES) as Status[]).find((status) => CODES[status][0] === code);
    return found ?? "UNKNOWN";
}

export function httpStatus(status: Status): number {
    return CODES[status][1];
}

/**
 * The status of an error for a client. gcloud asks again for half a minute after each status from 500, so that it gets 400
 * for what will never be there. https://github.com/google/apitools/blob/master/apitools/base/py/http_wrapper.py
 */
export function statusFor(status: Status, headers: IncomingHttpHeaders): number {
    const isGcloud = headers["user-agent"]?.includes("gcloud/") === true;
    return isGcloud && status === "UNIMPLEMENTED" ? 400 : httpStatus(status);
}

/** Any failure as an {@link ApiError}. Another error than that is a fault of the sandbox, and the message says so. */
export function toApiError(error: unknown): ApiError {
    if (error instanceof ApiError) {
        return error;
    }
    // A full disk is no mistake of the sandbox's: its message says what to do.
    const message = error instanceof StoreError ? error.message : `internal error of the sandbox: ${messageOf(error)}`;
    return new ApiError("INTERNAL", message);
}

/** The body of a REST error. https://cloud.google.com/apis/design/errors#http_mapping */
export function errorBody(error: ApiError): Json {
    const { status, message, details } = error;
    return { error: { code: httpStatus(status), message, status, ...(details.length > 0 && { details }) } };
}

/** A `google.rpc.ErrorInfo`, one of the details of an error. */
export function errorInfo(reason: string, domain: string, metadata: Record<string, string> = {}): Json {
    return { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain, metadata };
}

export function notFound(name: string): ApiError {
    return new ApiError("NOT_FOUND", `Resource '${name}' was not found`);
}

export function alreadyExists(name: string): ApiError {
    return new ApiError("ALREADY_EXISTS", `Resource '${name}' already exists`);
}

/** An `INVALID_ARGUMENT` error. @param field the field that is wrong, if it is one field */
export function invalidArgument(message: string, field?: string): ApiError {
    const violation = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        fieldViolations: [{ field, description: message }],
    };
    return new ApiError("INVALID_ARGUMENT", message, field === undefined ? [] : [violation]);
}

/** The error for what the sandbox does not implement. */
export function unimplemented(what: string): ApiError {
    return new ApiError("UNIMPLEMENTED", `${what} is not implemented by the sandbox`);
}
