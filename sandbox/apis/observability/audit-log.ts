import { defined } from "../../../common";
import type { AuditedCall, Cloud } from "../../cloud";
import { writeLog } from "./logging";

/** The kinds of resources that entries name, where Google documents one: https://cloud.google.com/logging/docs/api/v2/resource-list */
const RESOURCES: [type: string, resource: RegExp][] = [
    ["gcs_bucket", /^projects\/_\/buckets\/(?<bucket_name>[^/]+)/],
    ["project", /^projects\/[^/]+$/],
    ["pubsub_topic", /\/topics\/(?<topic_id>[^/]+)/],
    ["pubsub_subscription", /\/subscriptions\/(?<subscription_id>[^/]+)/],
    ["service_account", /\/serviceAccounts\/(?<email_id>[^/]+)/],
];

/**
 * Writes who changed what to the admin activity log, and the rest to the data access log, and tells Eventarc's triggers.
 * https://cloud.google.com/logging/docs/audit/understanding-audit-logs
 */
export function logAuditedCalls(cloud: Cloud): void {
    cloud.signals.on((signal) => {
        if (signal.kind !== "audited") {
            return;
        }
        const entry = entryOf(signal.audited);
        writeLog(cloud, [entry]);
        tellTriggers(cloud, signal.audited, entry);
    });
}

function entryOf(audited: AuditedCall) {
    const { container, type, service, method, resourceName, userAgent, message } = audited;
    const [, project] = /^projects\/(.+)/.exec(container) ?? [];
    const [kind, shape] = RESOURCES.find(([, one]) => one.test(resourceName)) ?? ["audited_resource"];
    const labels = shape === undefined ? { service, method } : shape.exec(resourceName)?.groups;
    return {
        logName: `${container}/logs/cloudaudit.googleapis.com%2F${type === "ADMIN_WRITE" ? "activity" : "data_access"}`,
        resource: { type: kind, labels: { ...defined({ project_id: project }), ...labels } },
        severity: message !== undefined ? "ERROR" : type === "ADMIN_WRITE" ? "NOTICE" : "INFO",
        timestamp: new Date(audited.time).toISOString(),
        protoPayload: {
            "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
            serviceName: service,
            methodName: method,
            resourceName,
            status: message === undefined ? {} : { code: 7, message },
            ...callerOf(audited),
            ...(userAgent !== undefined && { requestMetadata: { callerSuppliedUserAgent: userAgent } }),
            authorizationInfo: audited.authorizationInfo,
        },
    };
}

/**
 * Who called. A token of another issuer is exchanged by whom that issuer names, and all else is done by the principal.
 * https://cloud.google.com/iam/docs/audit-logging/examples-workload-identity
 */
function callerOf({ service, member }: AuditedCall) {
    if (!member.startsWith("principal:")) {
        return { authenticationInfo: { principalEmail: member.replace(/^[^:]+:/, "") } };
    }
    const [, subject = ""] = /\/subject\/(.+)$/s.exec(member) ?? [];
    return service === "sts.googleapis.com"
        ? { authenticationInfo: { principalSubject: subject }, metadata: { mapped_principal: member } }
        : { authenticationInfo: { principalSubject: member } };
}

/** https://cloud.google.com/eventarc/docs/reference/supported-events#audit */
function tellTriggers(cloud: Cloud, audited: AuditedCall, data: ReturnType<typeof entryOf>): void {
    const { container, service, method, resourceName, message } = audited;
    const [, project] = /^projects\/(.+)/.exec(container) ?? [];
    if (message !== undefined || project === undefined) {
        return;
    }
    cloud.signals.emit({
        kind: "event",
        event: {
            project,
            type: "google.cloud.audit.log.v1.written",
            attributes: { serviceName: service, methodName: method, resourceName },
            source: `//cloudaudit.googleapis.com/${data.logName.replace("cloudaudit.googleapis.com%2F", "")}`,
            subject: `${service}/${resourceName}`,
            data,
        },
    });
}
