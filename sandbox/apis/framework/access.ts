import { defined } from "../../../common";
import type { IncomingHttpHeaders } from "node:http";
import { ApiError, type Cloud, type Origin, type Principal, type Access, type Call, type Json } from "../../cloud";
import { projectId } from "../../iam";
import { checkEnabled, checkExists, checkRegion } from "./enabled";
import { errorInfo, invalidArgument } from "./errors";
import { checkLocation } from "./locations";

/** What is known of a call before its caller is authenticated. */
export interface Arrival {
    cloud: Cloud;
    /** Of the API, also if the host of a region was asked. */
    host: string;
    /** The region of the host that was asked, if it has one. */
    region?: string | undefined;
    method: string;
    origin: Origin;
    headers: IncomingHttpHeaders;
    /** `POST https://run.googleapis.com/v2/…`, without the query, because a query can hold a token. */
    request: string;
    /** The principal of a call within the process, which needs no token. */
    principal?: Principal | undefined;
    /** Who calls, once that is known: the caller is authenticated before the body is read, and not again after it. */
    caller?: Caller;
    /** What was allowed, in the order in which it was asked. */
    authorized?: { permission: string; resource: string }[];
}

interface Caller {
    principal: Principal;
    scopes: readonly string[];
}

const CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";
const ANONYMOUS: Principal = { kind: "anonymous" };
const HELP =
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";

/**
 * Authenticates a call and checks the permission that its method names, before the handler sees it.
 * @param scopes the OAuth scopes that the API accepts beside `cloud-platform`
 * @param validate checks the request; it runs after authentication, so that only known callers learn what is wrong
 * @throws ApiError UNAUTHENTICATED, PERMISSION_DENIED, in Google's words
 */
export function admit(
    arrival: Arrival,
    access: Access<never>,
    request: Json,
    scopes: readonly string[],
    validate?: () => void,
): Call {
    const { cloud, host, method, origin } = arrival;
    const caller = access.public ? { principal: ANONYMOUS, scopes: [] } : authenticate(arrival, scopes);
    validate?.();
    const callBy = (known: Caller): Call => ({
        cloud,
        host,
        method,
        origin,
        ...known,
        time: new Date(cloud.clock.now()).toISOString(),
        authorize: (permission, resource, resourceType) =>
            authorize(arrival, known.principal, permission, resource, resourceType),
        identified: (principal) => callBy((arrival.caller = { principal, scopes: [] })),
    });
    const call = callBy(caller);
    const named = access as Access<Json>;
    const resource =
        access.permission === undefined ? undefined : (named.resource?.(request, cloud) ?? resourceOf(request));
    checkRegion(arrival.region, resource ?? nameIn(request), method);
    checkLocation(access.permission, host, resource, cloud.settings.regions);
    if (!access.public) {
        checkConsumer(arrival, caller.principal, resource ?? nameIn(request));
    }
    if (access.permission !== undefined && resource !== undefined) {
        call.authorize(access.permission, resource, access.resourceType);
    }
    return call;
}

/**
 * The API must be enabled in the project that a call is counted on. A caller who names that project must be allowed to use it.
 * https://cloud.google.com/docs/quotas/quota-project
 */
function checkConsumer(arrival: Arrival, principal: Principal, resource: string | undefined): void {
    const { cloud, host, headers } = arrival;
    const { project, projectNumber } = cloud.settings;
    const byName = /(?:^|\/)projects\/([^/]+)/.exec(resource ?? "")?.[1];
    const isNone = byName === undefined || byName === "_" || byName === "-";
    const owning = isNone ? project : projectId(byName, cloud.settings, cloud.store);
    checkExists(cloud, owning);
    checkEnabled(cloud, owning, host);
    const quota = headers["x-goog-user-project"];
    if (typeof quota !== "string" || quota === owning || quota === projectNumber) {
        return;
    }
    const decision = cloud.iam.check({
        principal,
        permission: "serviceusage.services.use",
        resource: fullName(host, `projects/${quota}`),
        request: arrival.request,
        ...(arrival.principal && { tool: true }),
    });
    if (decision.allowed) {
        return;
    }
    throw new ApiError(
        "PERMISSION_DENIED",
        `Caller does not have required permission to use project ${quota}. Grant the caller the roles/serviceusage.serviceUsageConsumer role, or a custom role with the serviceusage.services.use permission, and then retry.`,
        [
            errorInfo("USER_PROJECT_DENIED", "googleapis.com", {
                service: host,
                consumer: `projects/${quota}`,
                containerInfo: quota,
            }),
        ],
    );
}

/** Who calls, by the headers alone. @throws ApiError UNAUTHENTICATED, PERMISSION_DENIED */
export function authenticate(arrival: Arrival, scopes: readonly string[]): Caller {
    return (arrival.caller ??= callerOf(arrival, scopes));
}

function callerOf(arrival: Arrival, scopes: readonly string[]): Caller {
    const { cloud, host, method, headers, principal } = arrival;
    if (principal) {
        return { principal, scopes: [CLOUD_PLATFORM] };
    }
    const metadata = { service: host, method };
    const token = bearerToken(headers);
    if (token === undefined) {
        throw new ApiError("UNAUTHENTICATED", `Request is missing required authentication credential. ${HELP}`, [
            errorInfo("CREDENTIALS_MISSING", "googleapis.com", metadata),
        ]);
    }
    const verified = cloud.tokens.verifyAccessToken(token, `https://${host}/`);
    if (!verified.ok) {
        cloud.decisions.record({
            allowed: false,
            stage: "token",
            principal: "anonymous",
            permission: method,
            resource: `//${host}`,
            reason: verified.reason,
            request: arrival.request,
            ...(verified.claims && { claims: verified.claims }),
        });
        throw new ApiError("UNAUTHENTICATED", `Request had invalid authentication credentials. ${HELP}`, [
            errorInfo("ACCESS_TOKEN_TYPE_UNSUPPORTED", "googleapis.com", metadata),
            { "@type": "type.googleapis.com/google.rpc.DebugInfo", detail: verified.reason },
        ]);
    }
    // A self-signed JWT with an audience has no scopes; the audience takes their place.
    const granted = verified.value.scopes;
    if (granted.length > 0 && !granted.some((scope) => scope === CLOUD_PLATFORM || scopes.includes(scope))) {
        throw new ApiError("PERMISSION_DENIED", "Request had insufficient authentication scopes.", [
            errorInfo("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "googleapis.com", metadata),
        ]);
    }
    return { principal: verified.value.principal, scopes: granted };
}

/** Whether a caller has a token that is valid at all. It is no decision: {@link authenticate} makes it. */
export function isKnown({ cloud, host, headers }: Pick<Arrival, "cloud" | "host" | "headers">): boolean {
    const token = bearerToken(headers);
    return token !== undefined && cloud.tokens.verifyAccessToken(token, `https://${host}/`).ok;
}

function bearerToken({ authorization = "" }: IncomingHttpHeaders): string | undefined {
    const [scheme = "", token] = authorization.split(" ", 2);
    return scheme.toLowerCase() === "bearer" ? token : undefined;
}

function authorize(
    arrival: Arrival,
    principal: Principal,
    permission: string,
    resource: string,
    resourceType: string | undefined,
): void {
    const full = fullName(arrival.host, resource);
    const decision = arrival.cloud.iam.check({
        principal,
        permission,
        resource: full,
        request: arrival.request,
        ...defined({ resourceType }),
        ...(arrival.principal && { tool: true }),
    });
    if (decision.allowed) {
        (arrival.authorized ??= []).push({ permission, resource: full });
        return;
    }
    throw new ApiError(
        "PERMISSION_DENIED",
        `Permission '${permission}' denied on resource '${full}' (or it may not exist).`,
        [
            errorInfo("IAM_PERMISSION_DENIED", arrival.host, { permission, resource: full }),
            // Google does not send this detail: why the sandbox decided so, and which grant is missing.
            { "@type": "type.googleapis.com/google.rpc.DebugInfo", detail: decision.reason },
        ],
    );
}

/** The resource on which a method's permission is checked by default. */
function resourceOf(request: Json): string {
    const name = nameIn(request);
    if (name === undefined) {
        throw invalidArgument("the request names no resource");
    }
    return name;
}

function nameIn({ parent, resource = parent, name = resource }: Json): string | undefined {
    return typeof name === "string" ? name : undefined;
}

/**
 * IAM's full resource name. A location has no policy of its own, so that its name becomes that of its project at the
 * Resource Manager.
 */
export function fullName(host: string, resource: string): string {
    if (resource.startsWith("//")) {
        return resource;
    }
    const project = /^(projects\/[^/]+)(\/locations\/[^/]+)?$/.exec(resource)?.[1];
    return project === undefined ? `//${host}/${resource}` : `//cloudresourcemanager.googleapis.com/${project}`;
}
