import { backendServiceId, iapSettingsOf, type RunService } from "../apis";
import type { Cloud, Principal, Verified } from "../cloud";
import { digits, projectNumberOf, serviceAgent } from "../iam";
import { decodeJwt } from "../tokens";
import { principalOf, type DoorRequest } from "./door";
import { dropHeader, FOR_THE_DOOR, isRepeated, setHeader } from "./headers";
import { refuse } from "./pages";
import { selfSignedCaller } from "./self-signed";

/** An application behind Identity-Aware Proxy. */
export interface Application {
    /** `projects/P/iap_web/…/services/S`. */
    name: string;
    /** The audience of its assertions: `/projects/NUMBER/locations/REGION/services/NAME`. */
    audience: string;
    project: string;
}

const permission = "iap.webServiceVersions.accessViaIAP";
const assertion = "x-goog-iap-jwt-assertion";
const tenMinutes = 600;

/** https://cloud.google.com/run/docs/securing/identity-aware-proxy-cloud-run */
export function applicationOfService(cloud: Cloud, { name }: RunService): Application {
    const [, project = "", , region = "", , service = ""] = name.split("/");
    const number = projectNumberOf(project, cloud.settings, cloud.store);
    return {
        name: `projects/${project}/iap_web/cloud_run-${region}/services/${service}`,
        audience: `/projects/${number}/locations/${region}/services/${service}`,
        project,
    };
}

/**
 * A backend service of a load balancer. Its ID is made from its name, so that one that is only named has the ID of one that exists.
 * @param place its project, and its region if it has one. @default the sandbox's own project, and no region
 */
export function applicationOfBackend(
    cloud: Cloud,
    backendService: string,
    { project, region }: { project: string; region?: string } = cloud.settings,
): Application {
    const [type, collection] = region === undefined ? ["compute", "global"] : [`compute-${region}`, region];
    const name = `projects/${project}/iap_web/${type}/services/${backendService}`;
    const id = backendServiceId(project, region, backendService);
    const number = projectNumberOf(project, cloud.settings, cloud.store);
    return { name, audience: `/projects/${number}/${collection}/backendServices/${id}`, project };
}

/**
 * Identity-Aware Proxy: it finds out who calls, decides whether the caller gets in, and passes the caller's identity to the
 * application in a signed assertion. A request that it refuses has been answered. Some of its texts are from reports of
 * users, not from documentation [K].
 * https://cloud.google.com/iap/docs/authentication-howto
 */
export function passIap(cloud: Cloud, { request, response, asked }: DoorRequest, application: Application): boolean {
    // IAP reads other headers, so nothing would verify this one.
    dropHeader(request, FOR_THE_DOOR);
    const settings = iapSettingsOf(cloud, application.name);
    const resource = `//iap.googleapis.com/${application.name}`;
    const record = { permission, resource, request: asked };
    if (request.method === "OPTIONS" && settings.corsSettings?.allowHttpOptions) {
        const reason = "IAP's settings let HTTP OPTIONS pass";
        cloud.decisions.record({ ...record, allowed: true, stage: "token", principal: "anonymous", reason });
        return true;
    }

    const deny = (reason: string, claims?: Record<string, unknown>): void => {
        const principal = typeof claims?.email === "string" ? claims.email : "anonymous";
        cloud.decisions.record({
            ...record,
            allowed: false,
            stage: "token",
            principal,
            reason,
            ...(claims && { claims }),
        });
        response.setHeader("x-goog-iap-generated-response", "true");
    };
    const header = request.headers["proxy-authorization"] === undefined ? "authorization" : "proxy-authorization";
    const sent = request.headers[header];
    if (sent === undefined) {
        deny("the request carries no credentials for IAP");
        const script = request.headers["x-requested-with"] === "XMLHttpRequest";
        if (script) {
            answerText(response, 401, "Invalid IAP credentials: empty token");
        } else {
            response
                .writeHead(302, {
                    location: "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&scope=openid+email",
                    "content-length": 0,
                })
                .end();
        }
        return false;
    }
    const [scheme = "", token = "", more] = sent.split(" ");
    const found: Verified<Caller> =
        isRepeated(request, header) || scheme.toLowerCase() !== "bearer" || token === "" || more !== undefined
            ? { ok: false, reason: "empty token" }
            : callerOf(cloud, token, request, [
                  application.audience,
                  ...(settings.oauthSettings?.programmaticClients ?? []),
              ]);
    if (!found.ok) {
        deny(found.reason, found.claims);
        answerText(response, 401, `Invalid IAP credentials: ${found.reason}`);
        return false;
    }
    const { principal, claims } = found.value;
    const allowed = cloud.iam.check({
        ...record,
        principal,
        resourceType: "iap.googleapis.com/WebServiceVersion",
        ...(claims && { claims }),
    }).allowed;
    if (!allowed) {
        response.setHeader("x-goog-iap-generated-response", "true");
        answerText(response, 403, "You don't have access");
        return false;
    }
    dropHeader(request, header);
    identify(cloud, request, application, principal);
    return true;
}

interface Caller {
    principal: Exclude<Principal, { kind: "anonymous" | "federated" }>;
    claims?: Record<string, unknown>;
}

/** The principal of a token: an ID token for the application, a JWT that an account signed for the URL, or an access token. */
function callerOf(cloud: Cloud, token: string, request: DoorRequest["request"], audiences: string[]): Verified<Caller> {
    const jwt = decodeJwt(token);
    if (!jwt) {
        return accessTokenCaller(cloud, token);
    }
    if (typeof jwt.claims.iss === "string" && jwt.claims.iss.endsWith(".gserviceaccount.com")) {
        return selfSignedCaller(cloud, jwt, request);
    }
    const verified = cloud.tokens.verifyIdToken(token);
    if (!verified.ok) {
        return verified;
    }
    const claims = verified.value;
    const no = (reason: string): Verified<Caller> => ({ ok: false, reason, claims });
    if (!audiences.includes(claims.aud)) {
        return no(
            `JWT audience doesn't match this application ('aud' claim (${claims.aud}) doesn't match expected value (${audiences.join(" or ")}))`,
        );
    }
    if (typeof claims.email !== "string") {
        return no("JWT 'email' claim isn't a string");
    }
    const principal = principalOf(cloud, claims);
    return principal.kind === "user" || principal.kind === "serviceAccount"
        ? { ok: true, value: { principal, claims } }
        : no("JWT 'email' claim isn't verified");
}

function accessTokenCaller(cloud: Cloud, token: string): Verified<Caller> {
    const verified = cloud.tokens.verifyAccessToken(token);
    if (!verified.ok) {
        return { ok: false, reason: "Unable to parse JWT" };
    }
    const { principal, scopes } = verified.value;
    const email = scopes.includes("email") || scopes.includes("https://www.googleapis.com/auth/userinfo.email");
    return (principal.kind === "user" || principal.kind === "serviceAccount") && scopes.includes("openid") && email
        ? { ok: true, value: { principal } }
        : { ok: false, reason: "the access token lacks the scopes openid and email" };
}

/** https://cloud.google.com/iap/docs/signed-headers-howto */
function identify(
    cloud: Cloud,
    request: DoorRequest["request"],
    { audience }: Application,
    who: Caller["principal"],
): void {
    const id = `accounts.google.com:${who.kind === "serviceAccount" ? who.uniqueId : digits(who.email)}`;
    const iat = Math.floor(cloud.clock.now() / 1000);
    setHeader(request, "x-goog-authenticated-user-email", `accounts.google.com:${who.email}`);
    setHeader(request, "x-goog-authenticated-user-id", id);
    setHeader(
        request,
        assertion,
        cloud.tokens.iap.sign({
            iss: "https://cloud.google.com/iap",
            aud: audience,
            sub: id,
            email: who.email,
            ...(who.kind === "user" && { hd: who.email.split("@")[1] }),
            identity_source: "GOOGLE",
            iat,
            exp: iat + tenMinutes,
        }),
    );
}

/** IAP calls Cloud Run as its service agent, which needs the role of an invoker like every other caller [K]. */
export function agentMayInvoke(cloud: Cloud, { request, response, asked }: DoorRequest, service: RunService): boolean {
    if (service.invokerIamDisabled) {
        return true;
    }
    const [, project = ""] = service.name.split("/");
    const { allowed } = cloud.iam.check({
        principal: serviceAgent(cloud, project, "gcp-sa-iap"),
        permission: "run.routes.invoke",
        resource: `//run.googleapis.com/${service.name}`,
        resourceType: "run.googleapis.com/Service",
        request: asked,
    });
    if (!allowed) {
        refuse(request, response, 403);
    }
    return allowed;
}

function answerText(response: DoorRequest["response"], status: number, text: string): void {
    response.writeHead(status, { "content-type": "text/html", "content-length": Buffer.byteLength(text) }).end(text);
}
