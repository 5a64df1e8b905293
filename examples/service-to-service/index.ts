import * as pulumi from "@pulumi/pulumi";
import { deployer, Ingress, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";
const image = (name: string): string => `europe-docker.pkg.dev/demo/examples/service-to-service-${name}:1`;

/**
 * Only the networks of the project reach this service, so a workflow tries from inside what it must deny. It is in two regions:
 * it has an address and a policy in each, and the check tries both.
 */
const stock = new InvokableService("stock", {
    image: image("stock"),
    regions: ["europe-west1", "us-east1"],
    smokeCheck: { inside: true },
});

/** Its code finds the URL of `stock` in STOCK_URL, and gets its tokens from the metadata server. */
const front = new InvokableService("front", {
    image: image("front"),
    location,
    ingress: Ingress.All,
    invokes: { stock },
    vpc: { subnetwork: "default" },
    smokeCheck: {
        path: "/items/lamp",
        expect: { result: { path: "/items/lamp" } },
        probeMinters: [deployer()],
        // As the account of front: that it gets in is seen, and not only that a policy says so.
        calls: { stock: "/items/lamp" },
    },
});

export const url = front.url;
export const invokeCommand = front.invokeCommand;
