import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { argumentError } from "../base";
import { isObject, type OpenApiOperation, openApiOperations, passesPreflights } from "../../common";
import { messageOf } from "../../errors";

type Json = Record<string, unknown>;

/** What is known of the document of a gateway before anything is deployed. */
export interface GatewayPlan {
    /** The document. The addresses of its backends are still their names. */
    document: Json;
    /** A request that the gateway serves, for probes which it must deny. */
    sample: { method: string; path: string };
}

/** Where a backend is, and what the gateway's own token for it is for. */
export interface BackendAddress {
    url: string;
    audience: string;
}

/** Whose tokens the gateway takes. */
export interface AcceptedTokens {
    audience: string;
    /** The account that signs them; absent: Google signs them. */
    signer?: string;
}

const BACKEND = "x-google-backend";
const METHODS = ["get", "put", "post", "delete", "head", "patch"];

/** A document that sends each of these paths to a backend as it is, whatever the method. */
export function routedDocument(title: string, routes: Record<string, string>): Json {
    const paths = Object.entries(routes).map(([path, backend], index) => {
        const parameters = [...path.matchAll(/\{([^}=]+)[^}]*\}/g)].map(([, name]) => ({
            ...{ name, in: "path", required: true, type: "string" },
        }));
        const operation = (method: string): Json => ({
            operationId: `${method}${index + 1}`,
            ...(parameters.length > 0 && { parameters }),
            [BACKEND]: { address: backend, path_translation: "APPEND_PATH_TO_ADDRESS" },
            responses: { "200": { description: "what the backend answers" } },
        });
        return [path, Object.fromEntries(METHODS.map((method) => [method, operation(method)]))] as const;
    });
    return { swagger: "2.0", info: { title, version: "1" }, paths: Object.fromEntries(paths) };
}

/**
 * Reads a document of OpenAPI 2.0 in YAML or JSON.
 * @throws ResourceError if it is none
 */
export function parsedDocument(component: pulumi.Resource, text: string): Json {
    let document: unknown;
    try {
        document = parse(text);
    } catch (error) {
        throw argumentError(component, "openapi", `is no YAML and no JSON: ${messageOf(error)}`);
    }
    if (!isObject(document) || document["swagger"] !== "2.0") {
        const reason = `is no document of OpenAPI 2.0, which begins with swagger: "2.0"; give the text and not the name of a file`;
        throw argumentError(component, "openapi", reason);
    }
    return document;
}

/**
 * Checks a document: who may call is decided by the component, each operation has a backend of the component's, and nothing is
 * open to everyone.
 * @param argument Where the document comes from, for errors: `openapi` or `routes`.
 * @throws ResourceError that names the place
 */
export function plannedDocument(
    component: pulumi.Resource,
    argument: string,
    given: Json,
    backends: readonly string[],
): GatewayPlan {
    const refuse = (place: string, reason: string): never => {
        throw argumentError(component, `${argument}${place}`, reason);
    };
    const [only] = backends;
    const document =
        backends.length === 1 && given[BACKEND] === undefined ? { ...given, [BACKEND]: { address: only } } : given;
    if (document["securityDefinitions"] !== undefined) {
        refuse(".securityDefinitions", "is what the component writes; leave it out");
    }
    if (document["x-google-allow"] === "all") {
        refuse('["x-google-allow"]', "would let everybody past the gateway at every other path; leave it out");
    }
    if (passesPreflights(document)) {
        refuse(
            '["x-google-endpoints"]',
            "says allowCors, which lets OPTIONS past the gateway without a token; leave it out",
        );
    }
    const operations = openApiOperations(document);
    const [first] = operations;
    if (first === undefined) {
        return refuse("", "has no operation; add one to paths");
    }
    for (const [place, holder] of [["", document] as const, ...operations.map(placed)]) {
        if (holder["security"] !== undefined) {
            refuse(
                `${place}.security`,
                "is what the component writes: every operation takes the same callers; leave it out",
            );
        }
        const backend = holder[BACKEND];
        if (backend !== undefined) {
            checkBackend(backend, backends, (reason) => refuse(`${place}["${BACKEND}"]`, reason));
        }
    }
    for (const each of operations) {
        const [place, { operationId, [BACKEND]: own }] = placed(each);
        if (typeof operationId !== "string" || operationId === "") {
            refuse(`${place}.operationId`, "is missing, and API Gateway requires it");
        }
        if (own === undefined && document[BACKEND] === undefined) {
            const reason = `is missing, and there are ${backends.length} backends; add ${BACKEND}: { address: ${only ?? ""} }`;
            refuse(`${place}["${BACKEND}"]`, reason);
        }
    }
    return { document, sample: sampleOf(document, operations.find(({ verb }) => verb === "get") ?? first) };
}

const placed = ({ path, verb, operation }: OpenApiOperation): readonly [string, Json] => [
    `.paths["${path}"].${verb}`,
    operation,
];

function checkBackend(backend: unknown, backends: readonly string[], refuse: (reason: string) => never): void {
    const { address, jwt_audience: audience, disable_auth: open } = isObject(backend) ? backend : {};
    if (audience !== undefined || open !== undefined) {
        refuse("names jwt_audience or disable_auth, which the component decides by the backend; leave them out");
    }
    const name = typeof address === "string" ? address.split("/")[0] : undefined;
    if (name === undefined || !backends.includes(name)) {
        refuse(
            `has the address ${JSON.stringify(address)}, and must name one of the backends, because the gateway sends its token there: ${backends.join(", ")}`,
        );
    }
}

/** A request that the operation serves, with a word in place of each parameter. */
function sampleOf(document: Json, { path, verb }: OpenApiOperation): GatewayPlan["sample"] {
    const base = typeof document["basePath"] === "string" ? document["basePath"].replace(/\/+$/, "") : "";
    return { method: verb.toUpperCase(), path: base + path.replace(/\{[^}]*\}/g, "smoke-check") };
}

/** The document as it is deployed: with its backends' addresses, and with whom it lets in. */
export function deployedDocument(
    { document }: GatewayPlan,
    backends: Record<string, BackendAddress>,
    { audience, signer }: AcceptedTokens,
): Json {
    const addressed = (holder: Json): Json => {
        const backend = holder[BACKEND];
        if (!isObject(backend)) {
            return holder;
        }
        const [name = "", ...below] = String(backend["address"]).split("/");
        const { url = "", audience: jwtAudience } = backends[name] ?? {};
        const address = [url.replace(/\/+$/, ""), ...below].join("/");
        return { ...holder, [BACKEND]: { ...backend, address, jwt_audience: jwtAudience } };
    };
    const paths = Object.entries(document["paths"] as Record<string, Json>).map(([path, item]) => [
        path,
        Object.fromEntries(Object.entries(item).map(([verb, each]) => [verb, isObject(each) ? addressed(each) : each])),
    ]);
    return {
        ...addressed(document),
        securityDefinitions: { caller: definitionOf(audience, signer) },
        security: [{ caller: [] }],
        paths: Object.fromEntries(paths),
    };
}

/**
 * https://cloud.google.com/api-gateway/docs/authenticate-service-account and
 * https://cloud.google.com/api-gateway/docs/authenticating-users-googleid
 */
const definitionOf = (audience: string, signer: string | undefined): Json => ({
    ...{ type: "oauth2", authorizationUrl: "", flow: "implicit", "x-google-audiences": audience },
    "x-google-issuer": signer ?? "https://accounts.google.com",
    "x-google-jwks_uri":
        signer === undefined
            ? "https://www.googleapis.com/oauth2/v3/certs"
            : `https://www.googleapis.com/robot/v1/metadata/x509/${signer}`,
});
