// Passes a request on to `stock`, with an ID token of the account that this service runs as. On Google Cloud as in the
// sandbox, the metadata server knows which one that is.
const { createServer } = require("node:http");

const metadata = `http://${process.env.GCE_METADATA_HOST ?? "metadata.google.internal"}/computeMetadata/v1`;

async function idToken(audience) {
    const answer = await fetch(
        `${metadata}/instance/service-accounts/default/identity?audience=${encodeURIComponent(audience)}`,
        { headers: { "Metadata-Flavor": "Google" } },
    );
    return answer.text();
}

createServer(async (request, response) => {
    const { STOCK_URL, STOCK_AUDIENCE = STOCK_URL } = process.env;
    const answer = await fetch(STOCK_URL + request.url, {
        headers: { authorization: `Bearer ${await idToken(STOCK_AUDIENCE)}` },
    });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(await answer.text());
}).listen(Number(process.env.PORT ?? 8080));
