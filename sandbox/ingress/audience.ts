/** What a token can be for to get in at a front door. */
export interface Audiences {
    /** Addresses of what the door guards. A token for one, or for a path beneath it, is for all of it. */
    urls: readonly string[];
    /** Any other texts, such as custom audiences. A token must be for exactly one of them. */
    custom?: readonly string[];
}

/** What a path can consist of (RFC 3986): no query, no fragment, nothing that a parser would read as another host. */
const PATH = /^\/[\w.~!$&'()*+,;=:@%/-]*$/;

/**
 * Whether a door takes tokens for an audience. The audience is compared as text: another scheme, port, user, spelling of the
 * host or host is another audience. Cloud Run documents its own URLs; that it takes them with a path, and not with a query, is
 * from reports of pushes and jobs whose audience is by default the URL that they call [K].
 * https://cloud.google.com/run/docs/configuring/custom-audiences
 * https://github.com/stackkit/laravel-google-cloud-tasks-queue/issues/113
 */
export function takesAudience({ urls, custom = [] }: Audiences, audience: unknown): boolean {
    return (
        typeof audience === "string" &&
        (custom.includes(audience) ||
            urls.some(
                (url) => audience === url || (audience.startsWith(`${url}/`) && PATH.test(audience.slice(url.length))),
            ))
    );
}
