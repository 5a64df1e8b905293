import { strict as assert } from "node:assert";
import { createHmac, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { encodeJwt, generateKey, toJwk } from "../../../../sandbox/tokens";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const api = "https://iam.googleapis.com/v1/projects/demo/locations/global/workloadIdentityPools";
const pools = "//iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools";
const issuer = "https://token.example.com";
const rsa = generateKey();
const ec = generateKey("ec");
const jwksJson = JSON.stringify({ keys: [toJwk(rsa), toJwk(ec)] });
const shared = "api://shared";

/** The providers that take a good token, each with what is special about it. */
const providers: Record<string, object> = {
    "one/plain": { attributeMapping: { "google.subject": "assertion.sub" }, oidc: { issuerUri: issuer, jwksJson } },
    "one/shared": {
        attributeMapping: { "google.subject": "assertion.sub", "attribute.team": "assertion.team" },
        attributeCondition: 'assertion.team == "ops"',
        oidc: { issuerUri: issuer, jwksJson, allowedAudiences: [shared] },
    },
    "two/shared": {
        attributeMapping: { "google.subject": "assertion.sub", "attribute.team": "assertion.team" },
        oidc: { issuerUri: issuer, jwksJson, allowedAudiences: [shared] },
    },
    "two/other-issuer": {
        attributeMapping: { "google.subject": "assertion.sub" },
        oidc: { issuerUri: `${issuer}/other`, jwksJson, allowedAudiences: [shared] },
    },
};

describe("forged credentials at the Security Token Service", () => {
    let cloud: TestCloud;
    before(async () => {
        cloud = testCloud();
        for (const id of ["one", "two"]) {
            await cloud.call(owner, "POST", `${api}?workloadIdentityPoolId=pool-${id}`, {});
        }
        for (const [name, provider] of Object.entries(providers)) {
            await provide(name, provider);
        }
    });
    after(() => cloud.close());

    async function provide(name: string, provider: object): Promise<string> {
        const [pool = "", id = ""] = name.split("/");
        const url = `${api}/pool-${pool}/providers?workloadIdentityPoolProviderId=${id}`;
        assert.equal(await cloud.status(owner, "POST", url, provider), 200, name);
        return fullName(name);
    }
    const fullName = (name: string): string => {
        const [pool = "", id = ""] = name.split("/");
        return `${pools}/pool-${pool}/providers/${id}`;
    };
    const claimsFor = (name: string): Record<string, unknown> => {
        const iat = Math.floor(cloud.clock.now() / 1000);
        const { issuerUri = "", allowedAudiences } = (
            providers[name] as { oidc: { issuerUri?: string; allowedAudiences?: string[] } }
        ).oidc;
        const aud = allowedAudiences?.[0] ?? fullName(name);
        return { iss: issuerUri, aud, sub: "ann", team: "ops", iat, exp: iat + 300 };
    };
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    async function exchange(
        to: string,
        token: string,
        type = "jwt",
    ): Promise<{ status: number; text: string; body: Json }> {
        const answer = await cloud.apis.request("POST", "https://sts.googleapis.com/v1/token", {
            principal: { kind: "anonymous" },
            headers: { "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams({
                grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
                requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
                subject_token_type: `urn:ietf:params:oauth:token-type:${type}`,
                ...{ audience: to, subject_token: token },
            }).toString(),
        });
        const { status, body } = answer as { status: number; body: Json };
        return { status, body, text: JSON.stringify(body) };
    }
    type Json = Record<string, string>;

    /** A token that is signed as JWTs are, by HMAC with a text for its key. */
    const hmac = (claims: object, kid: string, secret: string | Buffer): string => {
        const text = `${part({ alg: "HS256", typ: "JWT", kid })}.${part(claims)}`;
        return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
    };
    const spki = (key: KeyObject, format: "pem" | "der"): Buffer =>
        Buffer.from(key.export({ type: "spki", format } as { type: "spki"; format: "der" }));

    it("take none that is signed by somebody else, or by nobody, at any provider", async () => {
        for (const name of Object.keys(providers)) {
            const claims = claimsFor(name);
            const good = encodeJwt(claims, rsa.id, rsa.privateKey);
            const [head = "", body = "", signature = ""] = good.split(".");
            const eve = generateKey();
            const eveEc = generateKey("ec");
            const withHeader = (header: object): string =>
                `${part(header)}.${body}.${encodeJwt(claims, eve.id, eve.privateKey).split(".")[2] ?? ""}`;
            const forged: Record<string, string> = {
                "no algorithm": `${part({ alg: "none", kid: rsa.id })}.${body}.`,
                "no algorithm, in capitals": `${part({ alg: "NONE", kid: rsa.id })}.${body}.${signature}`,
                "the public key in PEM as a secret": hmac(claims, rsa.id, spki(rsa.publicKey, "pem")),
                "the public key in DER as a secret": hmac(claims, rsa.id, spki(rsa.publicKey, "der")),
                "the public key as JSON for a secret": hmac(claims, rsa.id, JSON.stringify(toJwk(rsa))),
                "an empty secret": hmac(claims, rsa.id, ""),
                "another key of the same name": encodeJwt(claims, rsa.id, eve.privateKey),
                "another key of the same name, on a curve": encodeJwt(claims, ec.id, eveEc.privateKey),
                "a key in the header": withHeader({ alg: "RS256", kid: eve.id, jwk: toJwk(eve) }),
                "the address of a key in the header": withHeader({ alg: "RS256", jku: "https://eve.example/jwks" }),
                "a header that must be understood": withHeader({
                    alg: "RS256",
                    kid: rsa.id,
                    crit: ["b64"],
                    b64: false,
                }),
                "no signature": `${head}.${body}.`,
                "half a token": `${head}.${body}`,
                "other claims": `${head}.${part({ ...claims, sub: "eve" })}.${signature}`,
                "a token of the sandbox's own": cloud.tokens.sign(claims),
            };
            for (const [what, token] of Object.entries(forged)) {
                const { status, text, body: answer } = await exchange(fullName(name), token);
                assert.deepEqual([what, status, answer["error"]], [what, 400, "invalid_grant"], name);
                assert.ok(!text.includes("eyJ"));
            }
            for (const key of [rsa, ec]) {
                assert.equal((await exchange(fullName(name), encodeJwt(claims, key.id, key.privateKey))).status, 200);
            }
        }
    });

    it("take none that was for another time, issuer, audience or kind of provider", async () => {
        const sign = (claims: object): string => encodeJwt({ ...claims }, rsa.id, rsa.privateKey);
        for (const name of Object.keys(providers)) {
            const claims = claimsFor(name);
            const iat = Number(claims["iat"]);
            const changed: Record<string, object> = {
                expired: { iat: iat - 900, exp: iat - 300 },
                "to come": { nbf: iat + 900 },
                "of no end": { exp: undefined },
                "an end that is no number": { exp: "never" },
                "of no beginning": { iat: undefined },
                "too long": { exp: iat + 25 * 3600 },
                "an issuer with a slash": { iss: `${String(claims["iss"])}/` },
                "an issuer of another case": { iss: String(claims["iss"]).toUpperCase() },
                "two issuers": { iss: [claims["iss"], "https://eve.example"] },
                "no issuer": { iss: undefined },
                "another audience": { aud: `${String(claims["aud"])}x` },
                "no audience": { aud: undefined },
                "an audience that begins like it": { aud: `${String(claims["aud"])}/..` },
                "no subject": { sub: undefined },
                "a subject that is too long": { sub: "é".repeat(64) },
                "a subject that is no text": { sub: ["ann"] },
            };
            for (const [what, more] of Object.entries(changed)) {
                const { status } = await exchange(fullName(name), sign({ ...claims, ...more }));
                assert.equal(status, 400, `${what} at ${name}`);
            }
            for (const type of ["saml2", "mtls", "access_token", "refresh_token", "", "__proto__"]) {
                assert.equal((await exchange(fullName(name), sign(claims), type)).body["error"], "invalid_request");
            }
            assert.equal((await exchange(fullName(name), sign(claims), "id_token")).status, 200);
        }
        const plain = claimsFor("one/plain");
        assert.equal((await exchange(fullName("two/shared"), sign(plain))).body["error"], "invalid_grant");
        const others = claimsFor("two/other-issuer");
        assert.equal((await exchange(fullName("one/shared"), sign(others))).body["error"], "invalid_grant");
    });

    it("take none where a mapping or a condition cannot be evaluated, or is no yes", async () => {
        const oidc = { issuerUri: issuer, jwksJson, allowedAudiences: [shared] };
        const subject = { "google.subject": "assertion.sub" };
        const broken: [id: string, provider: object][] = [
            ["missing", { attributeMapping: { "google.subject": "assertion.nothing" } }],
            ["no-text", { attributeMapping: { "google.subject": "assertion.exp" } }],
            ["wrong-type", { attributeMapping: { "google.subject": "assertion.sub + 1" } }],
            ["no-such", { attributeMapping: { "google.subject": "assertion.sub.explode()" } }],
            ["by-zero", { attributeMapping: { "google.subject": "string(1 / 0)" } }],
            ["cond-missing", { attributeMapping: subject, attributeCondition: 'assertion.nothing == "x"' }],
            ["cond-text", { attributeMapping: subject, attributeCondition: "'true'" }],
            ["cond-number", { attributeMapping: subject, attributeCondition: "1" }],
            ["cond-null", { attributeMapping: subject, attributeCondition: "null" }],
            ["cond-list", { attributeMapping: subject, attributeCondition: "[true]" }],
            ["cond-error", { attributeMapping: subject, attributeCondition: "1 / 0 == 1" }],
            ["cond-attribute", { attributeMapping: subject, attributeCondition: "attribute.team == 'ops'" }],
            ["cond-group", { attributeMapping: subject, attributeCondition: "'ops' in google.groups" }],
        ];
        const token = encodeJwt(claimsFor("one/shared"), rsa.id, rsa.privateKey);
        for (const [id, provider] of broken) {
            const { status } = await exchange(await provide(`one/${id}`, { oidc, ...provider }), token);
            assert.equal(status, 400, id);
        }
        const fine = { attributeMapping: subject, attributeCondition: "1 / 0 == 1 || assertion.team == 'ops'" };
        assert.equal((await exchange(await provide("one/fine", { oidc, ...fine }), token)).status, 200);
    });

    it("give nobody the grants of another pool, subject or attribute, whatever the claims say", async () => {
        const robot = await cloud.account("robot1");
        const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${robot.email}:generateAccessToken`;
        const on = `//iam.googleapis.com/projects/demo/serviceAccounts/${robot.email}`;
        const member = `principalSet:${pools}/pool-one/attribute.team/ops`;
        cloud.iam.setPolicy(on, { bindings: [{ role: "roles/iam.workloadIdentityUser", members: [member] }] });
        const scope = ["https://www.googleapis.com/auth/cloud-platform"];
        const becomes = async (name: string, more: object): Promise<number> => {
            const token = encodeJwt({ ...claimsFor(name), ...more }, rsa.id, rsa.privateKey);
            const { status, body } = await exchange(fullName(name), token);
            if (status !== 200) {
                return status;
            }
            const verified = cloud.tokens.verifyAccessToken(body["access_token"] ?? "");
            assert.ok(verified.ok);
            return cloud.status(verified.value.principal, "POST", url, { scope });
        };
        assert.equal(await becomes("one/shared", {}), 200);
        const texts = fc.oneof(
            fc.string({ maxLength: 40 }),
            fc.constantFrom(
                ...["ops/", "/ops", "ops/..", "OPS", "ops ", "*", "ops\n", "ops%00", "dev/../ops"],
                ...[`../../pool-one/attribute.team/ops`, member],
            ),
        );
        await fc.assert(
            fc.asyncProperty(texts, texts, async (sub, team) => {
                fc.pre(team !== "ops");
                assert.notEqual(await becomes("two/shared", { sub, team }), 200);
                assert.notEqual(await becomes("two/shared", { sub, team: "ops" }), 200);
                assert.notEqual(await becomes("one/shared", { sub, team }), 200);
            }),
            { numRuns: 40 },
        );
    });

    it("refuse keys that are no keys when the provider is made", async () => {
        const url = `${api}/pool-one/providers?workloadIdentityPoolProviderId=keys`;
        const attributeMapping = { "google.subject": "assertion.sub" };
        const secret = { kty: "oct", k: Buffer.from("secret").toString("base64url"), alg: "HS256" };
        for (const keys of ["", "{", "[]", "{}", '{"keys":1}', '{"keys":[null]}', JSON.stringify({ keys: [secret] })]) {
            const oidc = { issuerUri: issuer, jwksJson: keys };
            assert.equal(await cloud.status(owner, "POST", url, { oidc, attributeMapping }), 400, keys);
        }
        assert.equal(
            await cloud.status(owner, "POST", url, { oidc: { issuerUri: issuer, jwksJson }, attributeMapping }),
            200,
        );
    });
});
