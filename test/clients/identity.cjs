// What Google's auth library for Node does against a sandbox; as identity.py, told by its environment what to call.
const assert = require("node:assert/strict");
const { createSign } = require("node:crypto");
const { URLSearchParams } = require("node:url");
const { GoogleAuth, Impersonated, OAuth2Client } = require("google-auth-library");

const { SERVICE_URL: url, CALLER: caller } = process.env;
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/** The service lets the token in, and the library's own verifier knows whose it is. */
async function check(way, token) {
    assert.equal((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status, 200, way);
    const verifier = new OAuth2Client();
    const ticket = await verifier.verifyIdToken({ idToken: token, audience: url });
    assert.equal(ticket.getPayload().email, caller, way);
    await assert.rejects(verifier.verifyIdToken({ idToken: token, audience: "https://other.example" }), /audience/);
}

/** An ID token for a JWT signed by hand: what anyone can do who has a key and no library for it. */
async function exchange({ private_key: key, private_key_id: kid }) {
    const endpoint = "https://oauth2.googleapis.com/token";
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: caller, sub: caller, aud: endpoint, target_audience: url, iat, exp: iat + 3600 };
    const parts = [{ alg: "RS256", typ: "JWT", kid }, claims];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = createSign("RSA-SHA256").update(signed).sign(key, "base64url");
    const grant = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: `${signed}.${signature}` };
    const answer = await fetch(endpoint, { method: "POST", body: new URLSearchParams(grant) });
    return (await answer.json()).id_token;
}

async function main() {
    assert.equal((await fetch(url)).status, 403, "a call without a token was let in");
    const key = await new GoogleAuth({ credentials: JSON.parse(process.env.CALLER_KEY) }).getIdTokenClient(url);
    await check("key", await key.idTokenProvider.fetchIdToken(url));
    await check("exchange", await exchange(JSON.parse(process.env.CALLER_KEY)));
    const metadata = await new GoogleAuth().getIdTokenClient(url);
    await check("metadata", await metadata.idTokenProvider.fetchIdToken(url));
    const sourceClient = await new GoogleAuth({ scopes: SCOPE }).getClient();
    const target = new Impersonated({ sourceClient, targetPrincipal: caller, targetScopes: [SCOPE] });
    await check("impersonation", await target.fetchIdToken(url, { includeEmail: true }));
    console.log("ok node");
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
