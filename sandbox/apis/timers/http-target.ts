import { invalidArgument, type Json } from "../framework";

/** What Scheduler and Tasks send: a request, and the account whose token it carries. */
export type HttpTarget = Json & {
    /** Tasks calls it `url`. */
    uri?: string;
    url?: string;
    httpMethod?: string;
    headers?: Record<string, string>;
    /** Base64. */
    body?: string;
    oidcToken?: { serviceAccountEmail?: string; audience?: string };
    oauthToken?: { serviceAccountEmail?: string; scope?: string };
};

/**
 * Checks a target. An access token allows everything that its account can do, so that Google sends one to its own hosts only.
 * https://cloud.google.com/tasks/docs/reference/rest/v2/HttpRequest
 * @param actAs checks that the caller may act as the token's account
 */
export function checkHttpTarget(target: HttpTarget, field: string, actAs: (account: string) => void): void {
    const address = target.uri ?? target.url ?? "";
    if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
        throw invalidArgument(`${field}: "${address}" is no URL that begins with http:// or https://`, field);
    }
    const { oidcToken, oauthToken } = target;
    if (oidcToken && oauthToken) {
        throw invalidArgument(`${field}: only one of oidc_token and oauth_token can be set`, field);
    }
    if (oauthToken && !/\.googleapis\.com$/.test(new URL(address).hostname)) {
        throw invalidArgument(
            `${field}: oauth_token is for *.googleapis.com only; use oidc_token for ${address}`,
            field,
        );
    }
    const token = oidcToken ?? oauthToken;
    if (!token) {
        return;
    }
    if (!token.serviceAccountEmail) {
        throw invalidArgument(`${field}: the token needs a service_account_email`, field);
    }
    if (!address.startsWith("https://")) {
        throw invalidArgument(`${field}: a token is sent to https:// only, not to ${address}`, field);
    }
    actAs(token.serviceAccountEmail);
}
