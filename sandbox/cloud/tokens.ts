import type { KeyObject } from "node:crypto";
import type { Principal } from "./iam";

export interface AccessTokenInfo {
    principal: Principal;
    scopes: string[];
    expiresAt: number;
}

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

/** What a bearer token turned out to be, or why it is none. */
export type Verified<T> = { ok: true; value: T } | { ok: false; reason: string; claims?: Record<string, unknown> };

export interface Tokens {
    /** A Google-signed ID token of a service account (RS256). No permission is checked here: the caller's work. */
    mintIdToken(
        account: { email: string; uniqueId: string },
        audience: string,
        options?: { includeEmail?: boolean; extra?: Record<string, unknown> },
    ): string;
    mintAccessToken(principal: Principal, scopes: string[], lifetimeSeconds?: number): string;
    /** Checks signature, issuer and time; the audience is the receiver's to compare. Cached, bounded. */
    verifyIdToken(token: string): Verified<IdTokenClaims>;
    /** Access tokens of this sandbox, and self-signed JWTs used as such. `audience` is the API's `https://HOST/`. */
    verifyAccessToken(token: string, audience?: string): Verified<AccessTokenInfo>;
    /** The public keys, for `/oauth2/v3/certs` and `/oauth2/v1/certs`. */
    jwks(): { keys: Record<string, unknown>[] };
    certificates(): Promise<Record<string, string>>;
    rotate(): void;
    /** Signs any claims with the current key: ID tokens of users, of other issuers in tests. */
    sign(claims: Record<string, unknown>): string;
    /** Makes an access or refresh token good for nothing; false where it was none. */
    revoke(token: string): boolean;
    /** What a user's credentials file holds; redeemed at the token endpoint. */
    mintRefreshToken(principal: Principal): string;
    findRefreshToken(token: string): Principal | undefined;
    /** Identity-Aware Proxy's own keys (ES256): its assertions are signed with them. */
    readonly iap: {
        sign(claims: Record<string, unknown>): string;
        jwks(): { keys: Record<string, unknown>[] };
        /** PEM by key ID. */
        publicKeys(): Record<string, string>;
    };
    /** The key that Google keeps for an account, which `signJwt` and `signBlob` use. */
    systemKey(account: { email: string; uniqueId: string }): {
        id: string;
        privateKey: KeyObject;
        publicKey: KeyObject;
    };
    /** The public key of an account that a JWT names; undefined where there is none, or it is disabled or deleted. */
    accountKey(email: string, keyId: unknown): KeyObject | undefined;
    /** The keys that may have signed: the one named, or all of the account where a token names none. */
    accountKeyCandidates(email: string, keyId: unknown): KeyObject[];
}
