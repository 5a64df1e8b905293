import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedWorkflow,
    ExternalApi,
    googleApi,
    InvokableBackend,
    InvokableFunction,
    InvokableService,
    type Target,
} from "pulumi-gcp-invoke";

const config = new pulumi.Config();
const location = config.get("location") ?? "europe-west1";
const image = (name: string): string => `europe-docker.pkg.dev/demo/examples/workflow-to-everything-${name}:1`;

/** A Cloud Run service takes an ID token for its URL. */
const stock = new InvokableService("stock", { image: image("stock"), location });

/** A function of the 2nd generation takes the same. The grant is on the service beneath it. */
const price = new InvokableFunction("price", {
    source: "function",
    runtime: "nodejs22",
    entryPoint: "price",
    location,
});

/** An application behind Identity-Aware Proxy takes an ID token for its client ID. */
const erp = new InvokableBackend("erp", {
    image: image("erp"),
    location,
    iapClientId: config.get("iapClientId") ?? "123456789012-demo.apps.googleusercontent.com",
});

/** A Google API takes an access token. */
const logging = googleApi("logging.googleapis.com", {
    grants: [{ role: "roles/logging.logWriter" }],
    scopes: ["https://www.googleapis.com/auth/logging.write"],
});

/** An API outside Google Cloud takes a secret in a header. */
const key = new gcp.secretmanager.Secret("rates-key", { secretId: "rates-key", replication: { auto: {} } });
const version = new gcp.secretmanager.SecretVersion("rates-key", {
    secret: key.id,
    secretData: config.getSecret("ratesKey") ?? pulumi.secret("not the real one"),
});
const rates = new ExternalApi("rates", {
    url: "https://rates.example.com",
    secret: key.secretId,
    version: version.version,
});

const targets: Record<string, Target> = { stock, price, erp, logging, rates };

const everything = new AuthenticatedWorkflow("everything", {
    location,
    source: new pulumi.asset.FileAsset("everything.yaml"),
    targets,
    smokeCheck: { argument: {}, expect: { stock: "/items", price: 12, erp: "/bookings", rate: 1.1 } },
});

export const invokeCommand = everything.invokeCommand;
