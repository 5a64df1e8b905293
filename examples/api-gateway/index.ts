import * as pulumi from "@pulumi/pulumi";
import { deployer, Ingress, InvokableGateway, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";
const image = (name: string): string => `europe-docker.pkg.dev/demo/examples/api-gateway-${name}:1`;
const probeMinters = [deployer()];

/** API Gateway calls from outside. IAM lets in its account, and nobody whom the gateway lets in. */
const orders = new InvokableService("orders", {
    image: image("orders"),
    location,
    ingress: Ingress.All,
    smokeCheck: { probeMinters },
});

/** Its signer is an account without any access. Whoever may sign as it may call, and nobody else. */
const api = new InvokableGateway("api", {
    location,
    backends: { orders },
    routes: { "/orders/{path=**}": "orders" },
    smokeCheck: { path: "/orders/lamp", expect: { result: { path: "/orders/lamp" } }, probeMinters },
});

/** Its code finds API_URL, API_AUDIENCE and API_SIGNER, and has its tokens signed by the IAM Credentials API. */
const shop = new InvokableService("shop", {
    image: image("shop"),
    location,
    ingress: Ingress.All,
    invokes: { api },
    smokeCheck: { path: "/orders/lamp", expect: { result: { path: "/orders/lamp" } }, probeMinters },
});

export const url = shop.url;
export const gatewayUrl = api.url;
export const invokeCommand = api.invokeCommand;
