import { canonicalHeader, fromJson, type CallbackRequest } from "../../../workflow";
import type { ExecutionService } from "./execution-service";
import { notFound, type Json, type Route, type RouteRequest } from "../framework";

const EXECUTION = "projects/*/locations/*/workflows/*/executions/*";
/** https://cloud.google.com/workflows/docs/creating-callback-endpoints */
const VERBS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"] as const;

/** The workflow of an execution, or of a resource below an execution. */
export const workflowOf = (name: string): string =>
    `//workflows.googleapis.com/${name.replace(/\/executions(\/.*)?$/, "")}`;

/** The endpoints at which executions wait. A caller needs the permission to send callbacks. */
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
            // The execution gets them all.
            parameters: "any" as const,
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

/** The request as the execution gets it: everything but the credentials. */
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

/** The body by its content type: JSON if it is valid, bytes, or a text. */
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
