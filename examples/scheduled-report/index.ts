import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule, InvokableService } from "pulumi-gcp-invoke";

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

export const invokeCommand = morning.invokeCommand;
