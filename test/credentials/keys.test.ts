import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import fc from "fast-check";
import { remoteKeys, TokenRejected, verifyIapAssertion, verifyIdToken } from "../../credentials";
import { fakeGoogle } from "../support/fake-google";

const audience = "https://orders.example.com";
const begin = Date.parse("2026-01-01T12:00:00Z");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const next = generateKeyPairSync("rsa", { modulusLength: 2048 });
const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const longer = generateKeyPairSync("ec", { namedCurve: "P-384" });
const edwards = generateKeyPairSync("ed25519");

const jwk = (key: KeyObject, kid: unknown, rest: object = {}): object => ({
    ...key.export({ format: "jwk" }),
    kid,
    ...rest,
});
const right = jwk(rsa.publicKey, "k1", { use: "sig", alg: "RS256" });
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A key server whose clock, answer and state the test sets. */
function keyServer(set: object[] = [right]) {
    const google = fakeGoogle();
    const server = { now: begin, set: set as unknown, down: false, cacheControl: "max-age=600" };
    google.on("https://keys.example/", () =>
        server.down
            ? { status: 503, body: "down" }
            : { body: { keys: server.set }, headers: { "cache-control": server.cacheControl } },
    );
    const keys = remoteKeys("https://keys.example/certs", google.http, () => server.now);
    /** `accepted`, or the code of the refusal. */
    const outcome = async (kid = "k1", key: KeyObject = rsa.privateKey): Promise<string> => {
        const seconds = server.now / 1000;
        const claims = { iss: "https://accounts.google.com", aud: audience, sub: "1", iat: seconds, exp: seconds + 60 };
        const signed = `${encode({ alg: "RS256", kid })}.${encode(claims)}`;
        const token = `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
        return verifyIdToken(token, { audience, keys, now: () => server.now }).then(
            () => "accepted",
            (error: unknown) => (error instanceof TokenRejected ? error.code : String(error)),
        );
    };
    return Object.assign(server, { outcome, asked: () => google.requests.length });
}

describe("the issuer's keys", () => {
    it("are fetched once for many callers, and again after their max-age", async () => {
        const server = keyServer();
        const all = Array.from({ length: 20 }, () => server.outcome());
        assert.deepEqual(new Set(await Promise.all(all)), new Set(["accepted"]));
        assert.equal(server.asked(), 1);
        server.now += 600_000;
        assert.equal(await server.outcome(), "accepted");
        assert.equal(server.asked(), 2);
    });

    it("are fetched again for a key that is not known, but not at every forged one", async () => {
        const server = keyServer();
        await server.outcome();
        server.now += 61_000;
        server.set = [right, jwk(next.publicKey, "k2")];
        assert.equal(await server.outcome("k2", next.privateKey), "accepted");
        for (let count = 0; count < 50; count += 1) {
            assert.equal(await server.outcome(`forged-${count}`), "unknown-key");
        }
        assert.equal(server.asked(), 2);
    });

    it("that cannot be had are the receiver's trouble, told by a code of its own", async () => {
        const server = keyServer();
        server.down = true;
        assert.equal(await server.outcome(), "keys-unavailable");
        server.down = false;
        server.now += 1000;
        assert.equal(await server.outcome(), "accepted");
    });

    it("serve beyond their lifetime while the endpoint is down, for a day, and are asked for a few times only", async () => {
        const server = keyServer();
        await server.outcome();
        server.down = true;
        const before = server.asked();
        for (let second = 0; second < 3600; second += 4) {
            server.now = begin + 601_000 + second * 1000;
            assert.equal(await server.outcome(), "accepted");
        }
        assert.ok(server.asked() - before <= 3600 / 60 + 6, `${server.asked() - before} fetches in an hour`);
        server.now = begin + 600_000 + 24 * 3_600_000;
        assert.equal(await server.outcome(), "keys-unavailable");
        server.down = false;
        server.now += 60_000;
        assert.equal(await server.outcome(), "accepted");
    });

    it("let forged tokens turn no right one away while the endpoint is down, and say of the forged that they cannot be told", async () => {
        const server = keyServer();
        await server.outcome();
        server.down = true;
        server.now += 61_000;
        const outcomes = await Promise.all(
            Array.from({ length: 40 }, (_, at) => server.outcome(at % 2 === 0 ? `forged-${at}` : "k1", rsa.privateKey)),
        );
        assert.equal(outcomes.filter((each) => each === "accepted").length, 20);
        assert.equal(outcomes.filter((each) => each === "keys-unavailable").length, 20);
        assert.equal(server.asked(), 2);
    });

    it("stay for a day at most, whatever the answer says of their lifetime", async () => {
        const server = keyServer();
        server.cacheControl = `public, max-age=${"9".repeat(400)}`;
        await server.outcome();
        server.now += 24 * 3_600_000;
        await server.outcome();
        assert.equal(server.asked(), 2);
    });

    const odd: [what: string, key: unknown][] = [
        ["of an unknown type", { kty: "PQC", kid: "k1", x: "AA" }],
        ["without a name", jwk(next.publicKey, undefined)],
        ["whose name is a number", jwk(next.publicKey, 1)],
        ["for encryption", jwk(next.publicKey, "k1", { use: "enc" })],
        ["for wrapping only", jwk(next.publicKey, "k1", { key_ops: ["wrapKey"] })],
        ["for another algorithm", jwk(next.publicKey, "k1", { alg: "RSA-OAEP" })],
        ["of 1,024 bits", jwk(weak.publicKey, "k1")],
        ["of another curve", jwk(longer.publicKey, "k1")],
        ["of Ed25519", jwk(edwards.publicKey, "k1")],
        ["that is symmetric", { kty: "oct", kid: "k1", k: "c2VjcmV0" }],
        ["that is private and published", jwk(next.privateKey, "k1")],
        ["that is cut", { kty: "RSA", kid: "k1", n: "AQAB" }],
        ["that is null", null],
        ["that is a text", "k1"],
    ];
    for (const [what, key] of odd) {
        it(`pass over a key ${what}, before and after the right one, and refuse a token by it alone`, async () => {
            assert.equal(await keyServer([key as object, right]).outcome(), "accepted");
            assert.equal(await keyServer([right, key as object]).outcome(), "accepted");
            const alone = keyServer([key as object, jwk(rsa.publicKey, "k0")]);
            assert.equal(await alone.outcome("k1", next.privateKey), "unknown-key");
            assert.equal(await keyServer([key as object]).outcome("k1", next.privateKey), "keys-unavailable");
        });
    }

    it("accept a token exactly where a right key of its name signed it, whatever else the set holds", async () => {
        const others = odd.map(([, key]) => key as object);
        await fc.assert(
            fc.asyncProperty(fc.shuffledSubarray([...others, right]), async (set) => {
                const found = await keyServer([...set, jwk(next.publicKey, "k0")]).outcome();
                assert.equal(found, set.includes(right) ? "accepted" : "unknown-key");
            }),
            { numRuns: 100 },
        );
    });

    it("verify IAP's assertion by a P-256 key, and no HMAC by its text", async () => {
        const google = fakeGoogle();
        google.on("https://keys.example/", { body: { keys: [jwk(ec.publicKey, "i1", { alg: "ES256" })] } });
        const keys = remoteKeys("https://keys.example/iap", google.http, () => begin);
        const seconds = begin / 1000;
        const claims = {
            iss: "https://cloud.google.com/iap",
            aud: audience,
            sub: "1",
            iat: seconds,
            exp: seconds + 60,
        };
        const signed = `${encode({ alg: "ES256", kid: "i1" })}.${encode(claims)}`;
        const options = { audience, keys, now: () => begin };
        const signature = sign("sha256", Buffer.from(signed), { key: ec.privateKey, dsaEncoding: "ieee-p1363" });
        assert.equal((await verifyIapAssertion(`${signed}.${signature.toString("base64url")}`, options)).sub, "1");
        const secret = ec.publicKey.export({ type: "spki", format: "pem" });
        const hmac = createHmac("sha256", secret).update(signed).digest("base64url");
        await assert.rejects(verifyIapAssertion(`${signed}.${hmac}`, options), TokenRejected);
    });
});
