import type { IncomingHttpHeaders } from "node:http";

/** A message in canonical proto3 JSON: camelCase names, unset fields absent, int64 as strings, bytes in base64. */
export type Json = Record<string, unknown>;

/** An HTTP binding beside those of the proto: `{ get: "/v1/{resource=projects/*}:getIamPolicy" }`. */
export interface HttpBinding {
    verb: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    path: string;
    /** `*`, or the field that the body holds. */
    body?: string;
}

/** A request to a plain route. */
export interface RouteRequest {
    /** The variables of the path, decoded. */
    params: Record<string, string>;
    query: URLSearchParams;
    headers: IncomingHttpHeaders;
    body: Buffer;
    /** The body as a JSON object; `{}` if there is none. */
    json: Json;
}

/** What a plain route answers that is not a JSON object with status 200. */
export class RouteAnswer {
    constructor(
        readonly status: number,
        readonly body: string | Buffer | Json,
        readonly headers: Record<string, string> = {},
        /** The denial that the answer words in its own way, for the audit logs. */
        readonly denial?: unknown,
    ) {}
}
