import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedPush, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";

const orders = new InvokableService("orders", {
    image: "europe-docker.pkg.dev/demo/examples/pubsub-push-orders:1",
    location,
    // Its ingress is internal, so a workflow tries from inside what it must deny.
    smokeCheck: { inside: true },
});

const placed = new AuthenticatedPush("orders-placed", {
    target: orders,
    path: "/placed",
    retry: { minimumBackoff: "10s", maximumBackoff: "300s" },
    deadLetter: { maxDeliveryAttempts: 5 },
});

export const topic = placed.topicName;
export const invokeCommand = placed.invokeCommand;
