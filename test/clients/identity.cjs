// What Google's auth library for Node does against a sandbox; as identity.py, told by its environment what to call.
const assert = require("node:assert/strict");
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

async function main() {
    assert.equal((await fetch(url)).status, 403, "a call without a token was let in");
    const key = await new GoogleAuth({ credentials: JSON.parse(process.env.CALLER_KEY) }).getIdTokenClient(url);
    await check("key", await key.idTokenProvider.fetchIdToken(url));
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
