import { strict as assert } from "node:assert";
import { verify } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import type { Principal } from "../../../../sandbox/cloud";
import { decodeJwt, encodeJwt, generateKey, accountKeyCollection } from "../../../../sandbox/tokens";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const anyone: Principal = { kind: "anonymous" };
const eve: Principal = { kind: "user", email: "eve@example.com" };
const audience = "https://orders.example.run.app";
const of = ({ email }: { email: string }, verb: string): string =>
    `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:${verb}`;

interface TokenAnswer {
    status: number;
    id_token?: string;
    access_token?: string;
    token_type?: string;
    expires_in?: number;
    error?: string;
    error_description?: string;
}

describe("credentials of service accounts", () => {
    let cloud: TestCloud;
    let fulfil: Principal & { kind: "serviceAccount" };
    beforeEach(async () => {
        cloud = testCloud();
        fulfil = await cloud.account("fulfil");
    });
    afterEach(() => cloud.close());

    const grant = (account: { email: string }, role: string, member: string) =>
        cloud.iam.setPolicy(`//iam.googleapis.com/projects/demo/serviceAccounts/${account.email}`, {
            bindings: [{ role, members: [member] }],
        });

    describe("by impersonation", () => {
        it("gives an ID token to who may mint one, with the email only where it is asked for", async () => {
            assert.equal(await cloud.status(eve, "POST", of(fulfil, "generateIdToken"), { audience }), 403);
            grant(fulfil, "roles/iam.serviceAccountOpenIdTokenCreator", "user:eve@example.com");
            const { token } = await cloud.call(eve, "POST", of(fulfil, "generateIdToken"), { audience });
            const claims = decodeJwt(String(token))?.claims ?? {};
            assert.equal(claims.sub, fulfil.uniqueId);
            assert.equal(claims.aud, audience);
            assert.equal("email" in claims, false);
            const withEmail = await cloud.call(eve, "POST", of(fulfil, "generateIdToken"), {
                audience,
                includeEmail: true,
            });
            assert.equal(decodeJwt(String(withEmail.token))?.claims.email, fulfil.email);
            assert.equal(await cloud.status(eve, "POST", of(fulfil, "generateIdToken"), {}), 400);
        });

        it("gives no access token to who may mint ID tokens only", async () => {
            grant(fulfil, "roles/iam.serviceAccountOpenIdTokenCreator", "user:eve@example.com");
            const scope = ["https://www.googleapis.com/auth/cloud-platform"];
            assert.equal(await cloud.status(eve, "POST", of(fulfil, "generateAccessToken"), { scope }), 403);
            grant(fulfil, "roles/iam.serviceAccountTokenCreator", "user:eve@example.com");
            const { accessToken, expireTime } = await cloud.call(eve, "POST", of(fulfil, "generateAccessToken"), {
                scope,
                lifetime: "600s",
            });
            const verified = cloud.tokens.verifyAccessToken(String(accessToken));
            assert.deepEqual(verified.ok && verified.value.principal, fulfil);
            assert.ok(Date.parse(String(expireTime)) - cloud.clock.now() <= 600_000);
            const tooLong = { scope, lifetime: "7200s" };
            assert.equal(await cloud.status(eve, "POST", of(fulfil, "generateAccessToken"), tooLong), 400);
            assert.equal(await cloud.status(eve, "POST", of(fulfil, "generateAccessToken"), { scope: [] }), 400);
        });

        it("refuses the URL of a service as a scope, and takes each form that a scope has", async () => {
            grant(fulfil, "roles/iam.serviceAccountTokenCreator", "user:eve@example.com");
            const good = "https://www.googleapis.com/auth/cloud-platform";
            const wrong = [
                ...[
                    "https://orders-abc-ew.a.run.app",
                    "https://orders-abc-ew.a.run.app/",
                    "orders",
                    "cloud-platform",
                    "",
                ],
                ...[
                    "https://www.googleapis.com/auth/",
                    "http://www.googleapis.com/auth/iam",
                    "https://run.googleapis.com/",
                ],
                ...["https://www.googleapis.com.evil.example/auth/iam", `${good} openid`, "https://evilgoogle.com/"],
            ];
            const status = (scope: string[]) => cloud.status(eve, "POST", of(fulfil, "generateAccessToken"), { scope });
            for (const scope of wrong) {
                assert.equal(await status([scope]), 400, scope);
                assert.equal(await status([good, scope]), 400, scope);
            }
            const older = ["https://mail.google.com/", "https://www.google.com/calendar/feeds/"];
            for (const scope of [good, "openid", "email", "https://www.googleapis.com/auth/userinfo.email", ...older]) {
                assert.equal(await status([scope]), 200, scope);
            }
        });

        it("refuses an owner, an account itself, and a missing account in the same words", async () => {
            const missing = { email: "nobody@demo.iam.gserviceaccount.com" };
            for (const [as, account] of [
                [owner, fulfil],
                [fulfil, fulfil],
                [owner, missing],
            ] as const) {
                const answer = await cloud.apis.request("POST", of(account, "generateIdToken"), {
                    principal: as,
                    body: { audience },
                });
                assert.equal(answer?.status, 403);
                assert.match(
                    JSON.stringify(answer.body),
                    /Permission 'iam\.serviceAccounts\.getOpenIdToken' denied on resource \(or it may not exist\)/,
                );
            }
        });

        it("follows a chain of delegates, and stops at a missing link", async () => {
            const middle = await cloud.account("middle");
            const delegates = [`projects/-/serviceAccounts/${middle.email}`];
            const ask = () => cloud.status(eve, "POST", of(fulfil, "generateIdToken"), { audience, delegates });
            grant(fulfil, "roles/iam.serviceAccountTokenCreator", `serviceAccount:${middle.email}`);
            assert.equal(await ask(), 403);
            grant(middle, "roles/iam.serviceAccountTokenCreator", "user:eve@example.com");
            assert.equal(await ask(), 200);
            assert.equal(await cloud.status(eve, "POST", of(fulfil, "generateIdToken"), { audience }), 403);
            grant(fulfil, "roles/viewer", `serviceAccount:${middle.email}`);
            assert.equal(await ask(), 403);
        });

        it("wants - for the project, and takes the unique ID for the email", async () => {
            grant(fulfil, "roles/iam.serviceAccountTokenCreator", "user:eve@example.com");
            const url = of(fulfil, "generateIdToken");
            assert.equal(await cloud.status(eve, "POST", url.replace("/-/", "/demo/"), { audience }), 400);
            assert.equal(
                await cloud.status(eve, "POST", url.replace(fulfil.email, fulfil.uniqueId), { audience }),
                200,
            );
        });

        it("gives nothing of a disabled account", async () => {
            grant(fulfil, "roles/iam.serviceAccountTokenCreator", "user:eve@example.com");
            const disable = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${fulfil.email}:disable`;
            await cloud.call(owner, "POST", disable, {});
            assert.equal(await cloud.status(eve, "POST", of(fulfil, "generateIdToken"), { audience }), 403);
        });

        it("signs JWTs and bytes with a key that is published", async () => {
            grant(fulfil, "roles/iam.serviceAccountTokenCreator", "user:eve@example.com");
            const { signedJwt } = await cloud.call(eve, "POST", of(fulfil, "signJwt"), {
                payload: JSON.stringify({ iss: fulfil.email, aud: "me" }),
            });
            const jwks = await cloud.call(
                anyone,
                "GET",
                `https://www.googleapis.com/service_accounts/v1/jwk/${fulfil.email}`,
            );
            const keys = createLocalJWKSet(jwks as unknown as Parameters<typeof createLocalJWKSet>[0]);
            assert.equal((await jwtVerify(String(signedJwt), keys)).payload.aud, "me");
            const payload = Buffer.from("some bytes");
            const { signedBlob } = await cloud.call(eve, "POST", of(fulfil, "signBlob"), {
                payload: payload.toString("base64"),
            });
            const key = cloud.tokens.systemKey(fulfil).publicKey;
            assert.equal(verify("sha256", payload, key, Buffer.from(String(signedBlob), "base64")), true);
            assert.equal(await cloud.status(eve, "POST", of(fulfil, "signJwt"), { payload: "no object" }), 400);
        });

        it("knows no regional boundary", async () => {
            const url = of(fulfil, "").replace(/:$/, "/allowedLocations");
            assert.deepEqual(await cloud.call(eve, "GET", url), { locations: [], encodedLocations: "0x0" });
        });
    });

    describe("at the token endpoint", () => {
        const key = generateKey();
        const token = async (form: Record<string, string>): Promise<TokenAnswer> => {
            const answer = await cloud.apis.request("POST", "https://oauth2.googleapis.com/token", {
                principal: anyone,
                body: new URLSearchParams(form).toString(),
            });
            return { status: answer?.status ?? 0, ...(answer?.body as object) };
        };
        const assertion = (claims: object, signer = key) => {
            const iat = Math.floor(cloud.clock.now() / 1000);
            const all = { iss: fulfil.email, aud: "https://oauth2.googleapis.com/token", iat, exp: iat + 3600 };
            return encodeJwt({ ...all, ...claims }, key.id, signer.privateKey);
        };
        const exchange = (claims: object, signer = key) =>
            token({
                grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
                assertion: assertion(claims, signer),
            });
        beforeEach(() => {
            const name = `projects/demo/serviceAccounts/${fulfil.email}/keys/${key.id}`;
            const publicKeyPem = key.publicKey.export({ type: "spki", format: "pem" });
            cloud.store.put(accountKeyCollection, name, { publicKeyPem });
        });

        it("exchanges a signed JWT for an ID token or an access token", async () => {
            const answer = await exchange({ target_audience: audience });
            const verified = cloud.tokens.verifyIdToken(answer.id_token ?? "");
            assert.equal(verified.ok && verified.value.aud, audience);
            assert.equal(verified.ok && verified.value.email, fulfil.email);
            const scope = "https://www.googleapis.com/auth/cloud-platform";
            const access = await exchange({ scope });
            assert.equal(access.token_type, "Bearer");
            assert.equal(access.expires_in, 3599);
            const found = cloud.tokens.verifyAccessToken(access.access_token ?? "");
            assert.deepEqual(found.ok && found.value, {
                principal: fulfil,
                scopes: [scope],
                expiresAt: found.ok && found.value.expiresAt,
            });
        });

        it("takes a JWT dated back by 10 seconds that lives an hour from now, and none that lives longer", async () => {
            const now = Math.floor(cloud.clock.now() / 1000);
            const times = (iat: number, exp: number) => ({ target_audience: audience, iat: now + iat, exp: now + exp });
            for (const [iat, exp] of [
                [-10, 3600],
                [0, 3600],
                [-10, 3590],
                [30, 3630],
            ] as const) {
                assert.equal((await exchange(times(iat, exp))).status, 200, `${iat} ${exp}`);
            }
            for (const [iat, exp] of [
                [0, 7200],
                [-3600, 3600],
                [-10, 3660],
                [-7200, -3600],
                [600, 3600],
            ] as const) {
                assert.equal((await exchange(times(iat, exp))).error, "invalid_grant", `${iat} ${exp}`);
            }
        });

        it("refuses a scope that is the URL of a service", async () => {
            const answer = await exchange({ scope: audience });
            assert.deepEqual([answer.status, answer.error], [400, "invalid_scope"]);
        });

        it("refuses a wrong signature, account, audience and time, each in OAuth's form", async () => {
            const wrong = async (expected: RegExp, claims: object, signer = key) => {
                const answer = await exchange({ target_audience: audience, ...claims }, signer);
                assert.equal(answer.status, 400);
                assert.equal(answer.error, "invalid_grant");
                assert.match(answer.error_description ?? "", expected);
            };
            await wrong(/Invalid JWT Signature/, {}, generateKey());
            await wrong(/account not found/, { iss: "nobody@demo.iam.gserviceaccount.com" });
            await wrong(/audience check/, { aud: "https://elsewhere.example/token" });
            const now = Math.floor(cloud.clock.now() / 1000);
            await wrong(/short-lived/, { exp: now - 10, iat: now - 100 });
            await wrong(/short-lived/, { exp: now + 7200 });
            assert.equal((await exchange({})).error, "invalid_scope");
            assert.equal((await exchange({ scope: "x", sub: "eve@example.com" })).error, "unauthorized_client");
            assert.equal((await token({ grant_type: "password" })).error, "unsupported_grant_type");
        });

        it("redeems a user's refresh token for an access token and an ID token of the client", async () => {
            const refresh = cloud.tokens.mintRefreshToken(eve);
            const form = { grant_type: "refresh_token", client_id: "client.example" };
            const answer = await token({ ...form, refresh_token: refresh });
            const found = cloud.tokens.verifyAccessToken(answer.access_token ?? "");
            assert.deepEqual(found.ok && found.value.principal, eve);
            const claims = decodeJwt(answer.id_token ?? "")?.claims ?? {};
            assert.equal(claims.aud, "client.example");
            assert.equal(claims.email, "eve@example.com");
            assert.equal((await token({ ...form, refresh_token: "1//none" })).error, "invalid_grant");
        });
    });

    it("tells the holder of an access token whose token it is", async () => {
        const info = await cloud.call(fulfil, "GET", "https://openidconnect.googleapis.com/v1/userinfo");
        assert.deepEqual(info, { sub: fulfil.uniqueId, email: fulfil.email, email_verified: true });
    });

    it("tells what a token is", async () => {
        const access = cloud.tokens.mintAccessToken(fulfil, ["a", "b"]);
        const ask = (query: string) => `https://oauth2.googleapis.com/tokeninfo?${query}`;
        const info = await cloud.call(anyone, "GET", ask(`access_token=${access}`));
        assert.equal(info.email, fulfil.email);
        assert.equal(info.scope, "a b");
        const id = await cloud.call(anyone, "GET", ask(`id_token=${cloud.tokens.mintIdToken(fulfil, audience)}`));
        assert.equal(id.aud, audience);
        assert.equal(await cloud.status(anyone, "GET", ask("access_token=ya29.no")), 400);
    });

    it("publishes the keys where clients look for them", async () => {
        const { keys } = await cloud.call(anyone, "GET", "https://www.googleapis.com/oauth2/v3/certs");
        const certs = await cloud.call(anyone, "GET", "https://www.googleapis.com/oauth2/v1/certs");
        assert.deepEqual(
            (keys as { kid: string }[]).map(({ kid }) => kid),
            Object.keys(certs),
        );
    });
});
