import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, deployer, googleApi, Ingress, InvokableService } from "pulumi-gcp-invoke";

const config = new pulumi.Config();
const location = config.get("location") ?? "europe-west1";
/** The repository of the images, which is set by `pulumi config set images europe-docker.pkg.dev/PROJECT/REPOSITORY`. */
const images = config.get("images") ?? "europe-docker.pkg.dev/demo/quickstart";

const orders = new InvokableService("orders", { image: `${images}/orders:1`, location });
const stock = new InvokableService("stock", { image: `${images}/stock:1`, location });

/** Everybody on the internet reaches this service, and still only callers with a grant get in. */
const front = new InvokableService("front", {
    image: `${images}/front:1`,
    location,
    ingress: Ingress.All,
    smokeCheck: {
        path: "/hello",
        expect: { result: { greeting: "hello" } },
        // The principal that deploys may mint ID tokens as the accounts of this check, and as no other account.
        probeMinters: [deployer()],
    },
});

const logging = googleApi("logging.googleapis.com", {
    grants: [{ role: "roles/logging.logWriter" }],
    scopes: ["https://www.googleapis.com/auth/logging.write"],
});

const fulfil = new AuthenticatedWorkflow("fulfil", {
    location,
    source: new pulumi.asset.FileAsset("fulfil.yaml"),
    targets: { orders, stock, logging },
    smokeCheck: {
        argument: { order: 7, item: "lamp" },
        expect: { status: "reserved", order: 7, left: 4 },
    },
});

export const ordersUrl = orders.url;
export const stockUrl = stock.url;
export const frontUrl = front.url;
export const workflow = fulfil.workflowId;
export const serviceAccount = fulfil.serviceAccountEmail;
export const invokeCommand = fulfil.invokeCommand;
