import { createCredentials, CredentialError, type CredentialOptions, type Credentials } from "../credentials";
import { audienceOf } from "../smoke";
import { UserError } from "./errors";

/** For whom tokens are, and as whom the command calls. */
export interface CallerFlags {
    audience?: string;
    as?: string;
}

interface Out {
    write(text: string): unknown;
}

/** ID tokens for one receiver. */
export interface IdTokens {
    /** A token that is valid now. */
    readonly token: () => Promise<string>;
}

/**
 * Finds out who can get ID tokens for a receiver, and says so.
 * @throws CredentialError if nobody can
 */
export async function idTokens(
    url: URL,
    flags: CallerFlags,
    log: Out,
    caller: Credentials,
    options: CredentialOptions = {},
): Promise<IdTokens> {
    const audience = flags.audience ?? audienceOf(url.href);
    const own = (): Promise<string> => caller.idToken(audience, flags.as === undefined ? {} : { as: flags.as });
    try {
        await own();
        log.write(`credential: an ID token for ${audience}, by ${flags.as ?? caller.source.description}\n`);
        return { token: own };
    } catch (error) {
        if (!(error instanceof CredentialError) || error.code !== "not-possible" || flags.as !== undefined) {
            throw error;
        }
        const other = await withoutAccessToken(audience, options);
        if (other !== undefined) {
            log.write(`credential: an ID token for ${audience}, by ${other.source.description}; ${error.message}\n`);
            return { token: () => other.idToken(audience) };
        }
        // The token of a developer is accepted by every service that the developer may call, so it goes to Google's
        // hosts only.
        if (!/\.(run\.app|cloudfunctions\.net)$/.test(url.hostname)) {
            throw error;
        }
        const developer = await createCredentials({ ...options, source: "gcloud" });
        const token = (): Promise<string> => developer.idToken(audience);
        await token().catch(() => {
            throw error;
        });
        log.write(`credential: an ID token with gcloud's own audience, by ${developer.source.description}\n`);
        return { token };
    }
}

/**
 * The credentials that Google's libraries find beside an access token, if they can get ID tokens. An access token alone cannot.
 */
async function withoutAccessToken(audience: string, options: CredentialOptions): Promise<Credentials | undefined> {
    const { GOOGLE_OAUTH_ACCESS_TOKEN: accessToken = "", ...env } = options.env ?? process.env;
    if (accessToken === "" || options.accessToken !== undefined) {
        return undefined;
    }
    try {
        const others = await createCredentials({ ...options, env });
        await others.idToken(audience);
        return others;
    } catch {
        return undefined;
    }
}

/**
 * The URL of a receiver.
 * @throws UserError if it is none, or if a token would go there in clear text
 */
export function targetUrl(address: string, anonymous = false): URL {
    if (!URL.canParse(address)) {
        throw new UserError(`${address} is no URL`, {
            fix: "write it like https://orders-….run.app/path",
            exitCode: 2,
        });
    }
    const url = new URL(address);
    const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
    if (url.protocol === "https:" || (url.protocol === "http:" && (loopback || anonymous))) {
        return url;
    }
    throw new UserError(`${url.origin} would get the token in clear text`, {
        fix: "use https, or --anonymous",
        exitCode: 2,
    });
}
