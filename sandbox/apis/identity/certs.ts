import { createPublicKey } from "node:crypto";
import { findAccount } from "../../iam";
import { accountKeyCollection, toJwk, type StoredKey } from "../../tokens";
import type { Cloud } from "../../cloud";
import { notFound, RouteAnswer, type ApiDefinition, type Json, type Route } from "../framework";
import { olderTokenRoutes } from "./oauth2";
import { userInfo } from "./openidconnect";

/** How long clients cache keys. After a rotation the last key is still published, so that no client lacks it. */
const headers = { "cache-control": "public, max-age=3600, must-revalidate" };

const published = (
    path: string,
    read: (cloud: Cloud, params: Record<string, string>) => Json | Promise<Json>,
): Route => ({
    verb: "GET",
    path,
    permission: undefined,
    public: true,
    handle: async ({ params }, { cloud }) => new RouteAnswer(200, await read(cloud, params), headers),
});

/** `www.googleapis.com`: the public keys that ID tokens and accounts' JWTs are verified with, and older token endpoints. */
export const certsApi: ApiDefinition = {
    host: "www.googleapis.com",
    scopes: ["openid", "email", "https://www.googleapis.com/auth/userinfo.email"],
    routes: [
        published("/oauth2/v1/certs", (cloud) => cloud.tokens.certificates()),
        published("/oauth2/v3/certs", (cloud) => cloud.tokens.jwks()),
        published("/service_accounts/v1/jwk/{email}", (cloud, { email = "" }) => ({
            keys: [
                ...keysOf(cloud, email).map(([id, key]) => toJwk({ id, publicKey: createPublicKey(key.publicKeyPem) })),
                systemJwk(cloud, email),
            ],
        })),
        ...["/robot/v1/metadata/x509/{email}", "/service_accounts/v1/metadata/x509/{email}"].map((path) =>
            published(path, (cloud, { email = "" }) =>
                Object.fromEntries(keysOf(cloud, email).map(([id, key]) => [id, key.certificatePem])),
            ),
        ),
        userInfo("/oauth2/v1/userinfo"),
        userInfo("/oauth2/v2/userinfo"),
        userInfo("/oauth2/v3/userinfo"),
        ...(olderTokenRoutes["www.googleapis.com"] ?? []),
    ],
};

/** `www.gstatic.com`: the keys that Identity-Aware Proxy's assertions are verified with. */
export const gstaticApi: ApiDefinition = {
    host: "www.gstatic.com",
    routes: [
        published("/iap/verify/public_key", ({ tokens }) => tokens.iap.publicKeys()),
        published("/iap/verify/public_key-jwk", ({ tokens }) => tokens.iap.jwks()),
    ],
};

/** `accounts.google.com`: where OpenID Connect clients find the rest. */
export const accountsApi: ApiDefinition = {
    host: "accounts.google.com",
    routes: [
        published("/.well-known/openid-configuration", () => ({
            issuer: "https://accounts.google.com",
            token_endpoint: "https://oauth2.googleapis.com/token",
            revocation_endpoint: "https://oauth2.googleapis.com/revoke",
            userinfo_endpoint: "https://openidconnect.googleapis.com/v1/userinfo",
            jwks_uri: "https://www.googleapis.com/oauth2/v3/certs",
            id_token_signing_alg_values_supported: ["RS256"],
            subject_types_supported: ["public"],
            response_types_supported: ["none"],
            claims_supported: ["aud", "azp", "email", "email_verified", "exp", "iat", "iss", "sub"],
        })),
        ...(olderTokenRoutes["accounts.google.com"] ?? []),
    ],
};

function keysOf(cloud: Cloud, email: string): [id: string, key: StoredKey & { certificatePem?: string }][] {
    const account = findAccount(cloud.store, email);
    if (!account) {
        throw notFound(email);
    }
    const prefix = `projects/${account.projectId}/serviceAccounts/${account.email}/keys/`;
    return cloud.store
        .list(accountKeyCollection, prefix)
        .map(([name, key]) => [name.slice(prefix.length), key as StoredKey & { certificatePem?: string }]);
}

function systemJwk(cloud: Cloud, email: string): Json {
    const account = findAccount(cloud.store, email);
    if (!account) {
        throw notFound(email);
    }
    return { ...toJwk(cloud.tokens.systemKey(account)) };
}
