import { isObject } from "./objects";

type Json = Record<string, unknown>;

/** One operation of an OpenAPI document: a method of a path. */
export interface OpenApiOperation {
    /** In lower case, such as `get`. */
    verb: string;
    /** The path as the document writes it, such as `/shelves/{shelf}`. */
    path: string;
    operation: Json;
    /** What the operation asks for: the names of one of these lists must all be met. An empty list is met by everybody. */
    security: string[][];
}

const VERBS = ["get", "put", "post", "delete", "options", "head", "patch"];

/** The operations of a document of OpenAPI 2.0: https://swagger.io/docs/specification/2-0/paths-and-operations/ */
export function openApiOperations(document: Json): OpenApiOperation[] {
    const { paths } = document;
    return Object.entries(isObject(paths) ? paths : {}).flatMap(([path, item]) =>
        VERBS.flatMap((verb) => {
            const operation = isObject(item) ? item[verb] : undefined;
            return isObject(operation) ? [{ verb, path, operation, security: securityOf(document, operation) }] : [];
        }),
    );
}

/**
 * Whether the proxy passes the preflights of browsers (`OPTIONS`) on without a token, at each path of the document.
 * https://docs.cloud.google.com/endpoints/docs/openapi/support-cors
 */
export function passesPreflights(document: Json): boolean {
    return [document["x-google-endpoints"]].flat().some((each) => isObject(each) && each["allowCors"] === true);
}

/** https://swagger.io/docs/specification/2-0/authentication/: one entry of the list is enough. */
function securityOf(document: Json, operation: Json): string[][] {
    const asked = operation["security"] ?? document["security"];
    const entries = Array.isArray(asked) ? asked.map((each) => Object.keys(isObject(each) ? each : {})) : [];
    return entries.length === 0 ? [[]] : entries;
}

/**
 * Whether the issuer itself, or Google, publishes the keys there: whoever else has keys there can sign in the name of the issuer.
 * Without an address, the issuer's own document of OpenID names it.
 * https://cloud.google.com/endpoints/docs/openapi/authenticating-users-firebase
 */
export function hasOwnKeys(issuer: string, keys: string): boolean {
    const isGoogles = keys.startsWith("https://www.googleapis.com/");
    if (issuer.includes("@")) {
        return isGoogles && keys.endsWith(`/${issuer}`);
    }
    if (issuer.startsWith("https://securetoken.google.com/") && isGoogles) {
        return keys.endsWith("/securetoken@system.gserviceaccount.com");
    }
    const isOfIssuer = URL.canParse(issuer) && URL.canParse(keys) && new URL(keys).origin === new URL(issuer).origin;
    return issuer === "https://accounts.google.com"
        ? keys === "" || /^https:\/\/www\.googleapis\.com\/oauth2\/v[13]\/certs$/.test(keys)
        : issuer.startsWith("https://") && (keys === "" || isOfIssuer);
}
