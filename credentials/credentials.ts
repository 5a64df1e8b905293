import { TokenCache } from "./cache";
import { chooseSource, type SourceOptions } from "./source";
import { createHttp, type Http } from "./http";
import { cloudPlatform, type Identity } from "./identity";
import { impersonate, whoIs } from "./impersonate";
import { SentSecrets } from "./sent";

/** Where tokens come from. By default the source is found as Google's client libraries and the gcp provider find it. */
export interface CredentialOptions extends SourceOptions {
    /** The service account to act as, like the provider's `gcp:impersonateServiceAccount`. @default - none: the identity itself acts */
    impersonateServiceAccount?: string;
    /** The chain of accounts to it: each must be a token creator on the next. @default - none: the identity is a token creator on it */
    delegates?: string[];
    /** How requests are sent; by default through the proxy that the environment names. */
    http?: Http;
    /** Milliseconds since 1970. It says when a token must be renewed. @default - `Date.now` */
    now?: () => number;
}

/** Whose ID token is minted. */
export interface IdTokenOptions {
    /** The service account that the token is for; by default the identity itself. */
    as?: string;
    /** The chain of accounts to it: each must be a token creator on the next. @default - none */
    delegates?: string[];
}

/** The tokens of one identity. They are kept in memory until shortly before they expire. */
export interface Credentials {
    /** Which source was chosen, and the reason. */
    readonly source: SourceChoice;
    readonly http: Http;
    /** An access token for Google's APIs. The scope is `cloud-platform` by default. */
    accessToken(scopes?: readonly string[]): Promise<string>;
    /** An ID token of Google's for one receiver. Throws a `CredentialError` that names the role that is missing. */
    idToken(audience: string, options?: IdTokenOptions): Promise<string>;
    /** A token that the account signs itself for one receiver, as API Gateway takes it. It lasts an hour. */
    signedToken(audience: string, account: string): Promise<string>;
    /** The member as which IAM knows this identity; undefined if Google does not say. */
    member(): Promise<string | undefined>;
}

/** The source that was chosen, and why the others were not. */
export interface SourceChoice {
    description: string;
    /** The sources that come before it, and why each was not used. */
    passedOver: { source: string; why: string }[];
}

/**
 * Finds the source of credentials as the gcp provider does: a given access token, then given credentials, then
 * `GOOGLE_OAUTH_ACCESS_TOKEN`, `GOOGLE_CREDENTIALS`, then Application Default Credentials. With
 * `impersonateServiceAccount` it then acts as that account.
 */
export async function createCredentials(options: CredentialOptions = {}): Promise<Credentials> {
    const plainHttp = options.http ?? createHttp(options.env ? { env: options.env } : {});
    const http = new SentSecrets().watch(plainHttp);
    const env = options.env ?? process.env;
    const { identity: base, passedOver } = await chooseSource(http, options);
    const target = options.impersonateServiceAccount ?? env["GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"];
    const own = target === undefined || target === "" ? base : impersonate(http, base, target, options.delegates);
    const cache = new TokenCache(options.now);
    const as = (email: string | undefined, delegates: string[] | undefined): Identity => {
        if (email === undefined || email === own.email) {
            return own;
        }
        return impersonate(http, { ...own, accessToken: cachedAccessToken }, email, delegates);
    };
    // Impersonation asks for the caller's own token each time, and gets it from the cache.
    const cachedAccessToken: Identity["accessToken"] = async (scopes) => ({
        token: await cache.get(`access ${scopes.join(" ")}`, () => own.accessToken(scopes)),
        expiresAt: 0,
    });
    const ownToken = async (scopes: readonly string[] = [cloudPlatform]): Promise<string> =>
        (await cachedAccessToken(scopes)).token;
    return {
        source: { description: own.description, passedOver },
        http: plainHttp,
        accessToken: ownToken,
        idToken: (audience, { as: email, delegates } = {}) =>
            cache.get(`id ${email ?? ""} ${(delegates ?? []).join(",")} ${audience}`, () =>
                as(email, delegates).idToken(audience),
            ),
        signedToken: (audience, account) =>
            cache.get(`signed ${account} ${audience}`, () =>
                impersonate(http, { ...own, accessToken: cachedAccessToken }, account).signedToken(
                    audience,
                    (options.now ?? Date.now)(),
                ),
            ),
        member: async () => whoIs(http, own, await ownToken()),
    };
}

/** Gets a single ID token: see {@link createCredentials}. */
export async function idToken(audience: string, options: CredentialOptions & IdTokenOptions = {}): Promise<string> {
    const { as, ...rest } = options;
    return (await createCredentials(rest)).idToken(audience, as === undefined ? {} : { as });
}

/** Gets a single access token: see {@link createCredentials}. */
export async function accessToken(options: CredentialOptions & { scopes?: string[] } = {}): Promise<string> {
    return (await createCredentials(options)).accessToken(options.scopes);
}
