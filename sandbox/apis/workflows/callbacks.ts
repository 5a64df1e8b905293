import { canonicalHeader, fromJson, type CallbackRequest } from "../../../workflow";
import type { ExecutionService } from "./execution-service";
import { notFound, type Json, type Route, type RouteRequest } from "../framework";

const EXECUTION = "projects/*/locations/*/workflows/*/executions/*";
/** https://cloud.google.com/workflows/docs/creating-callback-endpoints */
const VERBS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"] as const;

/** The workflow that an execution, or what is below one, belongs to. */
export const workflowOf = (name: string): string =>
    `//workflows.googleapis.com/${name.replace(/\/executions(\/.*)?$/, "")}`;

/** The endpoints that executions wait at, open to whoever shows a token with the right to send. */
export function callbackRoutes(executions: ExecutionService): Route[] {
    return [
        {
            verb: "GET",
            path: `/v1/{parent=${EXECUTION}}/callbacks`,
            permission: "workflows.callbacks.list",
            resource: ({ params }) => workflowOf(params.parent ?? ""),
            handle: ({ params }) => ({
                callbacks: executions.callbacks.list(executions.get(params.parent ?? "").name),
            }),
        },
        ...VERBS.map((verb) => ({
            verb,
            path: `/v1/{name=${EXECUTION}/callbacks/*}`,
            permission: "workflows.callbacks.send",
            resource: ({ params }: RouteRequest) => workflowOf(params.name ?? ""),
            handle(request: RouteRequest): Json {
                const { name = "" } = request.params;
                if (!executions.callbacks.deliver(name, received(verb, name, request, executions.now()))) {
                    throw notFound(name);
                }
                return {};
            },
        })),
    ];
}

/** What the execution is given of a request: everything but the credential. */
function received(method: string, name: string, { query, headers, body }: RouteRequest, at: number): CallbackRequest {
    const withoutCredentials = Object.entries(headers).filter(([key]) => !/^(proxy-)?authorization$/.test(key));
    return {
        method,
        url: `/v1/${name}`,
        headers: Object.fromEntries(withoutCredentials.map(([key, value]) => [canonicalHeader(key), String(value)])),
        query: Object.fromEntries(query),
        body: decode(headers["content-type"] ?? "", body),
        receivedAt: at,
    };
}

/** JSON where it says so and is some, bytes where it says so, else text. */
function decode(type: string, body: Buffer): unknown {
    if (type.startsWith("application/octet-stream")) {
        return new Uint8Array(body);
    }
    const text = body.toString();
    if (!/^application\/(json|[^;]*\+json)/.test(type)) {
        return text;
    }
    try {
        return fromJson(text);
    } catch {
        return text;
    }
}
