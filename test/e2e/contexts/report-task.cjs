// A task of the job: it asks the service for the report, with an ID token of the job's own account.
const { STOCK_URL, GCE_METADATA_HOST = "metadata.google.internal" } = process.env;

async function main() {
    const account = `http://${GCE_METADATA_HOST}/computeMetadata/v1/instance/service-accounts/default`;
    const identity = await fetch(`${account}/identity?audience=${encodeURIComponent(STOCK_URL)}`, {
        headers: { "Metadata-Flavor": "Google" },
    });
    const answer = await fetch(`${STOCK_URL}`, {
        headers: { authorization: `Bearer ${await identity.text()}` },
    });
    console.log(`the service answered ${answer.status}: ${await answer.text()}`);
    process.exitCode = answer.ok ? 0 : 1;
}

void main();
