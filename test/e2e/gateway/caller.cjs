/** Calls the gateway by its variables: with a token that the signer signs, or whatever the query asks for instead. */
module.exports = async (request, response) => {
    const { API_URL, API_AUDIENCE, API_SIGNER } = process.env;
    const metadata = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default";
    const headers = { "Metadata-Flavor": "Google" };
    const { access_token: access } = await (await fetch(`${metadata}/token`, { headers })).json();
    const now = Math.floor(Date.now() / 1000);
    const query = new URL(request.url, "http://x").searchParams;
    const audience = query.get("audience") ?? API_AUDIENCE;
    const signed = async () => {
        const claims = { iss: API_SIGNER, sub: API_SIGNER, aud: audience, iat: now, exp: now + 600 };
        const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${API_SIGNER}:signJwt`;
        const answer = await fetch(url, {
            method: "POST",
            headers: { authorization: `Bearer ${access}`, "content-type": "application/json" },
            body: JSON.stringify({ payload: JSON.stringify(claims) }),
        });
        const { signedJwt, error } = await answer.json();
        if (error) {
            throw new Error(`signJwt: ${error.code}: ${error.message}`);
        }
        return signedJwt;
    };
    const google = async () =>
        (await fetch(`${metadata}/identity?audience=${audience}&format=full`, { headers })).text();
    try {
        const token = query.has("google") ? await google() : await signed();
        const answer = await fetch(`${API_URL}${query.get("path") ?? "/orders/7"}`, {
            headers: { authorization: `Bearer ${token}` },
        });
        response.end(JSON.stringify({ status: answer.status, body: await answer.text() }));
    } catch (error) {
        response.end(JSON.stringify({ status: 0, body: error.message }));
    }
};
