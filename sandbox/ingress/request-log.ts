import type { IncomingMessage, ServerResponse } from "node:http";
import { shortName, writeLog, type RunService } from "../apis";
import type { Cloud } from "../cloud";

/** What the log says of a request that was not let in, by its status. The first sentences are those that Google's entries begin with [K]. */
const REFUSED: Record<number, string> = {
    401: "The request was not authorized to invoke this service: its token was refused. `gcp-invoke sandbox decisions --denied` says why.",
    403: "The request was not authenticated, or its account may not invoke this service. `gcp-invoke sandbox decisions --denied` says why.",
};

/**
 * Logs a request to a service of Cloud Run once it has been answered, as Google's front end does.
 * https://cloud.google.com/run/docs/logging#request_logs
 */
export function logRequest(
    cloud: Cloud,
    { name, latestReadyRevision }: RunService,
    request: IncomingMessage,
    response: ServerResponse,
): { letIn(): void } {
    const begun = performance.now();
    // A query may hold a token, and a log must hold none.
    const requestUrl = `https://${request.headers.host ?? ""}${(request.url ?? "/").replace(/\?.*$/s, "")}`;
    const { method = "GET" } = request;
    const userAgent = request.headers["user-agent"];
    let refused = true;
    response.once("close", () => {
        const [, project = "", , location = "", , service = ""] = name.split("/");
        const status = response.statusCode;
        const text = refused ? REFUSED[status] : undefined;
        const [, trace] = /^([0-9a-f]{32})\//.exec(String(request.headers["x-cloud-trace-context"])) ?? [];
        writeLog(cloud, [
            {
                logName: `projects/${project}/logs/run.googleapis.com%2Frequests`,
                resource: {
                    type: "cloud_run_revision",
                    labels: {
                        project_id: project,
                        location,
                        service_name: service,
                        configuration_name: service,
                        revision_name: shortName(latestReadyRevision ?? ""),
                    },
                },
                severity: status >= 500 ? "ERROR" : status >= 400 ? "WARNING" : "INFO",
                httpRequest: {
                    requestMethod: method,
                    requestUrl,
                    status,
                    ...(userAgent !== undefined && { userAgent }),
                    remoteIp: request.socket.remoteAddress ?? "127.0.0.1",
                    latency: `${((performance.now() - begun) / 1000).toFixed(6)}s`,
                    protocol: "HTTP/1.1",
                },
                ...(trace !== undefined && { trace: `projects/${project}/traces/${trace}` }),
                ...(text !== undefined && { textPayload: text }),
            },
        ]);
    });
    return { letIn: () => void (refused = false) };
}
