import type { KeyObject } from "node:crypto";
import type { Principal } from "./iam";

/** What an access token stands for, and until when, in milliseconds since 1970. */
export interface AccessTokenInfo {
    principal: Principal;
    scopes: string[];
    expiresAt: number;
}

/** The claims of an ID token as Google mints it. https://cloud.google.com/docs/authentication/token-types#id */
export interface IdTokenClaims extends Record<string, unknown> {
    iss: string;
    aud: string;
    sub: string;
    azp?: string;
    email?: string;
    email_verified?: boolean;
    iat: number;
    exp: number;
}

/** What a bearer token is, or why it is not valid. */
export type Verified<T> = { ok: true; value: T } | { ok: false; reason: string; claims?: Record<string, unknown> };

/** Who calls from Amazon Web Services, in the words of its `GetCallerIdentity`. */
export interface AwsIdentity {
    arn: string;
    account: string;
    userid: string;
    /** The name of the role; absent for a user. */
    role?: string;
}

/** What signs a request to Amazon Web Services. A session of a role also has a token, and an end in milliseconds since 1970. */
export interface AwsCredentials {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
    expiresAt?: number;
}

/** The credentials that a sandbox gives out in the name of Amazon Web Services, because it can ask nobody there. */
export interface AwsKeys {
    issue(identity: AwsIdentity): AwsCredentials;
    find(accessKeyId: string): (AwsCredentials & { identity: AwsIdentity }) | undefined;
}

/** Makes and verifies the tokens of a sandbox. */
export interface Tokens {
    /** An ID token of a service account, signed as by Google (RS256). The caller has to check the permission. */
    mintIdToken(
        account: { email: string; uniqueId: string },
        audience: string,
        options?: { includeEmail?: boolean; extra?: Record<string, unknown> },
    ): string;
    mintAccessToken(principal: Principal, scopes: string[], lifetimeSeconds?: number): string;
    /**
     * Checks signature, issuer and time. The receiver compares the audience. The cache is bounded.
     * @param issuer in whose name {@link Tokens.sign} signed; by default Google
     */
    verifyIdToken(token: string, issuer?: string): Verified<IdTokenClaims>;
    /** Access tokens of this sandbox, and self-signed JWTs that are used as access tokens. `audience` is the API's `https://HOST/`. */
    verifyAccessToken(token: string, audience?: string): Verified<AccessTokenInfo>;
    /** The public keys, for `/oauth2/v3/certs` and `/oauth2/v1/certs`. */
    jwks(): { keys: Record<string, unknown>[] };
    certificates(): Promise<Record<string, string>>;
    rotate(): void;
    /** Signs any claims with the current key: ID tokens of users, of other issuers in tests. */
    sign(claims: Record<string, unknown>): string;
    /** Revokes an access or refresh token. @returns false if it is none */
    revoke(token: string): boolean;
    /** The refresh token of a user's credentials file. The token endpoint exchanges it. */
    mintRefreshToken(principal: Principal): string;
    findRefreshToken(token: string): Principal | undefined;
    /** Identity-Aware Proxy's own keys (ES256): its assertions are signed with them. */
    readonly iap: {
        sign(claims: Record<string, unknown>): string;
        jwks(): { keys: Record<string, unknown>[] };
        /** PEM by key ID. */
        publicKeys(): Record<string, string>;
    };
    /** What callers from Amazon Web Services sign their requests with. */
    readonly aws: AwsKeys;
    /** The key that Google keeps for an account, which `signJwt` and `signBlob` use. */
    systemKey(account: { email: string; uniqueId: string }): {
        id: string;
        privateKey: KeyObject;
        publicKey: KeyObject;
    };
    /** The public key of an account that a JWT names; undefined if it does not exist, or is disabled or deleted. */
    accountKey(email: string, keyId: unknown): KeyObject | undefined;
    /** The keys that may have signed: the one named, or all keys of the account if the token names none. */
    accountKeyCandidates(email: string, keyId: unknown): KeyObject[];
}
