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
