import { TokenCache } from "./cache";
import { chooseSource, type SourceOptions } from "./source";
import { createHttp, type Http } from "./http";
import { cloudPlatform, type Identity } from "./identity";
import { impersonate, whoIs } from "./impersonate";
import { SentSecrets } from "./sent";

/** Where tokens come from. Without any of it: as Google's client libraries and the gcp provider look for them. */
export interface CredentialOptions extends SourceOptions {
    /** An account to act as, as the provider's `gcp:impersonateServiceAccount`. */
    impersonateServiceAccount?: string;
    /** The accounts between, each a token creator on the next. */
    delegates?: string[];
    /** How requests are sent; by default through the proxy that the environment names. */
    http?: Http;
    /** Milliseconds since 1970. It says when a token must be renewed. */
    now?: () => number;
}

export interface IdTokenOptions {
    /** The service account whose token it shall be; by default the identity's own. */
    as?: string;
    delegates?: string[];
}

/** Tokens of one identity. Kept in memory until shortly before they end. */
export interface Credentials {
    /** Which source was chosen, and the reason. */
    readonly source: SourceChoice;
    readonly http: Http;
    /** For Google's APIs; `cloud-platform` by default. */
    accessToken(scopes?: readonly string[]): Promise<string>;
    /** A Google-signed ID token for one receiver. Throws a `CredentialError` that names the role that is missing. */
    idToken(audience: string, options?: IdTokenOptions): Promise<string>;
    /** Who this is, as IAM writes it; undefined if Google does not say. */
    member(): Promise<string | undefined>;
}

/** What `auto` chose and why the others were not. */
export interface SourceChoice {
    description: string;
    /** The sources looked at before, and why each was passed over. */
    passedOver: { source: string; why: string }[];
}

/**
 * Finds the source of credentials as the gcp provider does: an access token given, then credentials given, then
 * `GOOGLE_OAUTH_ACCESS_TOKEN`, `GOOGLE_CREDENTIALS`, then Application Default Credentials; acting as
 * `impersonateServiceAccount` on top.
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
    // Impersonation asks for the caller's own token each time: the cache answers.
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
        member: async () => whoIs(http, own, await ownToken()),
    };
}

/** One ID token, for whoever needs no more: see {@link createCredentials}. */
export async function idToken(audience: string, options: CredentialOptions & IdTokenOptions = {}): Promise<string> {
    const { as, ...rest } = options;
    return (await createCredentials(rest)).idToken(audience, as === undefined ? {} : { as });
}

/** One access token, for whoever needs no more: see {@link createCredentials}. */
export async function accessToken(options: CredentialOptions & { scopes?: string[] } = {}): Promise<string> {
    return (await createCredentials(options)).accessToken(options.scopes);
}
