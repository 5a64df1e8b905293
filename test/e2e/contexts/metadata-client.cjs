// Asks the metadata server for a token, and calls what the environment names with it. It prints how that ended.
const { GCE_METADATA_HOST, ORDERS_URL, REPORT_URL } = process.env;
const [, , query = ""] = process.argv;
const account = `http://${GCE_METADATA_HOST}/computeMetadata/v1/instance/service-accounts/default`;

async function ask(path) {
    const answer = await fetch(account + path, { headers: { "Metadata-Flavor": "Google" } });
    const text = await answer.text();
    if (!answer.ok) {
        throw new Error(text);
    }
    return text;
}

async function call() {
    const email = await ask("/email");
    const byIdToken = REPORT_URL === undefined || query === "id-token";
    const audience = encodeURIComponent(ORDERS_URL ?? REPORT_URL);
    const token = byIdToken
        ? await ask(`/identity?audience=${audience}${query === "id-token" ? "" : query}`)
        : JSON.parse(await ask("/token")).access_token;
    const url = ORDERS_URL ?? `${REPORT_URL}:run`;
    const answer = await fetch(url, {
        method: ORDERS_URL === undefined ? "POST" : "GET",
        headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.status, email, ...(byIdToken && { token }) };
}

call()
    .catch((error) => ({ status: 0, error: error.message }))
    .then((called) => console.log(JSON.stringify(called)));
