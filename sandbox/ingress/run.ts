import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { findByHost } from "../apis/run";
import type { RunService } from "../apis/run-resource";
import { gcloudClients } from "../apis/oauth2";
import type { Cloud, HostHandler, IdTokenClaims, Origin, Principal } from "../cloud";
import { findAccount } from "../iam";
import { bearerOf, removeSignature } from "./bearer";
import { refuse } from "./pages";

/** What answers behind the front door, for requests that were let in. */
export type Backend = (service: RunService, request: IncomingMessage, response: ServerResponse) => void;

const permission = "run.routes.invoke";
const resourceType = "run.googleapis.com/Service";

/**
 * Cloud Run's front door: ingress, then the token, then IAM; then the service itself. Every request is a decision.
 * https://cloud.google.com/run/docs/authenticating/overview
 */
export function createRunDoor(cloud: Cloud, backend: Backend): HostHandler {
    const byHost = new Map<string, string>();

    /** The service at a host. A name that was found is looked up again, not searched for again. */
    function find(host: string): RunService | undefined {
        const known = cloud.store.get("run.services", byHost.get(host) ?? "") as RunService | undefined;
        if (known?.urls?.includes(`https://${host}`)) return known;
        const found = findByHost(cloud, host);
        if (found) byHost.set(host, found.name);
        return found;
    }

    return (request, response, origin) => {
        const host = request.headers.host ?? "";
        const service = find(host);
        if (!service) {
            refuse(request, response, 404);
            return;
        }
        const resource = `//run.googleapis.com/${service.name}`;
        const asked = `${request.method ?? "GET"} https://${host}${(request.url ?? "/").replace(/\?.*$/s, "")}`;
        const deny = (
            stage: "ingress" | "token",
            status: 401 | 403 | 404,
            reason: string,
            claims?: Record<string, unknown>,
        ): void => {
            const named = typeof claims?.email === "string" ? claims.email : undefined;
            cloud.decisions.record({
                allowed: false,
                stage,
                principal: named ?? "anonymous",
                permission,
                resource,
                reason,
                request: asked,
                ...(claims && { claims }),
            });
            refuse(request, response, status);
        };

        const outside = ingressProblem(service, origin, cloud);
        if (outside !== undefined) {
            deny("ingress", 404, outside);
            return;
        }
        const query = { permission, resource, resourceType, request: asked };
        const pass = (): void => {
            addForwarded(request);
            backend(service, request, response);
        };
        const open = service.invokerIamDisabled
            ? "invoker IAM check disabled on the service"
            : publicReason(cloud, query);
        if (open !== undefined) {
            cloud.decisions.record({
                allowed: true,
                stage: "iam",
                principal: "anonymous",
                permission,
                resource,
                reason: open,
                request: asked,
            });
            pass();
            return;
        }

        const bearer = bearerOf(request);
        if (bearer.kind === "none") {
            deny(
                "token",
                403,
                `the request carries no token; send an ID token for ${service.uri ?? `https://${host}`}`,
            );
            return;
        }
        if (bearer.kind === "malformed") {
            deny("token", 401, bearer.reason);
            return;
        }
        const verified = cloud.tokens.verifyIdToken(bearer.token);
        if (!verified.ok) {
            deny("token", 401, verified.reason, verified.claims);
            return;
        }
        const claims = verified.value;
        const wrong = audienceProblem(service, claims);
        if (wrong !== undefined) {
            deny("token", 401, wrong, claims);
            return;
        }
        const principal = principalOf(cloud, claims);
        if (!cloud.iam.check({ principal, ...query, claims }).allowed) {
            refuse(request, response, 403);
            return;
        }
        removeSignature(request, bearer);
        pass();
    };
}

/** https://cloud.google.com/run/docs/securing/ingress */
function ingressProblem(service: RunService, origin: Origin, { settings }: Cloud): string | undefined {
    if (
        service.ingress !== "INGRESS_TRAFFIC_INTERNAL_ONLY" &&
        service.ingress !== "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
    )
        return undefined;
    const project = service.name.split("/")[1] ?? "";
    const sameProject =
        origin.kind !== "outside" &&
        (origin.project === project || (origin.project === settings.projectNumber && project === settings.project));
    if (sameProject && (origin.kind === "google" || origin.vpc)) return undefined;
    const from =
        origin.kind === "outside"
            ? "the request comes from outside"
            : sameProject
              ? `${origin.kind === "workload" ? origin.resource : ""} does not send all its traffic through the VPC network`
              : `the request comes from the project ${origin.project}`;
    return `ingress is ${service.ingress}, and ${from}`;
}

/** Why nobody needs to say who he is; undefined where he needs to. */
function publicReason(
    cloud: Cloud,
    query: { permission: string; resource: string; resourceType: string },
): string | undefined {
    const everyone = cloud.iam.evaluate({ principal: { kind: "anonymous" }, ...query });
    return everyone.allowed ? everyone.reason : undefined;
}

/** The token must be for this service; users' own tokens are for gcloud's client, which Cloud Run takes too. */
function audienceProblem(service: RunService, { aud }: IdTokenClaims): string | undefined {
    const good = [...(service.urls ?? []), ...(service.customAudiences ?? [])];
    if (good.includes(aud) || gcloudClients.includes(aud)) return undefined;
    return `the token is for ${aud}, not for ${good.join(" or ")}`;
}

/** Who the claims are of. A token without an email is told by its subject, an account's unique ID. */
function principalOf(cloud: Cloud, { email, sub }: IdTokenClaims): Principal {
    if (email === undefined) {
        const account = findAccount(cloud.store, sub);
        return account ? { kind: "serviceAccount", email: account.email, uniqueId: sub } : { kind: "anonymous" };
    }
    return email.endsWith(".gserviceaccount.com")
        ? { kind: "serviceAccount", email, uniqueId: sub }
        : { kind: "user", email };
}

/** What Google's front end tells a service of the request. */
function addForwarded({ headers, socket }: IncomingMessage): void {
    const trace = randomBytes(24).toString("hex");
    headers["x-forwarded-proto"] = "https";
    headers["x-forwarded-for"] = socket.remoteAddress ?? "127.0.0.1";
    headers.traceparent ??= `00-${trace.slice(0, 32)}-${trace.slice(32)}-00`;
    headers["x-cloud-trace-context"] ??= `${trace.slice(0, 32)}/${BigInt(`0x${trace.slice(32)}`).toString()}`;
}
