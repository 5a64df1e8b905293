import assert from "node:assert/strict";
import { createHmac, createSign, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import {
    OptionError,
    remoteKeys,
    requireIdToken,
    requireIdTokenHook,
    TokenRejected,
    verifyIapAssertion,
    verifyIdToken,
    type AuthenticatedRequest,
    type VerifyIdTokenOptions,
} from "../../credentials";
import { fakeGoogle } from "../support/fake-google";

const audience = "https://orders.example.com";
const caller = "fulfil@demo.iam.gserviceaccount.com";
const now = Date.parse("2026-01-01T12:00:00Z");
const seconds = now / 1000;

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const good = {
    iss: "https://accounts.google.com",
    aud: audience,
    azp: "101",
    sub: "101",
    email: caller,
    email_verified: true,
    iat: seconds - 10,
    exp: seconds + 3590,
};

function rs256(claims: object = {}, header: object = {}, key: KeyObject = rsa.privateKey): string {
    const signed = `${encode({ alg: "RS256", typ: "JWT", kid: "k1", ...header })}.${encode({ ...good, ...claims })}`;
    return `${signed}.${createSign("sha256").update(signed).sign(key).toString("base64url")}`;
}

/** Google's key server, with a count of how often it was asked. */
function keyServer(jwks: object[] = [{ ...rsa.publicKey.export({ format: "jwk" }), kid: "k1" }]) {
    const google = fakeGoogle();
    let time = now;
    google.on("https://keys.example/", () => ({ body: { keys: jwks }, headers: { "cache-control": "max-age=600" } }));
    return {
        google,
        jwks,
        keys: remoteKeys("https://keys.example/certs", google.http, () => time),
        asked: () => google.requests.length,
        wait: (ms: number) => (time += ms),
    };
}

const { keys } = keyServer();
const options: VerifyIdTokenOptions = { audience, emails: [caller], keys, now: () => now };

/** The code of the refusal, or `accepted`. */
async function outcome(
    token: string,
    extra: Partial<VerifyIdTokenOptions> = {},
    verify = verifyIdToken,
): Promise<string> {
    try {
        await verify(token, { ...options, ...extra });
        return "accepted";
    } catch (error) {
        assert.ok(error instanceof TokenRejected, String(error));
        assert.doesNotMatch(error.message, /eyJ/);
        return error.code;
    }
}

describe("verifyIdToken", () => {
    it("accepts a token of Google's for this receiver from an account that may call", async () => {
        const claims = await verifyIdToken(rs256(), options);
        assert.equal(claims.email, caller);
        assert.equal(await outcome(rs256({ iss: "accounts.google.com" })), "accepted");
        assert.equal(await outcome(rs256({ email: caller.toUpperCase() })), "accepted");
        assert.equal(await outcome(rs256(), { audience: ["https://other.example", audience] }), "accepted");
    });

    const [head = "", body = "", signature = ""] = rs256().split(".");
    const hmacHeader = encode({ alg: "HS256", kid: "k1" });
    const publicPem = rsa.publicKey.export({ type: "spki", format: "pem" });
    const hmac = createHmac("sha256", publicPem).update(`${hmacHeader}.${body}`).digest("base64url");
    const ownJwk = other.publicKey.export({ format: "jwk" });
    const table: [what: string, token: string, code: string][] = [
        ["no token", "", "missing"],
        ["an access token", "ya29.abc", "malformed"],
        ["two parts", `${head}.${body}`, "malformed"],
        ["four parts", `${rs256()}.x`, "malformed"],
        ["a header that is no JSON", `AAAA.${body}.${signature}`, "malformed"],
        ["padding", `${head}=.${body}.${signature}`, "malformed"],
        ["a very long token", `${head}.${"A".repeat(20_000)}.${signature}`, "malformed"],
        ["alg none", `${encode({ alg: "none", kid: "k1" })}.${body}.AA`, "algorithm"],
        ["HS256 keyed with the public key", `${hmacHeader}.${body}.${hmac}`, "algorithm"],
        ["RS512", rs256({}, { alg: "RS512" }), "algorithm"],
        ["a critical extension", rs256({}, { crit: ["x"] }), "malformed"],
        ["no kid", rs256({}, { kid: undefined }), "unknown-key"],
        ["a key of somebody else", rs256({}, { kid: "k9" }, other.privateKey), "unknown-key"],
        ["a key of somebody else under Google's name", rs256({}, {}, other.privateKey), "signature"],
        ["an altered payload", `${head}.${encode({ ...good, email: "evil@x" })}.${signature}`, "signature"],
        ["the signature of another token", `${head}.${body}.${rs256({ sub: "7" }).split(".")[2] ?? ""}`, "signature"],
        ["a signature that Cloud Run removed", `${head}.${body}.SIGNATURE_REMOVED_BY_GOOGLE`, "signature-removed"],
        ["another issuer", rs256({ iss: "https://accounts.google.com.evil.example" }), "issuer"],
        ["another audience", rs256({ aud: "https://stock.example.com" }), "audience"],
        ["an audience with a path", rs256({ aud: `${audience}/reserve` }), "audience"],
        ["a list of audiences", rs256({ aud: [audience] }), "audience"],
        ["an ended token", rs256({ iat: seconds - 4000, exp: seconds - 31 }), "expired"],
        ["a token of the future", rs256({ iat: seconds + 31, exp: seconds + 3000 }), "not-yet-valid"],
        ["a token that lives a day", rs256({ exp: seconds + 86_400 }), "lifetime"],
        ["an end that is text", rs256({ exp: String(seconds + 60) }), "malformed"],
        ["no end", rs256({ exp: undefined }), "malformed"],
        ["an end before all time", rs256({ exp: -1e300 }), "malformed"],
        ["a beginning after all time", rs256({ iat: 1e300, exp: 1e301 }), "not-yet-valid"],
        ["a later nbf", rs256({ nbf: seconds + 600 }), "not-yet-valid"],
        ["an nbf that is text", rs256({ nbf: "now" }), "not-yet-valid"],
        ["an issuer that is a list", rs256({ iss: ["https://accounts.google.com"] }), "issuer"],
        ["a key ID that is a path", rs256({}, { kid: "../../etc/passwd" }), "unknown-key"],
        ["a key of its own in the header", rs256({}, { kid: "k9", jwk: ownJwk }, other.privateKey), "unknown-key"],
        ["the address of a key of its own", rs256({}, { kid: "k9", jku: "https://evil.example" }), "unknown-key"],
        ["no subject", rs256({ sub: undefined }), "malformed"],
        ["no email", rs256({ email: undefined }), "email-missing"],
        ["an unverified email", rs256({ email_verified: false }), "email-not-verified"],
        ["a verification that is text", rs256({ email_verified: "true" }), "email-not-verified"],
        ["another account", rs256({ email: "stock@demo.iam.gserviceaccount.com" }), "email-not-allowed"],
    ];
    for (const [what, token, code] of table) {
        it(`refuses ${what} (${code})`, async () => assert.equal(await outcome(token), code));
    }

    it("allows for clocks that are apart as far as it is told, and no further", async () => {
        const late = rs256({ iat: seconds - 3600, exp: seconds - 200 });
        assert.equal(await outcome(late, { skewSeconds: 300 }), "accepted");
        assert.equal(await outcome(late, { skewSeconds: 100 }), "expired");
    });

    /** Of altered tokens, and a tenth of it of built ones, whose signatures take time. */
    const numRuns = Number(process.env["VERIFY_RUNS"] ?? 10_000);

    it("accepts no altered token, of thousands", async function () {
        this.timeout(120_000 + numRuns * 100);
        const token = rs256();
        const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ";
        const edit = fc.record({
            at: fc.nat(token.length - 1),
            kind: fc.constantFrom("replace", "insert", "delete", "cut"),
            sign: fc.constantFrom(...alphabet.split("")),
        });
        let seen = 0;
        await fc.assert(
            fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
                const altered = edits.reduce(
                    (text, { at, kind, sign: letter }) =>
                        kind === "cut"
                            ? text.slice(0, at)
                            : text.slice(0, at) +
                              (kind === "delete" ? "" : letter) +
                              text.slice(kind === "insert" ? at : at + 1),
                    token,
                );
                fc.pre(altered !== token);
                seen += 1;
                assert.notEqual(await outcome(altered), "accepted", altered);
            }),
            { numRuns },
        );
        assert.ok(seen >= numRuns);
    });

    it("accepts no token that somebody else built, of thousands: whatever its header, its claims and its key", async function () {
        this.timeout(120_000 + numRuns * 100);
        const pick = <T>(...values: T[]) => fc.constantFrom(...values);
        const junk = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()), fc.boolean());
        const built = fc.record({
            key: pick(rsa.privateKey, other.privateKey),
            alg: fc.oneof(pick("RS256", "RS512", "none", "HS256", "ES256", "rs256", "PS256"), junk),
            header: fc.dictionary(pick("kid", "typ", "jwk", "jku", "x5c", "crit", "b64", "cty"), junk),
            claims: fc.dictionary(pick("iss", "aud", "exp", "iat", "nbf", "email", "email_verified", "sub"), junk),
        });
        await fc.assert(
            fc.asyncProperty(built, async ({ key, alg, header, claims }) => {
                const token = rs256(claims, { alg, ...header }, key);
                const found = await outcome(token);
                // Google's own key over claims that are still right is a right token; it may begin at any time before now.
                const sent = { kid: "k1", ...header };
                const own = key === rsa.privateKey && alg === "RS256" && sent.kid === "k1" && !("crit" in header);
                const changed = Object.entries(claims).filter(
                    ([name, value]) =>
                        good[name as keyof typeof good] !== value &&
                        !(name === "nbf" && typeof value === "number" && value <= seconds),
                );
                if (!own || changed.some(([name]) => name !== "sub")) {
                    assert.notEqual(found, "accepted", token);
                }
            }),
            { numRuns: Math.ceil(numRuns / 10) },
        );
    });
});

describe("the options of a verifier", () => {
    const wrong: [what: string, extra: object, message: RegExp][] = [
        ["a skew of NaN, as Number() makes of nothing", { skewSeconds: NaN }, /skewSeconds is NaN/],
        ["a skew of text", { skewSeconds: "30" }, /skewSeconds is "30", not a number from 0 to 600/],
        ["an endless skew", { skewSeconds: Infinity }, /skewSeconds is Infinity/],
        ["a negative skew", { skewSeconds: -1 }, /skewSeconds is -1/],
        ["a skew of null", { skewSeconds: null }, /skewSeconds is null/],
        ["a clock that gives NaN", { now: () => NaN }, /now\(\) is NaN/],
        ["a clock that gives nothing", { now: () => undefined }, /now\(\) is NaN/],
        ["no audience", { audience: undefined }, /audience is missing/],
        ["an empty audience", { audience: "" }, /audience is ""/],
        ["no audience of a list", { audience: [] }, /audience is \[\]/],
        ["a list with an empty audience", { audience: [audience, ""] }, /audience is/],
        ["emails as one text", { emails: caller }, /emails is "fulfil@[^"]+", not a list/],
        ["emails with nothing in them", { emails: [undefined] }, /emails is \[null\]/],
    ];
    for (const [what, extra, message] of wrong) {
        it(`are refused: ${what}, for a token that is right and for one that ended`, async () => {
            const given = { ...options, ...extra };
            for (const token of [rs256(), rs256({ iat: seconds - 8600, exp: seconds - 5000 })]) {
                // The clock is asked when all else is right, and IAP's assertions are of another kind.
                for (const verify of "now" in extra ? [verifyIdToken] : [verifyIdToken, verifyIapAssertion]) {
                    await assert.rejects(verify(token, given), (error: Error) => {
                        assert.ok(error instanceof OptionError, String(error));
                        return message.test(error.message);
                    });
                }
            }
            if (!("now" in extra)) {
                assert.throws(() => requireIdToken(given), message);
                assert.throws(() => requireIdTokenHook(given), message);
            }
        });
    }

    it("accept no token that is not certainly in time, whatever they are", async () => {
        const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0, -0));
        const junk = fc.oneof(number, fc.string(), fc.constant(null), fc.boolean());
        const made = fc.record({ skewSeconds: junk, now: junk, exp: junk, iat: junk, nbf: junk }, { requiredKeys: [] });
        await fc.assert(
            fc.asyncProperty(made, async ({ skewSeconds, now: clock, ...times }) => {
                const ended = { iat: seconds - 8600, exp: seconds - 5000, ...times };
                const given = {
                    ...options,
                    ...(skewSeconds !== undefined && { skewSeconds }),
                    ...(clock !== undefined && { now: () => clock }),
                };
                const accepted = await verifyIdToken(rs256(ended), given as VerifyIdTokenOptions).then(
                    () => true,
                    () => false,
                );
                const skew = (skewSeconds ?? 30) as number;
                const at = (clock === undefined ? now : Number(clock)) / 1000;
                const inTime = Number(ended.exp) > at - skew && Number(ended.iat) <= at + skew;
                assert.ok(!accepted || (inTime && skew >= 0 && skew <= 600));
            }),
            { numRuns: 300 },
        );
    });
});

describe("verifyIapAssertion", () => {
    const resource = "/projects/123/locations/europe-west1/services/front";
    const iap = { iss: "https://cloud.google.com/iap", aud: resource, email_verified: undefined, exp: seconds + 590 };
    const es256 = (claims: object = {}) => {
        const signed = `${encode({ alg: "ES256", kid: "i1" })}.${encode({ ...good, ...iap, ...claims })}`;
        const signature = sign("sha256", Buffer.from(signed), { key: ec.privateKey, dsaEncoding: "ieee-p1363" });
        return `${signed}.${signature.toString("base64url")}`;
    };
    const server = keyServer([{ ...ec.publicKey.export({ format: "jwk" }), kid: "i1" }]);
    const extra = { audience: resource, keys: server.keys };

    it("accepts IAP's assertion for the resource and nothing else", async () => {
        assert.equal(await outcome(es256(), extra, verifyIapAssertion), "accepted");
        assert.equal(await outcome(es256({ aud: `${resource}2` }), extra, verifyIapAssertion), "audience");
        assert.equal(await outcome(es256({ iss: good.iss }), extra, verifyIapAssertion), "issuer");
        assert.equal(await outcome(rs256(), extra, verifyIapAssertion), "algorithm");
        assert.equal(await outcome(es256(), extra, verifyIdToken), "algorithm");
    });
});

describe("the middleware in front of a server", () => {
    async function ask(
        headers: Record<string, string>,
        extra: object = {},
    ): Promise<[number, Record<string, unknown>]> {
        const guard = requireIdToken({ ...options, ...extra });
        const server = http.createServer((request: AuthenticatedRequest, response) => {
            guard(request, response, () => response.end(JSON.stringify({ caller: request.caller?.email })));
        });
        await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
        try {
            const { port } = server.address() as AddressInfo;
            const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
            return [answer.status, (await answer.json()) as Record<string, unknown>];
        } finally {
            server.closeAllConnections();
            server.close();
        }
    }

    it("lets a right token in and tells who called", async () => {
        assert.deepEqual(await ask({ authorization: `Bearer ${rs256()}` }), [200, { caller }]);
    });

    it("answers 401 without a token or with a wrong one, 403 to another account, 503 without keys", async () => {
        const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
        const status = async (...request: Parameters<typeof ask>) => {
            const [code, { error }] = await ask(...request);
            return [code, error];
        };
        assert.deepEqual(await status({}), [401, "missing"]);
        assert.deepEqual(await status({ authorization: `Basic ${rs256()}` }), [401, "missing"]);
        assert.deepEqual(await status(bearer(rs256({ aud: "x" }))), [401, "audience"]);
        assert.deepEqual(await status(bearer(rs256({ email: "a@b" }))), [403, "email-not-allowed"]);
        const nobody = { keys: remoteKeys("https://nobody.example/", fakeGoogle().http) };
        assert.deepEqual(await status(bearer(rs256()), nobody), [503, "keys-unavailable"]);
    });

    it("answers 401 to a second header of the same name, whichever of the two is right", async () => {
        const guard = requireIdToken(options);
        const server = http.createServer((request: AuthenticatedRequest, response) => {
            guard(request, response, () => response.end("let in"));
        });
        await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
        const { port } = server.address() as AddressInfo;
        const status = (values: string[]) =>
            new Promise<number | undefined>((done, fail) => {
                const request = http.get(
                    {
                        port,
                        host: "127.0.0.1",
                        headers: ["Host", "orders", ...values.flatMap((value) => ["Authorization", value])],
                    },
                    (answer) => {
                        answer.resume();
                        done(answer.statusCode);
                    },
                );
                request.on("error", fail);
            });
        const [right, wrong] = [`Bearer ${rs256()}`, `Bearer ${rs256({ aud: "x" })}`];
        try {
            assert.equal(await status([right]), 200);
            for (const two of [
                [right, wrong],
                [wrong, right],
                [right, right],
                [right, ""],
            ]) {
                assert.equal(await status(two), 401);
            }
        } finally {
            server.closeAllConnections();
            server.close();
        }
    });

    it("does the same as a Fastify hook", async () => {
        const hook = requireIdTokenHook(options);
        const raw = (token: string) =>
            ({ headers: { authorization: `Bearer ${token}` } }) as unknown as AuthenticatedRequest;
        const sent: unknown[] = [];
        const reply = { code: (status: number) => ({ send: (body: object) => sent.push({ status, ...body }) }) };
        const request = { raw: raw(rs256()) };
        await hook(request, reply);
        assert.deepEqual([request.raw.caller?.email, sent.length], [caller, 0]);
        await hook({ raw: raw(rs256({ aud: "x" })) }, reply);
        assert.equal((sent[0] as { status: number }).status, 401);
    });
});
