import assert from "node:assert/strict";
import { generateKeyPairSync, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { claimsOf, createCredentials, CredentialError, idToken, type CredentialOptions } from "../../credentials";
import { apiError, fakeGoogle, unsignedToken } from "../support/fake-google";

const audience = "https://orders-abc-ew.a.run.app";
const account = "fulfil@demo.iam.gserviceaccount.com";
const privileged = "invoker@demo.iam.gserviceaccount.com";
const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keyFile = {
    type: "service_account",
    client_email: account,
    private_key_id: "k1",
    private_key: pair.privateKey.export({ type: "pkcs8", format: "pem" }),
};

/** Token endpoints that answer with who asked for what. */
function tokenServers() {
    const google = fakeGoogle();
    google.on("https://oauth2.googleapis.com/token", ({ body }) => {
        const form = new URLSearchParams(body);
        if (form.get("grant_type") === "refresh_token") {
            return { body: { access_token: "ya29.user", expires_in: 3600 } };
        }
        const assertion = form.get("assertion") ?? "";
        const [head = "", payload = "", signature = ""] = assertion.split(".");
        const signed = Buffer.from(`${head}.${payload}`);
        assert.ok(verify("sha256", signed, pair.publicKey, Buffer.from(signature, "base64url")));
        const { target_audience: aud, iss } = claimsOf(assertion) ?? {};
        return {
            body:
                aud === undefined
                    ? { access_token: "ya29.key", expires_in: 3600 }
                    : { id_token: unsignedToken({ aud, email: iss, exp: Math.floor(Date.now() / 1000) + 3600 }) },
        };
    });
    google.on("https://openidconnect.googleapis.com/", { body: { email: "dev@example.com" } });
    google.on("https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/", ({ url, headers, body }) => {
        const [, email = "", method] = /serviceAccounts\/([^:]+):(\w+)$/.exec(url) ?? [];
        const asked = JSON.parse(body ?? "") as { audience: string; includeEmail: boolean; delegates: string[] };
        const by = headers?.["authorization"];
        if (method === "generateAccessToken") {
            return { body: { accessToken: "ya29.impersonated", expireTime: new Date(Date.now() + 3_600_000) } };
        }
        const exp = Math.floor(Date.now() / 1000) + 3600;
        return {
            body: { token: unsignedToken({ aud: asked.audience, email: decodeURIComponent(email), by, asked, exp }) },
        };
    });
    return google;
}

describe("where tokens come from", () => {
    let folder: string;
    before(() => (folder = mkdtempSync(path.join(tmpdir(), "credentials-"))));
    after(() => rmSync(folder, { recursive: true }));
    /** Nothing of the machine's own credentials. */
    const env = (values: NodeJS.ProcessEnv = {}) => ({ CLOUDSDK_CONFIG: folder, PATH: "", ...values });
    const file = (name: string, content: object) => {
        const where = path.join(folder, name);
        writeFileSync(where, JSON.stringify(content));
        return where;
    };
    const claims = async (options: CredentialOptions & { as?: string }) =>
        claimsOf(await idToken(audience, { http: tokenServers().http, env: env(), ...options }));

    it("is what the gcp provider takes: given token, given credentials, token of the environment, ADC", async () => {
        const http = tokenServers().http;
        const wellKnown = file("adc.json", {
            type: "authorized_user",
            client_id: "c",
            client_secret: "s",
            refresh_token: "r",
        });
        const all = {
            accessToken: "ya29.given",
            credentials: JSON.stringify(keyFile),
            env: env({ GOOGLE_OAUTH_ACCESS_TOKEN: "ya29.environment", GOOGLE_APPLICATION_CREDENTIALS: wellKnown }),
        };
        const noToken = { credentials: all.credentials, env: all.env };
        const environment = { env: all.env };
        const adc = { env: { ...all.env, GOOGLE_OAUTH_ACCESS_TOKEN: "" } };
        const tokens = [];
        for (const options of [all, noToken, environment, adc]) {
            tokens.push(await (await createCredentials({ http, ...options })).accessToken());
        }
        assert.deepEqual(tokens, ["ya29.given", "ya29.key", "ya29.environment", "ya29.user"]);
    });

    it("acts as the account to impersonate on top of each", async () => {
        const options = { http: tokenServers().http, accessToken: "ya29.given", env: env() };
        const credentials = await createCredentials({ ...options, impersonateServiceAccount: privileged });
        assert.equal(await credentials.accessToken(), "ya29.impersonated");
        const claimed = claimsOf(await credentials.idToken(audience));
        assert.deepEqual([claimed?.["email"], claimed?.["by"]], [privileged, "Bearer ya29.given"]);
    });

    it("is told, with the reason why the others were passed over", async () => {
        const options = { http: tokenServers().http, env: env({ GOOGLE_CREDENTIALS: JSON.stringify(keyFile) }) };
        const { source } = await createCredentials(options);
        assert.equal(source.description, `the service account key of ${account} (GOOGLE_CREDENTIALS)`);
        assert.deepEqual(
            source.passedOver.map(({ source: name, why }) => `${name} ${why}`),
            [
                "the access token given (gcp:accessToken) is not set",
                "the credentials given (gcp:credentials) are not set",
                "GOOGLE_OAUTH_ACCESS_TOKEN is not set",
            ],
        );
    });

    it("mints ID tokens by a key's own exchange, signed with the key", async () => {
        const claimed = await claims({ credentials: JSON.stringify(keyFile) });
        assert.deepEqual([claimed?.["aud"], claimed?.["email"]], [audience, account]);
    });

    it("asks for the email in every impersonation, and passes delegates on", async () => {
        const claimed = await claims({ accessToken: "ya29.given", as: privileged });
        assert.deepEqual(claimed?.["asked"], { audience, includeEmail: true, delegates: [] });
        const credentials = await createCredentials({
            http: tokenServers().http,
            accessToken: "ya29.given",
            env: env(),
        });
        const token = await credentials.idToken(audience, { as: privileged, delegates: [account] });
        assert.deepEqual((claimsOf(token)?.["asked"] as { delegates: unknown } | undefined)?.delegates, [
            `projects/-/serviceAccounts/${account}`,
        ]);
    });

    it("lets the federated principal itself ask, so that no account impersonates itself", async () => {
        const subject = path.join(folder, "subject");
        writeFileSync(subject, "subject-token");
        const google = tokenServers();
        google.on("https://sts.googleapis.com/v1/token", {
            body: { access_token: "ya29.federated", expires_in: 3600 },
        });
        const claimed = await claims({
            http: google.http,
            credentials: file("external.json", {
                type: "external_account",
                audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/ci",
                subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
                token_url: "https://sts.googleapis.com/v1/token",
                service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${privileged}:generateAccessToken`,
                credential_source: { file: subject },
            }),
        });
        assert.deepEqual([claimed?.["email"], claimed?.["by"]], [privileged, "Bearer ya29.federated"]);
    });

    it("reads the file that gcloud writes for an impersonated login", async () => {
        const claimed = await claims({
            credentials: file("impersonated.json", {
                type: "impersonated_service_account",
                service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${privileged}:generateAccessToken`,
                source_credentials: { type: "authorized_user", client_id: "c", client_secret: "s", refresh_token: "r" },
            }),
        });
        assert.deepEqual([claimed?.["email"], claimed?.["by"]], [privileged, "Bearer ya29.user"]);
    });

    describe("says what is wrong:", () => {
        const failure = async (promise: Promise<unknown>): Promise<CredentialError> => {
            const error: unknown = await promise.then(
                () => undefined,
                (reason: unknown) => reason,
            );
            assert.ok(error instanceof CredentialError, String(error));
            assert.doesNotMatch(`${error.message} ${error.stack ?? ""} ${JSON.stringify(error)}`, /ya29|eyJ|PRIVATE/);
            return error;
        };

        it("a token or a user alone has no ID token for an audience", async () => {
            const error = await failure(claims({ accessToken: "ya29.given" }));
            assert.equal(error.code, "not-possible");
            assert.match(error.message, /roles\/iam\.serviceAccountOpenIdTokenCreator/);
        });

        it("the role that is missing, on what, and for whom", async () => {
            const google = tokenServers();
            google.on("https://iamcredentials.googleapis.com/", apiError(403, "PERMISSION_DENIED", "no ya29.echo"));
            const error = await failure(
                idToken(audience, { http: google.http, env: env(), accessToken: "ya29.given", as: privileged }),
            );
            assert.equal(error.code, "missing-role");
            assert.match(
                error.message,
                /^user:dev@example\.com lacks iam\.serviceAccounts\.getOpenIdToken on invoker@/,
            );
            assert.equal(
                error.fix,
                `gcloud iam service-accounts add-iam-policy-binding ${privileged} --member=user:dev@example.com --role=roles/iam.serviceAccountOpenIdTokenCreator`,
            );
        });

        for (const [what, answer, code] of [
            ["a disabled API", apiError(403, "PERMISSION_DENIED", "disabled", "SERVICE_DISABLED"), "api-disabled"],
            ["an account that is not there", apiError(404, "NOT_FOUND", "gone"), "account-not-found"],
            ["an ended access token", apiError(401, "UNAUTHENTICATED", "expired"), "refused"],
            ["a quota", apiError(429, "RESOURCE_EXHAUSTED", "slow down"), "unavailable"],
            ["an outage", apiError(503, "UNAVAILABLE", "later"), "unavailable"],
        ] as const) {
            it(`${what} (${code})`, async () => {
                const google = tokenServers();
                google.on("https://iamcredentials.googleapis.com/", answer);
                const options = { http: google.http, env: env(), accessToken: "ya29.given", as: privileged };
                assert.equal((await failure(idToken(audience, options))).code, code);
            });
        }

        it("a key that Google refuses", async () => {
            const google = tokenServers();
            google.on("https://oauth2.googleapis.com/token", {
                status: 400,
                body: { error: "invalid_grant", error_description: "Invalid JWT Signature." },
            });
            const options = { http: google.http, env: env(), credentials: JSON.stringify(keyFile) };
            const error = await failure(idToken(audience, options));
            assert.equal(error.code, "refused");
            assert.match(error.message, /invalid_grant: Invalid JWT Signature/);
        });

        it("a file that is not there, is no JSON, or is of an unknown type", async () => {
            const broken = path.join(folder, "broken.json");
            writeFileSync(broken, "{ ya29.broken");
            for (const credentials of [path.join(folder, "none.json"), broken, '{"type":"api_key"}']) {
                assert.equal((await failure(claims({ credentials }))).code, "no-credentials");
            }
        });
    });

    it("keeps tokens until shortly before they end, and shares one request between many callers", async () => {
        const google = tokenServers();
        let now = Date.now();
        const credentials = await createCredentials({
            http: google.http,
            env: env(),
            credentials: JSON.stringify(keyFile),
            now: () => now,
        });
        const all = await Promise.all(Array.from({ length: 20 }, () => credentials.idToken(audience)));
        assert.equal(new Set(all).size, 1);
        assert.equal(google.requests.length, 1);
        await credentials.idToken("https://stock-abc-ew.a.run.app");
        assert.equal(google.requests.length, 2);
        now += 56 * 60_000;
        await credentials.idToken(audience);
        assert.equal(google.requests.length, 3);
    });

    it("repeats nothing of an answer that is no JSON, which may be a token", async () => {
        const google = tokenServers();
        google.on("https://iamcredentials.googleapis.com/", { body: "eyJhbGciOi.secret" });
        const credentials = await createCredentials({ http: google.http, env: env(), accessToken: "ya29.given" });
        await assert.rejects(credentials.idToken(audience, { as: privileged }), (error: CredentialError) => {
            assert.equal(error.code, "unavailable");
            assert.doesNotMatch(error.message, /eyJ|secret|ya29/);
            return true;
        });
    });

    it("forgets a failure: the next call asks again", async () => {
        const google = tokenServers();
        const credentials = await createCredentials({ http: google.http, env: env(), accessToken: "ya29.given" });
        let down = true;
        google.on("https://iamcredentials.googleapis.com/", () => (down ? { status: 503 } : undefined));
        await assert.rejects(credentials.idToken(audience, { as: privileged }), { code: "unavailable" });
        down = false;
        assert.equal(claimsOf(await credentials.idToken(audience, { as: privileged }))?.["email"], privileged);
    });
});
