import { defined } from "../../../common";
import { invalidArgument, type Message } from "../framework";

/** What Scheduler and Tasks send: a request, and the account whose token it carries. */
export type HttpRequest = Message<"google.cloud.tasks.v2.HttpRequest">;

/** The request of a job of Scheduler. Scheduler calls its URL `uri`. */
export function requestOf({ uri, ...rest }: Message<"google.cloud.scheduler.v1.HttpTarget">): HttpRequest {
    return { ...rest, ...defined({ url: uri }) };
}

const WITH_BODY = new Set(["HTTP_METHOD_UNSPECIFIED", "POST", "PUT", "PATCH"]);

/**
 * Checks a request. An access token allows everything that its account can do, so that Google sends one to its own hosts only.
 * https://cloud.google.com/tasks/docs/reference/rest/v2/HttpRequest
 * @param actAs checks that the caller may act as the token's account
 */
export function checkHttpRequest(request: HttpRequest, field: string, actAs: (account: string) => void): void {
    const { url = "" } = request;
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
        throw invalidArgument(`${field}: "${url}" is no URL that begins with http:// or https://`, field);
    }
    const { oidcToken, oauthToken, httpMethod = "POST", body } = request;
    if (body && !WITH_BODY.has(httpMethod)) {
        throw invalidArgument(
            `${field}.body: a ${httpMethod} request has no body; use POST, PUT or PATCH`,
            `${field}.body`,
        );
    }
    if (oidcToken && oauthToken) {
        throw invalidArgument(`${field}: only one of oidc_token and oauth_token can be set`, field);
    }
    if (oauthToken && !/\.googleapis\.com$/.test(new URL(url).hostname)) {
        throw invalidArgument(`${field}: oauth_token is for *.googleapis.com only; use oidc_token for ${url}`, field);
    }
    const token = oidcToken ?? oauthToken;
    if (!token) {
        return;
    }
    if (!token.serviceAccountEmail) {
        throw invalidArgument(`${field}: the token needs a service_account_email`, field);
    }
    if (!url.startsWith("https://")) {
        throw invalidArgument(`${field}: a token is sent to https:// only, not to ${url}`, field);
    }
    actAs(token.serviceAccountEmail);
}
