import type { IncomingMessage, ServerResponse } from "node:http";
import { gatewayAt, type GatewayOperation, type ServedGateway, type TokenRule } from "../apis";
import { asksForWebSocket } from "../../common/upgrades";
import { type Cloud, endAfter, type HostHandler } from "../cloud";
import { findAccount } from "../iam";
import { decodeJwt } from "../tokens";
import { doorRequestOf, type DoorRequest } from "./door";
import { dropHeader, isRepeated, setHeader, writeByDoor } from "./headers";
import { verifySelfSigned } from "./self-signed";

/** Why a gateway refuses a request, and by which status. */
interface Refusal {
    status: 401 | 403;
    message: string;
}

/** The claims of a token that was accepted, and its payload as it was sent. */
interface Accepted {
    claims: Record<string, unknown>;
    payload: string;
}

const FORWARDED = "x-forwarded-authorization";
/** https://docs.cloud.google.com/api-gateway/docs/quotas: 60 kilobytes. */
const LARGEST_HEADERS = 60_000;
/** A WebSocket is not ended before. https://docs.cloud.google.com/api-gateway/docs/oasv2-extensions */
const LEAST_SOCKET_SECONDS = 300;

/**
 * API Gateway: it verifies the token by the OpenAPI document, and calls the backend as its own account. No policy of IAM
 * decides who may call. The texts of refusals are those of its proxy, ESPv2.
 * https://cloud.google.com/api-gateway/docs/authenticate-service-account
 * https://cloud.google.com/endpoints/docs/openapi/troubleshoot-jwt
 */
export function createGatewayDoor(cloud: Cloud): HostHandler {
    return (request, response) => {
        if (request.rawHeaders.reduce((size, text) => size + text.length, 0) > LARGEST_HEADERS) {
            response.writeHead(431, { "content-length": 0 }).end();
            return;
        }
        const gateway = gatewayAt(cloud, request.headers.host ?? "");
        const resource = `//apigateway.googleapis.com/${gateway?.name ?? ""}`;
        const served = gateway && { ...gateway, resource, userInfo: "x-apigateway-api-userinfo" };
        serveOperations(cloud, doorRequestOf(request, response), served);
    };
}

/** A gateway, its full name, and the header that tells its backends who called. */
interface Proxy extends ServedGateway {
    resource: string;
    userInfo: string;
}

/** Answers a request by the operations of an OpenAPI document. */
export function serveOperations(cloud: Cloud, doorRequest: DoorRequest, gateway: Proxy | undefined): void {
    const { request, response } = doorRequest;
    const [path = "/"] = (request.url ?? "/").split("?");
    const matching = (gateway?.operations ?? [])
        .filter((operation) => parametersOf(operation.path, path))
        .sort((one, other) => breadth(one.path) - breadth(other.path));
    const operation = matching.find(({ verb }) => verb === request.method);
    if (!gateway || !operation) {
        refuseUndefined(response, matching[0]);
    } else if (letThrough(cloud, doorRequest, gateway, operation)) {
        callBackend(cloud, doorRequest, gateway, operation, path);
    }
}

/** @param other an operation of the same path, for which the method is another */
function refuseUndefined(response: ServerResponse, other: GatewayOperation | undefined): void {
    if (other) {
        const problem = "but its http method is not allowed";
        answer(response, 405, `The current request is matched to the defined url template "${other.path}" ${problem}`);
    } else {
        answer(response, 404, "The current request is not defined by this API.");
    }
}

/** Verifies the token by the rules of an operation, and records the decision. */
function letThrough(
    cloud: Cloud,
    { request, response, asked }: DoorRequest,
    gateway: Proxy,
    { rules }: GatewayOperation,
): boolean {
    dropHeader(request, gateway.userInfo);
    const record = {
        stage: "token" as const,
        permission: "the token that the OpenAPI document asks for",
        resource: gateway.resource,
        request: asked,
    };
    if (rules.length === 0) {
        const reason = "the OpenAPI document asks for no token";
        cloud.decisions.record({ ...record, allowed: true, principal: "anonymous", reason });
        return true;
    }
    const verified = acceptedToken(cloud, request, gateway, rules);
    if ("status" in verified) {
        const { claims } = verified;
        cloud.decisions.record({
            ...record,
            allowed: false,
            principal: typeof claims?.["email"] === "string" ? claims["email"] : "anonymous",
            reason: verified.message,
            ...(claims && { claims }),
        });
        answer(response, verified.status, verified.message);
        return false;
    }
    const { claims, payload } = verified;
    cloud.decisions.record({
        ...record,
        allowed: true,
        principal: String(claims["email"] ?? claims["sub"]),
        reason: `a token of ${String(claims["iss"])} for ${String(claims["aud"])}`,
        claims,
    });
    setHeader(request, gateway.userInfo, payload);
    return true;
}

/** https://cloud.google.com/api-gateway/docs/authenticating-users-jwt: in the header, or as a parameter. */
function acceptedToken(
    cloud: Cloud,
    request: IncomingMessage,
    gateway: ServedGateway,
    rules: readonly TokenRule[],
): Accepted | (Refusal & { claims?: Record<string, unknown> }) {
    const parameter = new URL(request.url ?? "/", "https://gateway.invalid").searchParams.get("access_token");
    const [scheme = "", sent = ""] = (request.headers.authorization ?? "").split(" ");
    const token = scheme.toLowerCase() === "bearer" ? sent : (parameter ?? "");
    if (token === "") {
        return { status: 401, message: "Jwt is missing" };
    }
    const jwt = isRepeated(request, "authorization") ? undefined : decodeJwt(token);
    if (!jwt) {
        const message = "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections";
        return { status: 401, message };
    }
    const { claims } = jwt;
    const rule = rules.find(({ issuer }) => issuer === claims["iss"]);
    if (!rule) {
        return { status: 401, message: "Jwt issuer is not configured", claims };
    }
    const verified =
        rule.account === undefined ? cloud.tokens.verifyIdToken(token, rule.issuer) : verifySelfSigned(cloud, jwt);
    if (!verified.ok) {
        const expired = typeof claims["exp"] === "number" && claims["exp"] * 1000 < cloud.clock.now();
        return { status: 401, message: expired ? "Jwt is expired" : "Jwt verification fails", claims };
    }
    const own = `https://${gateway.managedService}`;
    const taken = rule.audiences.length > 0 ? rule.audiences : [own];
    const given = [claims["aud"]].flat();
    if (!given.some((audience) => [...taken, own].some((each) => sameAudience(each, audience)))) {
        return { status: 403, message: "Audiences in Jwt are not allowed", claims };
    }
    return { claims, payload: token.split(".")[1] ?? "" };
}

/** ESPv2 compares audiences without their scheme and a slash at the end. */
function sameAudience(wanted: string, given: unknown): boolean {
    const plain = (text: string): string => text.replace(/^https?:\/\//, "").replace(/\/$/, "");
    return typeof given === "string" && plain(wanted) === plain(given);
}

/** Sends a request on to the backend, with a token of the gateway's own account. */
function callBackend(
    cloud: Cloud,
    { request, response }: DoorRequest,
    gateway: ServedGateway,
    { backend, path: template }: GatewayOperation,
    path: string,
): void {
    const { host, pathname } = new URL(backend.address);
    const handler = cloud.hosts.find(host);
    if (!handler) {
        cloud.hosts.recordRefused(host);
        answer(response, 503, `no backend answers at ${host}`);
        return;
    }
    const [, query] = (request.url ?? "/").split("?");
    const parameters = new URLSearchParams(query);
    parameters.delete("access_token");
    if (!backend.appendsPath) {
        Object.entries(parametersOf(template, path) ?? {}).forEach(([name, value]) => parameters.append(name, value));
    }
    const base = pathname.replace(/\/$/, "");
    const target = backend.appendsPath ? `${base}${path}` : base || "/";
    request.url = parameters.size > 0 ? `${target}?${parameters.toString()}` : target;
    setHeader(request, "host", host);
    if (backend.audience !== undefined) {
        const account = findAccount(cloud.store, gateway.account);
        if (!account || account.disabled) {
            answer(response, 500, "the account of the gateway does not exist or is disabled");
            return;
        }
        const { authorization } = request.headers;
        if (authorization !== undefined) {
            writeByDoor(request, FORWARDED, authorization);
        }
        setHeader(request, "authorization", `Bearer ${cloud.tokens.mintIdToken(account, backend.audience)}`);
    }
    const seconds = asksForWebSocket(request) ? Math.max(LEAST_SOCKET_SECONDS, backend.seconds) : backend.seconds;
    endAfter(response, seconds, () => answer(response, 504, "upstream request timeout"));
    // API Gateway is none of the services that Cloud Run counts as internal.
    handler(request, response, { kind: "outside" });
}

/**
 * The parameters in a path of a template; undefined if the path is another one. `{name=**}` stands for any rest of a path.
 * https://cloud.google.com/api-gateway/docs/path-templating
 */
function parametersOf(template: string, path: string): Record<string, string> | undefined {
    const parameter = /\{([^}=]+)(?:=([^}]*))?\}/g;
    const names = [...template.matchAll(parameter)].map(([, name = ""]) => name);
    const literal = (text: string): string => text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
    const patterns = [...template.matchAll(parameter)].map(([, , wildcard]) =>
        wildcard === "**" ? "(.*)" : "([^/]+)",
    );
    const between = template.split(/\{[^}]*\}/).map(literal);
    const pattern = between.map((text, i) => text + (patterns[i] ?? "")).join("");
    const found = new RegExp(`^${pattern}/?$`).exec(path);
    return found ? Object.fromEntries(names.map((name, i) => [name, found[i + 1] ?? ""])) : undefined;
}

/** The narrowest template decides, as in the routes of ESPv2: one without wildcards, and last one for any rest of a path. */
const breadth = (template: string): number => template.split("{").length - 1 + (template.includes("=**}") ? 1000 : 0);

export function answer(response: ServerResponse, code: number, message: string): void {
    const body = JSON.stringify({ code, message });
    response
        .writeHead(code, {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
            ...(code === 401 && { "www-authenticate": "Bearer" }),
        })
        .end(body);
}
