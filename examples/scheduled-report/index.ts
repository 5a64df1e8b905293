import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule, InvokableJob, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";

const reports = new InvokableService("reports", {
    image: "europe-docker.pkg.dev/demo/examples/scheduled-report-reports:1",
    location,
    // Its ingress is internal, so a workflow tries from inside what it must deny.
    smokeCheck: { inside: true },
});

const morning = new AuthenticatedSchedule("morning", {
    location,
    schedule: "0 6 * * *",
    timeZone: "Europe/Berlin",
    target: reports,
    path: "/daily",
    body: JSON.stringify({ of: "yesterday" }),
    headers: { "content-type": "application/json" },
    retries: 3,
    // The job runs once after each deploy, and the update waits until it succeeds.
    smokeCheck: { run: true },
});

// A job answers no requests: it is run, and ends. It calls the service as an account of its own.
const archive = new InvokableJob("archive", {
    image: "europe-docker.pkg.dev/demo/examples/scheduled-report-archive:1",
    location,
    invokes: { reports },
    vpc: { subnetwork: "default" },
    maxRetries: 1,
    // The job runs once after each deploy, and the update waits until all its tasks have succeeded.
    smokeCheck: { run: true },
});

new AuthenticatedSchedule("nightly", { location, schedule: "0 2 * * *", timeZone: "Europe/Berlin", target: archive });

export const invokeCommand = morning.invokeCommand;
