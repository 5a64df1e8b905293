import { ApiError, type Call, type Json, type Principal } from "../../cloud";
import { memberOf } from "../../iam";
import { type Arrival, authenticate, fullName } from "./access";

/** The calls that the admin activity log always has. Reads are in the data access log, which is off by default. */
const CHANGES = /\.(Create|Update|Delete|Undelete|Set|Patch|Enable|Disable|Replace|Upload|Add)[A-Z]\w*$/;

/**
 * Signals a change that the audit log has, so that Eventarc's triggers can deliver it.
 * https://cloud.google.com/eventarc/docs/reference/supported-events#audit
 */
export function emitAuditEvent(call: Call, request: Json): void {
    if (!CHANGES.test(call.method)) {
        return;
    }
    const { resourceName, project } = subjectOf(request);
    if (project === undefined) {
        return;
    }
    call.cloud.signals.emit({
        kind: "event",
        event: {
            project,
            type: "google.cloud.audit.log.v1.written",
            attributes: { serviceName: call.host, methodName: call.method, resourceName },
            source: `//cloudaudit.googleapis.com/projects/${project}/logs/activity`,
            subject: `${call.host}/${resourceName}`,
            data: {
                logName: `projects/${project}/logs/cloudaudit.googleapis.com%2Factivity`,
                timestamp: call.time,
                protoPayload: {
                    serviceName: call.host,
                    methodName: call.method,
                    resourceName,
                    authenticationInfo: { principalEmail: memberOf(call.principal).replace(/^[^:]+:/, "") },
                    status: {},
                },
            },
        },
    });
}

/** What a request is about, and the project of that. */
function subjectOf(request: Json): { resourceName: string; project: string | undefined } {
    const inner = Object.values(request).find(
        (value): value is { name: string } =>
            typeof value === "object" && value !== null && "name" in value && typeof value.name === "string",
    );
    const named = request.name ?? request.resource ?? inner?.name ?? request.parent;
    const resourceName = typeof named === "string" ? named : "";
    return { resourceName, project: /^projects\/([^/]+)/.exec(resourceName)?.[1] };
}

/** Signals that a call was refused, if it is one that the admin activity log has. */
export function emitRefusal(arrival: Arrival, scopes: readonly string[], request: Json, error: unknown): void {
    const { cloud, host, method } = arrival;
    const { resourceName, project } = subjectOf(request);
    if (!CHANGES.test(method) || project === undefined) {
        return;
    }
    if (!(error instanceof ApiError) || error.status !== "PERMISSION_DENIED") {
        return;
    }
    const principal = callerOf(arrival, scopes);
    const denied = error.details.find(({ reason }) => reason === "IAM_PERMISSION_DENIED");
    const { permission, resource = fullName(host, resourceName) } = (denied?.metadata ?? {}) as Record<string, string>;
    cloud.signals.emit({
        kind: "refused-call",
        refused: {
            project,
            service: host,
            method,
            resourceName,
            principalEmail: principal === undefined ? "" : memberOf(principal).replace(/^[^:]+:/, ""),
            permission,
            resource,
            message: error.message,
        },
    });
}

function callerOf(arrival: Arrival, scopes: readonly string[]): Principal | undefined {
    try {
        return authenticate(arrival, scopes).principal;
    } catch {
        // A token whose scopes are too narrow is refused here as well.
        return undefined;
    }
}
