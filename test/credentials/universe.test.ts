import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { claimsOf, createCredentials, idToken, type Http, type HttpRequest } from "../../credentials";
import { unsignedToken } from "../support/fake-google";

const email = "caller@demo.iam.gserviceaccount.com";
const audience = "https://orders-abc.a.s3nsrun.fr";
const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
    type: "pkcs8",
    format: "pem",
});
const key = { type: "service_account", client_email: email, private_key: privateKey, private_key_id: "k" };

/** Answers as the IAM Credentials API of any universe, and remembers who was asked. */
function universe(): { http: Http; asked: HttpRequest[] } {
    const asked: HttpRequest[] = [];
    const answer = (request: HttpRequest) => {
        asked.push(request);
        const minted = unsignedToken({ aud: audience, email, exp: Date.now() / 1000 + 3600 });
        const body = request.url.endsWith(":generateIdToken")
            ? { token: minted }
            : { accessToken: "ya29.x", expireTime: new Date(Date.now() + 3_600_000).toISOString() };
        return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(body), milliseconds: 1 });
    };
    const fetch = (): Promise<Response> => Promise.reject(new Error("nothing may be asked by fetch"));
    return { http: { request: answer, fetch, close: () => Promise.resolve() }, asked };
}

describe("credentials of another universe", () => {
    it("ask the APIs of their universe, with a token that the account signs itself", async () => {
        const { http, asked } = universe();
        const credentials = JSON.stringify({ ...key, universe_domain: "s3nsapis.fr" });
        const token = await idToken(audience, { http, credentials, env: {} });
        assert.equal(claimsOf(token)?.["aud"], audience);
        assert.deepEqual(
            asked.map(({ url }) => new URL(url).host),
            ["iamcredentials.s3nsapis.fr"],
        );
        const sent = claimsOf(String(asked[0]?.headers?.["authorization"]).replace("Bearer ", ""));
        assert.equal(sent?.["iss"], email);
        const other = await createCredentials({
            http,
            credentials,
            env: {},
            impersonateServiceAccount: `other-${email}`,
        });
        await other.idToken(audience);
        assert.ok(asked.every(({ url }) => new URL(url).host.endsWith(".s3nsapis.fr")));
    });

    it("of the public universe ask its own, also where the file says so", async () => {
        const { http, asked } = universe();
        const credentials = JSON.stringify({ type: "impersonated_service_account", ...publicSource });
        await idToken(audience, { http, credentials, env: {} }).catch(() => undefined);
        assert.ok(asked.every(({ url }) => new URL(url).host.endsWith(".googleapis.com")));
    });

    it("of users, and of what is no universe, are refused before anything is sent", async () => {
        const { http, asked } = universe();
        const user = { type: "authorized_user", client_id: "c", client_secret: "s", refresh_token: "r" };
        for (const [file, code] of [
            [{ ...user, universe_domain: "s3nsapis.fr" }, "not-possible"],
            [{ ...key, universe_domain: "https://evil.example/" }, "no-credentials"],
            [{ ...key, universe_domain: 7 }, "no-credentials"],
        ] as const) {
            const options = { http, env: {}, credentials: JSON.stringify(file) };
            await assert.rejects(idToken(audience, options), { code });
        }
        assert.deepEqual(asked, []);
    });
});

const publicSource = {
    source_credentials: { ...key, universe_domain: "googleapis.com" },
    service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
};
