import { strict as assert } from "node:assert";
import { createHmac, createVerify, X509Certificate } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import type { Tokens } from "../../../sandbox/cloud";
import { createClock, type SandboxClock } from "../../../sandbox/clock";
import { accountCollection } from "../../../sandbox/iam";
import { createStore, type SandboxStore } from "../../../sandbox/store";
import { accountKeyCollection, createTokens, decodeJwt, encodeJwt, generateKey } from "../../../sandbox/tokens";

const settings = { project: "demo", projectNumber: "100000000001", owner: "user:owner@example.com", declaredHosts: [] };
const account = { email: "fulfil@demo.iam.gserviceaccount.com", uniqueId: "112233445566778899001" };
const audience = "https://orders-100000000001.europe-west1.run.app";

describe("tokens", () => {
    let clock: SandboxClock;
    let store: SandboxStore;
    let tokens: Tokens;

    beforeEach(() => {
        clock = createClock();
        store = createStore();
        tokens = createTokens({ clock, store, settings });
        store.put(accountCollection, `projects/demo/serviceAccounts/${account.email}`, {
            ...account,
            projectId: "demo",
        });
    });
    afterEach(() => clock.close());

    const reason = (verified: { ok: boolean; reason?: string }): string => verified.reason ?? "accepted";
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

    it("mints ID tokens that any library verifies with the published keys", async () => {
        const token = tokens.mintIdToken(account, audience);
        const keys = createLocalJWKSet(tokens.jwks());
        const { payload, protectedHeader } = await jwtVerify(token, keys, {
            issuer: "https://accounts.google.com",
            audience,
        });
        assert.equal(protectedHeader.alg, "RS256");
        const { iat, exp, ...rest } = payload;
        assert.equal((exp ?? 0) - (iat ?? 0), 3600);
        assert.deepEqual(rest, {
            iss: "https://accounts.google.com",
            aud: audience,
            azp: account.uniqueId,
            sub: account.uniqueId,
            email: account.email,
            email_verified: true,
        });
        assert.equal(tokens.verifyIdToken(token).ok, true);
    });

    it("leaves the email out where it is not asked for", () => {
        const { claims } = decodeJwt(tokens.mintIdToken(account, audience, { includeEmail: false })) ?? {};
        assert.deepEqual(Object.keys(claims ?? {}), ["iss", "aud", "azp", "sub", "iat", "exp"]);
    });

    it("publishes the same keys as certificates", async () => {
        const token = tokens.mintIdToken(account, audience);
        const certificates = await tokens.certificates();
        const [header = "", payload = "", signature = ""] = token.split(".");
        const { kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as { kid: string };
        const certificate = new X509Certificate(certificates[kid] ?? "");
        const verify = createVerify("sha256").update(`${header}.${payload}`);
        assert.equal(verify.verify(certificate.publicKey, signature, "base64url"), true);
    });

    describe("refuse as ID token", () => {
        const claims = () => decodeJwt(tokens.mintIdToken(account, audience))?.claims ?? {};
        const kid = () => String(tokens.jwks().keys[0]?.kid);

        it("an altered payload", () => {
            const [header = "", payload = "", signature = ""] = tokens.mintIdToken(account, audience).split(".");
            const altered = part({ ...claims(), email: "eve@demo.iam.gserviceaccount.com" });
            assert.match(reason(tokens.verifyIdToken(`${header}.${altered}.${signature}`)), /signature is wrong/);
            assert.equal(tokens.verifyIdToken(`${header}.${payload}.${signature}`).ok, true);
        });
        it("a signature that is cut off, or gone", () => {
            const token = tokens.mintIdToken(account, audience);
            assert.equal(tokens.verifyIdToken(token.slice(0, -20)).ok, false);
            assert.equal(tokens.verifyIdToken(`${token.split(".").slice(0, 2).join(".")}.`).ok, false);
            assert.equal(tokens.verifyIdToken(token.split(".").slice(0, 2).join(".")).ok, false);
        });
        it("alg none", () => {
            const token = `${part({ alg: "none", kid: kid(), typ: "JWT" })}.${part(claims())}.`;
            assert.match(reason(tokens.verifyIdToken(token)), /algorithm is none/);
        });
        it("HS256 with the public key as the secret", async () => {
            const signed = `${part({ alg: "HS256", kid: kid(), typ: "JWT" })}.${part(claims())}`;
            for (const secret of [
                ...Object.values(await tokens.certificates()),
                JSON.stringify(tokens.jwks().keys[0]),
            ]) {
                const signature = createHmac("sha256", secret).update(signed).digest("base64url");
                assert.match(reason(tokens.verifyIdToken(`${signed}.${signature}`)), /algorithm is HS256/);
            }
        });
        it("a key that is not published", () => {
            const key = generateKey();
            assert.match(reason(tokens.verifyIdToken(encodeJwt(claims(), key.id, key.privateKey))), /not published/);
            assert.match(
                reason(tokens.verifyIdToken(encodeJwt(claims(), kid(), key.privateKey))),
                /signature is wrong/,
            );
        });
        it("another issuer", () => {
            assert.match(
                reason(tokens.verifyIdToken(tokens.sign({ ...claims(), iss: "https://evil.example" }))),
                /issuer/,
            );
        });
        it("an expired one, though it was good when it was last seen", () => {
            const token = tokens.mintIdToken(account, audience);
            assert.equal(tokens.verifyIdToken(token).ok, true);
            clock.advance(3_601_000);
            assert.match(reason(tokens.verifyIdToken(token)), /expired at/);
        });
        it("one that is not valid yet", () => {
            const later = Math.floor(clock.now() / 1000) + 600;
            const token = tokens.sign({ ...claims(), iat: later, exp: later + 3600 });
            assert.match(reason(tokens.verifyIdToken(token)), /not valid before/);
            clock.advance(600_000);
            assert.equal(tokens.verifyIdToken(token).ok, true);
        });
        it("one without times", () => {
            assert.match(reason(tokens.verifyIdToken(tokens.sign({ ...claims(), exp: undefined }))), /iat and exp/);
        });
        it("an access token", () => {
            const token = tokens.mintAccessToken({ kind: "user", email: "ann@example.com" }, []);
            assert.match(reason(tokens.verifyIdToken(token)), /access token was shown/);
        });
        it("one of another sandbox", () => {
            const other = createTokens({ clock, store, settings });
            assert.match(reason(tokens.verifyIdToken(other.mintIdToken(account, audience))), /not published/);
        });
    });

    it("keep the tokens of old keys good for their hour, through any number of rotations, and no longer", () => {
        const token = tokens.mintIdToken(account, audience);
        tokens.rotate();
        assert.equal(tokens.jwks().keys.length, 2);
        assert.notEqual(decodeJwt(tokens.mintIdToken(account, audience))?.header.kid, decodeJwt(token)?.header.kid);
        clock.advance(1_800_000);
        tokens.rotate();
        assert.equal(tokens.jwks().keys.length, 3);
        assert.equal(tokens.verifyIdToken(token).ok, true);
        clock.advance(1_801_000);
        assert.equal(tokens.jwks().keys.length, 2);
        assert.match(reason(tokens.verifyIdToken(token)), /not published/);
    });

    describe("access tokens", () => {
        it("stand for their principal and scopes until they expire", () => {
            const principal = { kind: "serviceAccount" as const, ...account };
            const token = tokens.mintAccessToken(principal, ["scope"], 600);
            assert.match(token, /^ya29\./);
            const verified = tokens.verifyAccessToken(token);
            assert.deepEqual(verified.ok && verified.value.principal, principal);
            assert.deepEqual(verified.ok && verified.value.scopes, ["scope"]);
            clock.advance(600_000);
            assert.match(reason(tokens.verifyAccessToken(token)), /expired/);
        });
        it("are good no longer once revoked, and never were where nobody issued them", () => {
            const token = tokens.mintAccessToken({ kind: "user", email: "ann@example.com" }, []);
            assert.equal(tokens.verifyAccessToken(token).ok, true);
            assert.equal(tokens.revoke(token), true);
            assert.equal(tokens.verifyAccessToken(token).ok, false);
            assert.equal(tokens.verifyAccessToken("ya29.nobody").ok, false);
        });
    });

    describe("self-signed JWTs as access tokens", () => {
        const key = generateKey();
        const run = "https://run.googleapis.com/";
        const jwt = (claims: object = {}): string => {
            const iat = Math.floor(clock.now() / 1000);
            const all = { iss: account.email, sub: account.email, aud: run, iat, exp: iat + 3600, ...claims };
            return encodeJwt(all, key.id, key.privateKey);
        };
        const name = `projects/demo/serviceAccounts/${account.email}/keys/${key.id}`;
        const publish = (more: object = {}) =>
            store.put(accountKeyCollection, name, {
                publicKeyPem: key.publicKey.export({ type: "spki", format: "pem" }),
                ...more,
            });

        it("are good for the API they name, and for no other", () => {
            publish();
            assert.equal(tokens.verifyAccessToken(jwt(), run).ok, true);
            assert.match(
                reason(tokens.verifyAccessToken(jwt(), "https://workflows.googleapis.com/")),
                /is for https:\/\/run/,
            );
        });
        it("may be dated back a little, and not live longer than an hour", () => {
            publish();
            const now = Math.floor(clock.now() / 1000);
            assert.equal(tokens.verifyAccessToken(jwt({ iat: now - 10, exp: now + 3600 }), run).ok, true);
            const long = tokens.verifyAccessToken(jwt({ iat: now, exp: now + 3700 }), run);
            assert.match(reason(long), /longer than an hour/);
        });
        it("may carry scopes instead of an audience", () => {
            publish();
            const verified = tokens.verifyAccessToken(jwt({ aud: undefined, scope: "a b" }), run);
            assert.deepEqual(verified.ok && verified.value.scopes, ["a", "b"]);
        });
        it("are refused with an unknown, disabled or deleted key, another subject, and beyond an hour", () => {
            assert.match(reason(tokens.verifyAccessToken(jwt(), run)), /has no key/);
            publish({ disabled: true });
            assert.match(reason(tokens.verifyAccessToken(jwt(), run)), /has no key/);
            publish();
            assert.match(reason(tokens.verifyAccessToken(jwt({ sub: "other" }), run)), /iss and sub/);
            assert.match(reason(tokens.verifyAccessToken(jwt({ exp: clock.now() / 1000 + 7200 }), run)), /longer/);
            store.delete(accountKeyCollection, name);
            assert.match(reason(tokens.verifyAccessToken(jwt(), run)), /has no key/);
        });
        it("do not pass where an ID token is shown instead", () => {
            publish();
            assert.match(reason(tokens.verifyAccessToken(tokens.mintIdToken(account, run), run)), /ID token was shown/);
        });
    });

    it("stay out of what is kept", () => {
        tokens.verifyIdToken(tokens.mintIdToken(account, audience));
        tokens.mintAccessToken({ kind: "user", email: "ann@example.com" }, []);
        tokens.systemKey(account);
        assert.doesNotMatch(JSON.stringify(store.snapshot()), /eyJ|ya29|PRIVATE/);
    });
});
