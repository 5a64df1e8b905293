const { GoogleAuth } = require("google-auth-library");

const { API_URL, API_AUDIENCE, API_SIGNER } = process.env;
const auth = new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloud-platform" });

/** A token that the gateway's signer signs. It lasts ten minutes. */
async function signedToken() {
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: API_SIGNER, sub: API_SIGNER, aud: API_AUDIENCE, iat, exp: iat + 600 };
    const { data } = await auth.request({
        url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${API_SIGNER}:signJwt`,
        method: "POST",
        data: { payload: JSON.stringify(claims) },
    });
    return data.signedJwt;
}

/** Passes a request on to the gateway, as the account of this service. */
module.exports = async (request, response) => {
    const headers = { authorization: `Bearer ${await signedToken()}` };
    const answer = await fetch(API_URL + request.url, { headers });
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(await answer.text());
};
