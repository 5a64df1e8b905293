import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { deployer, Ingress, InvokableService, TokenMinter } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";

const orders = new InvokableService("orders", {
    image: "europe-docker.pkg.dev/demo/examples/impersonation-orders:1",
    location,
    ingress: Ingress.All,
    // The principal that deploys may mint ID tokens as an account that `orders` must deny, and as no other account.
    smokeCheck: { probeMinters: [deployer()] },
});

/** This account may invoke the service. Nobody can log in as it. */
const invoker = new gcp.serviceaccount.Account("invoker", { accountId: "orders-invoker" });
orders.grantInvoke("invoker", invoker.member);

/** This account is used outside Google Cloud. All it may do is to mint ID tokens as the other one. */
const ci = new gcp.serviceaccount.Account("ci", { accountId: "orders-ci" });

const minter = new TokenMinter("ci-mints", { caller: ci.member, privilegedAccount: invoker.email });

export const url = orders.url;
export const caller = ci.email;
export const privilegedAccount = invoker.email;
export const invokeCommand = minter.invokeCommand;
