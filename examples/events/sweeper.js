// An instance of the worker pool: it asks the service every minute, each time with a fresh ID token of the pool's own account.
const { THUMBS_URL, GCE_METADATA_HOST = "metadata.google.internal" } = process.env;

async function sweep() {
    const account = `http://${GCE_METADATA_HOST}/computeMetadata/v1/instance/service-accounts/default`;
    const identity = await fetch(`${account}/identity?audience=${encodeURIComponent(THUMBS_URL)}`, {
        headers: { "Metadata-Flavor": "Google" },
    });
    const answer = await fetch(`${THUMBS_URL}/sweep`, {
        headers: { authorization: `Bearer ${await identity.text()}` },
    });
    console.log(`the service answered ${answer.status}: ${await answer.text()}`);
}

async function main() {
    for (;;) {
        await sweep().catch((error) => console.error(`the service was not reached: ${error.message}`));
        await new Promise((resolve) => setTimeout(resolve, 60_000));
    }
}

void main();
