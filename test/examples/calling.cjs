// A workload that calls the target which the path names, as its environment says and as Google documents it.
const variable = (env, key, what) => env[`${key.toUpperCase()}_${what}`];

module.exports = async function calling(request, response, { env, fetch }) {
    const key = request.url.slice(1);
    const identity = `http://${env.GCE_METADATA_HOST ?? "metadata.google.internal"}/computeMetadata/v1/instance/service-accounts/default`;
    const ask = (path) => fetch(identity + path, { headers: { "Metadata-Flavor": "Google" } });
    // https://cloud.google.com/docs/authentication/rest#metadata-server
    const accessToken = async () => `Bearer ${(await (await ask("/token")).json()).access_token}`;
    const credential = {
        job: accessToken,
        api: accessToken,
        external: async () => `Bearer ${variable(env, key, "SECRET")}`,
    };
    const url = variable(env, key, "URL") ?? "https://logging.googleapis.com/v2/entries:write";
    const audience = encodeURIComponent(variable(env, key, "AUDIENCE") ?? url);
    // https://cloud.google.com/run/docs/authenticating/service-to-service
    const idToken = async () => `Bearer ${await (await ask(`/identity?audience=${audience}&format=full`)).text()}`;
    // https://docs.cloud.google.com/api-gateway/docs/authenticate-service-account
    const signed = async () => {
        const signer = variable(env, key, "SIGNER");
        const now = Math.floor(Date.now() / 1000);
        const aud = variable(env, key, "AUDIENCE");
        const payload = JSON.stringify({ iss: signer, sub: signer, aud, iat: now, exp: now + 300 });
        const of = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${signer}:signJwt`;
        const headers = { authorization: await accessToken(), "content-type": "application/json" };
        const answered = await fetch(of, { method: "POST", headers, body: JSON.stringify({ payload }) });
        return `Bearer ${(await answered.json()).signedJwt}`;
    };
    const answer = await fetch(key === "job" ? `${url}:run` : url, {
        headers: {
            authorization: await ({ ...credential, gateway: signed }[key] ?? idToken)(),
            "content-type": "application/json",
        },
        ...(key === "job" && { method: "POST" }),
        ...(key === "api" && {
            method: "POST",
            body: JSON.stringify({ entries: [{ logName: "projects/demo/logs/cells", textPayload: "called" }] }),
        }),
    });
    response.writeHead(answer.status).end(await answer.text());
};
