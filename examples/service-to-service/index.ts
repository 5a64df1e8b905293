import * as pulumi from "@pulumi/pulumi";
import { deployer, Ingress, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";
const image = (name: string): string => `europe-docker.pkg.dev/demo/examples/service-to-service-${name}:1`;

/** Only the networks of the project reach this service. */
const stock = new InvokableService("stock", { image: image("stock"), location });

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
    },
});

export const url = front.url;
export const invokeCommand = front.invokeCommand;
