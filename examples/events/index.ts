import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedTrigger,
    AuthenticatedWorkerPool,
    AuthenticatedWorkflow,
    InvokableService,
} from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";

const placed = new gcp.pubsub.Topic("placed");

const thumbs = new InvokableService("thumbs", {
    image: "europe-docker.pkg.dev/demo/examples/events-thumbs:1",
    location,
    // Its ingress is internal, so a workflow tries from inside what it must deny.
    smokeCheck: { inside: true },
});

// Each message reaches the service, with an ID token of the trigger's own account.
new AuthenticatedTrigger("announced", {
    location,
    eventType: "google.cloud.pubsub.topic.v1.messagePublished",
    topic: placed.id,
    target: thumbs,
    path: "/announced",
});

const fulfil = new AuthenticatedWorkflow("fulfil", {
    location,
    source: new pulumi.asset.FileAsset("fulfil.yaml"),
    targets: { thumbs },
    smokeCheck: { argument: { id: "check" }, expect: { event: "check" } },
});

// And each message executes the workflow, as the trigger's own account.
new AuthenticatedTrigger("ordered", {
    location,
    eventType: "google.cloud.pubsub.topic.v1.messagePublished",
    topic: placed.id,
    workflow: fulfil.workflowId,
});

// A worker pool runs all the time, and nobody can call it. It calls the service as an account of its own.
new AuthenticatedWorkerPool("sweeper", {
    image: "europe-docker.pkg.dev/demo/examples/events-sweeper:1",
    location,
    invokes: { thumbs },
    vpc: { subnetwork: "default" },
    smokeCheck: { calls: { thumbs: "/sweep" } },
});

export const topic = placed.id;
