import { AuthenticatedSchedule, InvokableService } from "pulumi-gcp-invoke";

const location = "europe-west1";

/** Only Google's own senders and the project's networks reach this service, so a workflow tries from inside what it must deny. */
const reports = new InvokableService("reports", {
    image: "europe-docker.pkg.dev/acme/shop/reports:1",
    location,
    smokeCheck: { inside: true },
});

const morning = new AuthenticatedSchedule("morning", {
    location,
    schedule: "0 6 * * *",
    timeZone: "Europe/Berlin",
    target: reports,
    path: "/daily",
    // The job runs once after each deploy, and the update waits until it succeeds.
    smokeCheck: { run: true },
});

export const invokeCommand = morning.invokeCommand;
