import { defined } from "../../../common";
import type { Cloud } from "../../cloud";
import { writeLog } from "./logging";

/**
 * Writes to the admin activity log which changes were refused for want of a permission.
 * https://cloud.google.com/logging/docs/audit/understanding-audit-logs
 */
export function logRefusedCalls(cloud: Cloud): void {
    cloud.signals.on((signal) => {
        if (signal.kind !== "refused-call") {
            return;
        }
        const { project, service, method, resourceName, resource, principalEmail, permission, message } =
            signal.refused;
        writeLog(cloud, [
            {
                logName: `projects/${project}/logs/cloudaudit.googleapis.com%2Factivity`,
                resource: { type: "audited_resource", labels: { project_id: project, service, method } },
                severity: "ERROR",
                protoPayload: {
                    "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
                    serviceName: service,
                    methodName: method,
                    resourceName,
                    status: { code: 7, message },
                    authenticationInfo: { principalEmail },
                    authorizationInfo: [{ ...defined({ permission }), resource, granted: false }],
                },
            },
        ]);
    });
}
