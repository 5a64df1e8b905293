import { JWT } from "google-auth-library";
import { CredentialError } from "./errors";
import type { Identity } from "./identity";
import { impersonate } from "./impersonate";
import { json } from "./json";
import type { QuotingHttp } from "./sent";

/** The universe that most of Google Cloud is in: what the hosts of its APIs end with. */
export const DEFAULT_UNIVERSE = "googleapis.com";

/** How long a JWT is valid that an account signs itself. */
const JWT_MILLISECONDS = 60 * 60_000;

/**
 * The universe that a credentials file belongs to. Its tokens go to the hosts of this universe alone.
 * @throws CredentialError if it is no domain
 */
export function universeOf(file: Record<string, unknown>, from: string): string {
    const universe = file["universe_domain"] ?? DEFAULT_UNIVERSE;
    if (typeof universe === "string" && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(universe)) {
        return universe;
    }
    throw new CredentialError("no-credentials", `the universe_domain of ${from} is no domain in lower case`);
}

/**
 * A key of an account in another universe than the public one. There the account signs its access tokens itself, and asks the
 * IAM Credentials API of its universe for ID tokens [K], as Google's libraries do.
 */
export function keyInUniverse(
    http: QuotingHttp,
    file: Record<string, unknown>,
    universe: string,
    from: string,
): Identity {
    const email = json.string(file, "client_email");
    const key = json.string(file, "private_key");
    const keyId = typeof file["private_key_id"] === "string" ? { keyId: file["private_key_id"] } : {};
    const accessToken: Identity["accessToken"] = async (scopes) => {
        const client = new JWT({ email, key, ...keyId, scopes: [...scopes], universeDomain: universe });
        client.useJWTAccessWithScope = true;
        const headers = await client.getRequestHeaders(`https://iamcredentials.${universe}/`);
        const token = headers.get("authorization")?.replace(/^Bearer /, "");
        if (token === undefined) {
            throw new CredentialError("refused", `the key of ${from} signed no token`);
        }
        return { token, expiresAt: Date.now() + JWT_MILLISECONDS };
    };
    const description = `the service account key of ${email} in the universe ${universe} (${from})`;
    const own = { description, email, universe, accessToken };
    return {
        ...own,
        idToken: (audience) => impersonate(http, { ...own, idToken: impossible }, email).idToken(audience),
    };
}

const impossible = (): Promise<never> =>
    Promise.reject(new CredentialError("not-possible", "an account asks its universe for ID tokens"));
