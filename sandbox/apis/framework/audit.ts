import { memberOf } from "../../iam";
import type { Call, Json } from "../../cloud";

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
    const inner = Object.values(request).find(
        (value): value is { name: string } =>
            typeof value === "object" && value !== null && "name" in value && typeof value.name === "string",
    );
    const resourceName = request.name ?? request.resource ?? inner?.name ?? request.parent;
    if (typeof resourceName !== "string") {
        return;
    }
    const project = /^projects\/([^/]+)/.exec(resourceName)?.[1];
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
