import type { IncomingMessage, ServerResponse } from "node:http";
import { gcloudClients } from "../apis";
import type { Cloud, IdTokenClaims, Origin, Principal } from "../cloud";
import { accountPrincipal, findAccount } from "../iam";
import { takesAudience, type Audiences } from "./audience";
import { bearerOf, removeSignature } from "./bearer";
import { dropForged, dropHeader, FOR_THE_DOOR } from "./headers";
import { withoutGoogleAccess } from "./network-access";
import { refuse } from "./pages";

/** What a front door protects, and how. */
export interface Guarded {
    /** Such as `run.routes.invoke`. */
    permission: string;
    /** The full name of the resource. */
    resource: string;
    resourceType: string;
    /** Why requests from this origin are refused, whoever sends them. */
    outside: string | undefined;
    /** Why the door asks for no token, if the reason is not a grant to everyone. */
    open?: string | undefined;
    /** The audiences that a token can have. An explanation proposes the first URL. */
    audiences: Audiences;
    /** Another address by which the request came, which is no audience: `the load balancer` or `a domain mapping`. @default - none */
    by?: { address: string; what: string } | undefined;
}

/** A load balancer that a request came by. */
export interface Through {
    /** Its own address, such as `https://api.example.com`, which is no audience of what is behind it. */
    address: string;
    /** Whether its address is of a network. */
    isInternal: boolean;
    /** Whether Identity-Aware Proxy of its backend service let the request in, so that Google itself calls what is behind it. */
    isIdentified: boolean;
}

/** A request at a door. `asked` is for the record. It leaves out the query, which may hold a token. */
export interface DoorRequest {
    request: IncomingMessage;
    response: ServerResponse;
    asked: string;
}

/** A request as it arrives at a door, without the headers that only a door writes. */
export function doorRequestOf(request: IncomingMessage, response: ServerResponse): DoorRequest {
    dropForged(request);
    const path = (request.url ?? "/").replace(/\?.*$/s, "");
    return { request, response, asked: `${request.method ?? "GET"} https://${request.headers.host ?? ""}${path}` };
}

/**
 * Decides whether a request gets in: first by ingress, then by the token, then by IAM. Every decision is recorded. A request
 * that is refused has been answered.
 * https://cloud.google.com/run/docs/authenticating/overview
 */
export function letIn(cloud: Cloud, { request, response, asked }: DoorRequest, guarded: Guarded): boolean {
    const { permission, resource, resourceType, audiences } = guarded;
    const deny = (stage: "ingress" | "token", status: 401 | 403 | 404, reason: string, claims?: object): false => {
        const { email } = (claims ?? {}) as { email?: unknown };
        cloud.decisions.record({
            allowed: false,
            stage,
            principal: typeof email === "string" ? email : "anonymous",
            permission,
            resource,
            reason,
            request: asked,
            ...(claims && { claims: { ...claims } }),
        });
        refuse(request, response, status);
        return false;
    };

    if (guarded.outside !== undefined) {
        return deny("ingress", 404, guarded.outside);
    }
    const query = { permission, resource, resourceType, request: asked };
    const open = guarded.open ?? publicReason(cloud, query);
    if (open !== undefined) {
        const principal = "anonymous";
        const allowed = { allowed: true, stage: "iam", principal, permission, resource, reason: open } as const;
        cloud.decisions.record({ ...allowed, request: asked });
        // No token was checked here, and the service would believe that one had been checked.
        dropHeader(request, FOR_THE_DOOR);
        return true;
    }

    const bearer = bearerOf(request);
    if (bearer.kind === "none") {
        return deny("token", 403, `the request carries no token; send an ID token for ${audiences.urls[0] ?? "it"}`);
    }
    if (bearer.kind === "malformed") {
        return deny("token", 401, bearer.reason);
    }
    const verified = cloud.tokens.verifyIdToken(bearer.token);
    if (!verified.ok) {
        return deny("token", 401, verified.reason, verified.claims);
    }
    const claims = verified.value;
    // Tokens of users have gcloud's client as their audience. Cloud Run and Cloud Functions accept it too.
    if (!takesAudience(audiences, claims.aud) && !gcloudClients.includes(claims.aud)) {
        const taken = [...audiences.urls, ...(audiences.custom ?? [])].join(" or ");
        const trap = otherAddress(guarded, claims.aud);
        return deny("token", 401, `the token is for ${claims.aud}, not for ${taken}${trap}`, claims);
    }
    if (!cloud.iam.check({ principal: principalOf(cloud, claims), ...query, claims }).allowed) {
        refuse(request, response, 403);
        return false;
    }
    removeSignature(request, bearer);
    return true;
}

/** What to do if a token is for the address of a load balancer or a mapped domain, by which the request came. https://cloud.google.com/run/docs/configuring/custom-audiences */
function otherAddress({ by }: Guarded, audience: unknown): string {
    return by !== undefined && takesAudience({ urls: [by.address] }, audience)
        ? `; ${by.address} is the address of ${by.what}, which a service takes as an audience only if it is one of its custom audiences`
        : "";
}

/** Why no token is needed. Undefined if one is needed. */
function publicReason(
    cloud: Cloud,
    query: { permission: string; resource: string; resourceType: string },
): string | undefined {
    const everyone = cloud.iam.evaluate({ principal: { kind: "anonymous" }, ...query });
    return everyone.allowed ? everyone.reason : undefined;
}

/**
 * The principal of a token, by its verified claims. A token without a verified email is identified by its subject, which is
 * the unique ID of an account.
 */
export function principalOf(cloud: Cloud, { email, email_verified: verified, sub }: IdTokenClaims): Principal {
    if (typeof email !== "string" || verified === false) {
        const account = findAccount(cloud.store, sub);
        return account?.uniqueId === sub ? accountPrincipal(account) : { kind: "anonymous" };
    }
    return email.endsWith(".gserviceaccount.com")
        ? accountPrincipal({ email, uniqueId: sub })
        : { kind: "user", email };
}

/**
 * Why a request from an origin does not count as internal to a project. Undefined if it does.
 * https://cloud.google.com/run/docs/securing/ingress
 * @param external Google's services whose requests count as coming from outside
 */
export function notInternal(
    origin: Origin,
    project: string,
    cloud: Cloud,
    external: readonly string[] = [],
): string | undefined {
    if (origin.kind === "outside") {
        return "the request comes from outside";
    }
    const { settings } = cloud;
    const same =
        origin.project === project || (origin.project === settings.projectNumber && project === settings.project);
    if (!same) {
        return `the request comes from the project ${origin.project}`;
    }
    if (origin.kind === "google") {
        return external.includes(origin.service) ? `requests of ${origin.service} are not internal here` : undefined;
    }
    return origin.vpc
        ? withoutGoogleAccess(cloud, origin)
        : `${origin.resource} does not send all its traffic through the VPC network`;
}

/** A setting of what may be called from where, of a service or a function. */
export interface IngressSetting {
    /** Such as `INGRESS_TRAFFIC_INTERNAL_ONLY`. */
    name: string;
    /** Whether it also lets in what comes by an external load balancer. */
    takesBalancers: boolean;
    /** Google's services whose requests count as coming from outside. @default none */
    external?: readonly string[];
}

/** Why a setting that is for internal requests keeps a request out. Those by an internal load balancer are internal. Undefined if it does not. */
export function keptOut(
    cloud: Cloud,
    project: string,
    { name, takesBalancers, external }: IngressSetting,
    origin: Origin,
    through: Through | undefined,
): string | undefined {
    if (through !== undefined) {
        return through.isInternal || takesBalancers
            ? undefined
            : `ingress is ${name}, and the request comes by an external load balancer`;
    }
    const problem = notInternal(origin, project, cloud, external);
    return problem && `ingress is ${name}, and ${problem}`;
}
