import { defined } from "../../../common";
import {
    type Access,
    ApiError,
    type AuditedCall,
    type AuditType,
    type Cloud,
    type Json,
    type Principal,
} from "../../cloud";
import { ancestorsOf, containerOf, memberOf } from "../../iam";
import { type Arrival, authenticate, fullName } from "./access";

/** Permissions on what resources hold: objects, messages, tokens. All others are on resources and their settings. */
const DATA =
    /^(storage\.(objects|multipartUploads)\.|pubsub\.(topics\.publish|subscriptions\.consume)$|cloudtasks\.tasks\.|cloudkms\.cryptoKeyVersions\.useTo|secretmanager\.versions\.access$|cloudfunctions\.functions\.call$|workflows\.(executions|callbacks|stepEntries)\.|iam\.serviceAccounts\.(getAccessToken|getOpenIdToken|sign\w+|implicitDelegation)$|logging\.logEntries\.|monitoring\.timeSeries\.)/;
const READING = /\.((get|list|search|query|sign|check)\w*|access|consume|implicitDelegation)$/;
/** Of a method whose permission does not tell that it only reads: `ListTopicSubscriptions`. */
const READER = /^(GET|HEAD|OPTIONS) |\.(Get|List|Search|Query|Test)[A-Z]\w*$/;

/**
 * The kind of a method's permission, which says to which log its calls go.
 * https://cloud.google.com/logging/docs/audit/configure-data-access#config-console-enable
 */
export function auditTypeOf(permission: string, method: string): AuditType {
    const reads = READING.test(permission) || READER.test(method);
    return `${DATA.test(permission) ? "DATA" : "ADMIN"}_${reads ? "READ" : "WRITE"}`;
}

/** What tells the audit logs how a call ended. */
export interface Audit {
    allowed(): void;
    /** Whatever is no denial is not logged. */
    refused(error: unknown): void;
}

/**
 * Begins the audit of a call. It is begun before the handler runs, because what is deleted lies in no project afterwards.
 * @param access who may call the method
 * @param name the method as audit logs name it
 * @param subject tells what the request is about; it may throw for a request that will be refused
 */
export function auditOf(
    arrival: Arrival,
    access: Access<never>,
    name: string,
    subject: () => string,
    scopes: readonly string[],
): Audit {
    const { cloud, host, method } = arrival;
    const resourceName = quietly(subject).replace(/^\/\/[^/]+\//, "");
    // Accounts belong to the API of IAM, whichever API makes their credentials, and so do the settings of those logs.
    const owning = host === "iamcredentials.googleapis.com" ? "iam.googleapis.com" : host;
    const container = resourceName && containerOf(fullName(owning, resourceName), cloud.settings, cloud.store);
    const emit = (first: string | undefined, ended: Pick<AuditedCall, "authorizationInfo" | "message">): void => {
        // A method's own permission says what it is, and not one that its handler asks for besides.
        const permission = access.permission ?? access.audits ?? first;
        if (!container || permission === undefined) {
            return;
        }
        const principal = callerOf(arrival, scopes);
        const type = auditTypeOf(permission, method);
        if (!isLogged(cloud, container, owning, type, principal)) {
            return;
        }
        const userAgent = arrival.headers["user-agent"];
        const audited = {
            ...{ container, type, service: host, method: name, resourceName, time: cloud.clock.now() },
            member: principal === undefined ? "" : memberOf(principal),
            ...defined({ userAgent }),
            ...ended,
        };
        cloud.signals.emit({ kind: "audited", audited });
    };
    return {
        allowed() {
            const { authorized = [] } = arrival;
            const authorizationInfo = authorized.map((one) => ({ ...one, granted: true }));
            emit(authorized[0]?.permission, { authorizationInfo });
        },
        refused(error) {
            if (!(error instanceof ApiError) || error.status !== "PERMISSION_DENIED") {
                return;
            }
            const denied = error.details.find(({ reason }) => reason === "IAM_PERMISSION_DENIED");
            const { permission, resource = fullName(host, resourceName) } = (denied?.metadata ?? {}) as Record<
                string,
                string
            >;
            const authorizationInfo = [{ ...defined({ permission }), resource, granted: false }];
            emit(permission, { authorizationInfo, message: error.message });
        },
    };
}

/** What a message is about; empty if it does not tell. */
export function subjectOf(request: Json): string {
    const inner = Object.values(request).find(
        (value): value is { name: string } =>
            typeof value === "object" && value !== null && "name" in value && typeof value.name === "string",
    );
    const named = request.name ?? request.resource ?? inner?.name ?? request.parent;
    return typeof named === "string" ? named : "";
}

function quietly(subject: () => string): string {
    try {
        return subject();
    } catch {
        return "";
    }
}

interface AuditConfig {
    service?: string;
    auditLogConfigs?: { logType?: string; exemptedMembers?: string[] }[];
}

/**
 * Changes of resources are always logged. All else is where the policy of the project, or of a folder or organization that
 * it lies in, asks for it. https://cloud.google.com/logging/docs/audit/configure-data-access#config-scope
 */
function isLogged(
    cloud: Cloud,
    container: string,
    service: string,
    type: AuditType,
    principal: Principal | undefined,
): boolean {
    if (type === "ADMIN_WRITE") {
        return true;
    }
    const auditConfigs = [container, ...ancestorsOf(container, cloud.store)].flatMap((name) =>
        cloud.iam.auditConfigs(`//cloudresourcemanager.googleapis.com/${name}`),
    );
    const own = (auditConfigs as AuditConfig[]).filter((each) => ["allServices", service].includes(each.service ?? ""));
    const asked = own.flatMap(({ auditLogConfigs = [] }) => auditLogConfigs).filter(({ logType }) => logType === type);
    const exempted = asked.flatMap(({ exemptedMembers = [] }) => exemptedMembers);
    return asked.length > 0 && !(principal !== undefined && exempted.includes(memberOf(principal)));
}

function callerOf(arrival: Arrival, scopes: readonly string[]): Principal | undefined {
    try {
        return authenticate(arrival, scopes).principal;
    } catch {
        // A token whose scopes are too narrow is refused here as well.
        return undefined;
    }
}
