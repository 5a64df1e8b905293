import { parse as parseYaml } from "yaml";
import { hasOwnKeys, openApiOperations, passesPreflights, RecentMap } from "../../../common";
import { messageOf } from "../../../errors";
import { invalidArgument, isObject, unimplemented, type Json } from "../framework";

/** How a gateway verifies tokens, by an entry of `securityDefinitions`. */
export interface TokenRule {
    issuer: string;
    /** The account whose own keys sign. All other issuers have the sandbox sign in their name. */
    account?: string;
    /** What tokens can be for. Empty: the name of the gateway's API alone. */
    audiences: string[];
}

/** Where a gateway sends a request, by `x-google-backend`. */
export interface GatewayBackend {
    address: string;
    /** Whether the path of the request is appended to the address, or becomes parameters of it. */
    appendsPath: boolean;
    /** What the gateway's own token is for; undefined if it sends none. */
    audience?: string;
    /** How long the backend may take for its whole answer. */
    seconds: number;
}

/** One operation of a gateway's API. */
export interface GatewayOperation {
    verb: string;
    /** `/v1/shelves/{shelf}`, with the base path. */
    path: string;
    backend: GatewayBackend;
    /** One of these rules must accept the token. None: the operation is open to everyone. */
    rules: TokenRule[];
}

const DEFAULT_DEADLINE = 15;
const ACCOUNT_KEYS =
    /^https:\/\/www\.googleapis\.com\/(?:service_accounts\/v1\/(?:metadata\/)?(?:x509|jwk|jwks)|robot\/v1\/metadata\/(?:x509|jwk))\/([^/]+)$/;

/** The operations of the documents by which requests were answered lately. */
const recent = new RecentMap<string, GatewayOperation[]>(100);

/** The operations of a document that {@link operationsOf} has accepted before: each request needs them. */
export function acceptedOperations(contents: string): GatewayOperation[] {
    const known = recent.get(contents) ?? operationsOf(contents, "openapi.yaml").operations;
    recent.set(contents, known);
    return known;
}

/**
 * The operations of an OpenAPI document, as API Gateway reads it.
 * https://cloud.google.com/api-gateway/docs/openapi-overview
 * @throws ApiError INVALID_ARGUMENT, with where in the document it is; UNIMPLEMENTED for what the sandbox does not check
 */
export function operationsOf(contents: string, path: string): { host?: string; operations: GatewayOperation[] } {
    const document = documentOf(contents, path);
    const at = (place: string, problem: string): Error =>
        invalidArgument(
            `Cannot convert to service config. 'location: "${path}${place && `: ${place}`}" kind: ERROR message: "${problem}"'`,
            "api_config.openapi_documents",
        );
    if (document["swagger"] !== "2.0") {
        throw document["openapi"] === undefined
            ? at("", "the document does not say swagger: '2.0'")
            : unimplemented(
                  `OpenAPI ${JSON.stringify(document["openapi"])} documents of API Gateway; write swagger: '2.0'`,
              );
    }
    const definitions = tokenRules(objectAt(document["securityDefinitions"]), at);
    const basePath = textOf(document["basePath"])?.replace(/\/$/, "") ?? "";
    if (document["x-google-allow"] === "all") {
        throw unimplemented("x-google-allow: all, by which everybody gets past the gateway at every other path");
    }
    const found = openApiOperations(document).map(({ verb, path: template, operation, security }): GatewayOperation => {
        const place = `paths.'${template}'.${verb}`;
        if (textOf(operation["operationId"]) === undefined) {
            throw at(place, "Operation does not have the required 'operationId' field");
        }
        const own = operation["x-google-backend"];
        const backend = own ?? document["x-google-backend"];
        if (!isObject(backend)) {
            throw at(place, "x-google-backend must be on the document or on the operation");
        }
        return {
            verb: verb.toUpperCase(),
            path: `${basePath}${template}`,
            backend: backendOf(backend, own !== undefined, (problem) => at(place, problem)),
            rules: rulesOf(security, definitions, (problem) => at(place, problem)),
        };
    });
    if (found.length === 0) {
        throw at("paths", "the document has no operation");
    }
    const host = textOf(document["host"]);
    const operations = passesPreflights(document) ? [...found, ...preflightsOf(found)] : found;
    return { operations, ...(host !== undefined && { host }) };
}

/** The requests by which a browser asks what a page may send: the proxy passes them on without a token. */
function preflightsOf(operations: GatewayOperation[]): GatewayOperation[] {
    const paths = new Map(operations.map((operation) => [operation.path, operation]));
    operations.filter(({ verb }) => verb === "OPTIONS").forEach(({ path }) => paths.delete(path));
    return [...paths.values()].map(({ path, backend }) => ({ verb: "OPTIONS", path, backend, rules: [] }));
}

/** @throws ApiError INVALID_ARGUMENT for what is no YAML and no JSON */
export function documentOf(contents: string, path: string): Json {
    try {
        const parsed: unknown = parseYaml(Buffer.from(contents, "base64").toString("utf8"));
        if (isObject(parsed)) {
            return parsed;
        }
    } catch (error) {
        throw invalidArgument(`${path} is no YAML or JSON: ${messageOf(error)}`, "api_config.openapi_documents");
    }
    throw invalidArgument(`${path} holds no OpenAPI document`, "api_config.openapi_documents");
}

/** https://cloud.google.com/api-gateway/docs/authenticate-service-account */
function tokenRules(definitions: Json, at: (place: string, problem: string) => Error): Map<string, TokenRule> {
    const issuers = new Set<string>();
    return new Map(
        Object.entries(definitions).map(([name, definition]) => {
            const place = `securityDefinitions.${name}`;
            const {
                "x-google-issuer": issuer,
                "x-google-jwks_uri": keys,
                "x-google-audiences": audiences,
            } = objectAt(definition);
            if (textOf(issuer) === undefined) {
                const { type } = objectAt(definition);
                throw type === "apiKey"
                    ? unimplemented(`API keys of API Gateway (${place}): they identify no caller`)
                    : at(place, "x-google-issuer is required");
            }
            if (issuers.has(String(issuer))) {
                throw at(place, `each definition must have another x-google-issuer, and ${String(issuer)} comes twice`);
            }
            issuers.add(String(issuer));
            const rule = {
                issuer: String(issuer),
                audiences: (textOf(audiences) ?? "")
                    .split(",")
                    .map((each) => each.trim())
                    .filter(Boolean),
            };
            const address = textOf(keys) ?? "";
            const [, account] = ACCOUNT_KEYS.exec(address) ?? [];
            if (account !== undefined && account === rule.issuer) {
                return [name, { ...rule, account }];
            }
            // Google finds the keys of an issuer by its document of OpenID if the address is left out.
            if (!rule.issuer.includes("@") && hasOwnKeys(rule.issuer, address)) {
                return [name, rule];
            }
            throw unimplemented(
                `tokens of ${rule.issuer} with the keys at ${address || "no address"} (${place}); the sandbox has the keys that an issuer publishes itself, and those of service accounts`,
            );
        }),
    );
}

/** The rules of which one must accept the token; none if requests without a token get in. */
function rulesOf(
    alternatives: string[][],
    definitions: Map<string, TokenRule>,
    problem: (text: string) => Error,
): TokenRule[] {
    if (alternatives.some((names) => names.length === 0)) {
        return [];
    }
    return alternatives.map((names) => {
        const [name = "", second] = names;
        const rule = definitions.get(name);
        if (second !== undefined) {
            throw problem(`security asks for ${names.join(" and ")} at once; a request carries one token`);
        }
        if (rule === undefined) {
            throw problem(`security names ${name}, which securityDefinitions does not have`);
        }
        return rule;
    });
}

/** https://cloud.google.com/endpoints/docs/openapi/openapi-extensions#x-google-backend */
export function backendOf(backend: Json, isOwn: boolean, problem: (text: string) => Error): GatewayBackend {
    const { address, jwt_audience: audience, disable_auth: open, path_translation: translation, deadline } = backend;
    if (typeof address !== "string" || !URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
        throw problem(`x-google-backend.address is ${JSON.stringify(address)}, not the URL of a backend`);
    }
    if (audience !== undefined && open === true) {
        throw problem("x-google-backend has both jwt_audience and disable_auth");
    }
    if (deadline !== undefined && typeof deadline !== "number") {
        throw problem(`x-google-backend.deadline is ${JSON.stringify(deadline)}, not a number of seconds`);
    }
    const { origin } = new URL(address);
    return {
        address: address.replace(/\/$/, ""),
        appendsPath: translation === undefined ? !isOwn : translation === "APPEND_PATH_TO_ADDRESS",
        ...(open !== true && { audience: textOf(audience) ?? origin }),
        // One that is not positive counts as left out.
        seconds: deadline !== undefined && deadline > 0 ? deadline : DEFAULT_DEADLINE,
    };
}

const objectAt = (value: unknown): Json => (isObject(value) ? value : {});
const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
