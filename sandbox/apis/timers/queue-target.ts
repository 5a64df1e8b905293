import { defined } from "../../../common";
import type { Message } from "../framework";
import type { HttpRequest } from "./http-request";

/** How a queue changes the requests of its tasks. https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues#HttpTarget */
export type QueueTarget = Message<"google.cloud.tasks.v2beta3.HttpTarget">;

/** A task's request as its queue sends it. A token of the queue replaces the token of the task. */
export function overridden(request: HttpRequest, target: QueueTarget | undefined): HttpRequest {
    if (target === undefined) {
        return request;
    }
    const { oidcToken, oauthToken, httpMethod, uriOverride, headerOverrides = [] } = target;
    const headers = Object.fromEntries(headerOverrides.map(({ header }) => [header?.key ?? "", header?.value ?? ""]));
    const { oidcToken: oidc, oauthToken: oauth, ...rest } = request;
    const own = oidcToken !== undefined || oauthToken !== undefined;
    const token = own ? { oidcToken, oauthToken } : { oidcToken: oidc, oauthToken: oauth };
    return {
        ...rest,
        ...(token.oidcToken && { oidcToken: token.oidcToken }),
        ...(token.oauthToken && { oauthToken: token.oauthToken }),
        ...defined({ httpMethod }),
        headers: { ...request.headers, ...headers },
        url: uriOverride === undefined ? (request.url ?? "") : urlOf(request.url ?? "", uriOverride),
    };
}

/** `ALWAYS` replaces the parts that the override has. Otherwise only a URL without path and query is completed. */
function urlOf(given: string, override: NonNullable<QueueTarget["uriOverride"]>): string {
    const url = new URL(given);
    if (override.uriOverrideEnforceMode !== "ALWAYS" && (url.pathname !== "/" || url.search !== "")) {
        return given;
    }
    const { scheme, host, port, pathOverride, queryOverride } = override;
    if (scheme === "HTTP" || scheme === "HTTPS") {
        url.protocol = scheme;
    }
    if (host) {
        url.host = host;
    }
    if (port) {
        url.port = port;
    }
    if (pathOverride?.path) {
        url.pathname = pathOverride.path;
    }
    if (queryOverride?.queryParams) {
        url.search = queryOverride.queryParams;
    }
    return url.href;
}
