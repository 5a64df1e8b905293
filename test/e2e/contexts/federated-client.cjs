// Calls the service as code outside of Google Cloud does, by Google's library and the file that `gcloud iam workload-identity-pools
// create-cred-config` writes. It prints how that ended.
const { GoogleAuth, Impersonated } = require("google-auth-library");
const { ORDERS_URL, TARGET_PRINCIPAL } = process.env;

async function call() {
    const sourceClient = await new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloud-platform" }).getClient();
    const account = new Impersonated({ sourceClient, targetPrincipal: TARGET_PRINCIPAL });
    const token = await account.fetchIdToken(ORDERS_URL);
    const answer = await fetch(ORDERS_URL, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status };
}

call()
    .catch((error) => ({ status: 0, error: JSON.stringify(error.response?.data ?? error.message) }))
    .then((called) => console.log(JSON.stringify(called)));
