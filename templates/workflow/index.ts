import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, InvokableService } from "pulumi-gcp-invoke";

const location = "europe-west1";

/** Only the project's own networks and Google's senders reach this service, and only the workflow may call it. */
const orders = new InvokableService("orders", { image: "europe-docker.pkg.dev/acme/shop/orders:1", location });

/** The URL of each target is in the workflow's environment, such as ORDERS_URL. Its `auth` sections are generated. */
const fulfil = new AuthenticatedWorkflow("fulfil", {
    location,
    source: new pulumi.asset.FileAsset("fulfil.yaml"),
    targets: { orders },
    smokeCheck: { argument: { order: 7 }, expect: { status: "reserved" } },
});

export const invokeCommand = fulfil.invokeCommand;
