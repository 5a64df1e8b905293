import * as gcp from "@pulumi/gcp";
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

/** The same backend behind Cloud Endpoints. Its document takes only tokens that this account signs. */
const signer = new gcp.serviceaccount.Account("signer", { accountId: "endpoints-signer" });
const audience = "https://orders.example.com";
const managed = new gcp.endpoints.Service("orders", {
    serviceName: pulumi.interpolate`orders.endpoints.${signer.project}.cloud.goog`,
    openapiConfig: pulumi.jsonStringify({
        swagger: "2.0",
        info: { title: "orders", version: "1" },
        host: pulumi.interpolate`orders.endpoints.${signer.project}.cloud.goog`,
        "x-google-backend": { address: orders.url },
        securityDefinitions: {
            signed: {
                type: "oauth2",
                flow: "implicit",
                authorizationUrl: "",
                "x-google-issuer": signer.email,
                "x-google-jwks_uri": pulumi.interpolate`https://www.googleapis.com/service_accounts/v1/metadata/x509/${signer.email}`,
                "x-google-audiences": audience,
            },
        },
        security: [{ signed: [] }],
        paths: {
            "/orders/{order}": {
                get: {
                    operationId: "order",
                    parameters: [{ name: "order", in: "path", required: true, type: "string" }],
                    responses: { "200": { description: "the order" } },
                },
            },
        },
    }),
});

/** The account of a caller. */
const account = new gcp.serviceaccount.Account("partner", { accountId: "partner" });

/** ESPv2, the proxy of Cloud Endpoints. The document lets callers in, so Cloud Run itself must let everybody through. */
const proxy = new InvokableService("proxy", {
    image: "gcr.io/endpoints-release/endpoints-runtime-serverless:2",
    location,
    ingress: Ingress.All,
    env: { ENDPOINTS_SERVICE_NAME: managed.serviceName },
    invokes: { orders },
    smokeCheck: {
        endpoints: { issuers: [signer.email], audiences: [audience], path: "/orders/lamp" },
        // Whoever may sign as the issuer may call.
        allowedCallers: [account.member],
        probeMinters,
    },
});
const reads = new gcp.endpoints.ServiceIamMember("proxy-reads", {
    serviceName: managed.serviceName,
    role: "roles/servicemanagement.serviceController",
    member: proxy.member,
});
const open = new gcp.cloudrunv2.ServiceIamMember("proxy-open", {
    name: proxy.service.name,
    location,
    role: "roles/run.invoker",
    member: "allUsers",
});

/** A caller of the proxy runs the code of the shop, because it signs its tokens in the same way. */
const signs = new gcp.serviceaccount.IAMMember("partner-signs", {
    serviceAccountId: signer.name,
    role: "roles/iam.serviceAccountTokenCreator",
    member: account.member,
});
const partner = new InvokableService(
    "partner",
    {
        image: image("shop"),
        location,
        ingress: Ingress.All,
        serviceAccount: account.email,
        env: { API_URL: proxy.url, API_AUDIENCE: audience, API_SIGNER: signer.email },
        smokeCheck: { path: "/orders/lamp", expect: { result: { path: "/orders/lamp" } }, probeMinters },
    },
    { dependsOn: [reads, open, signs] },
);

export const url = shop.url;
export const partnerUrl = partner.url;
export const gatewayUrl = api.url;
export const invokeCommand = api.invokeCommand;
