import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedQueue, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";
const image = (name: string): string => `europe-docker.pkg.dev/demo/examples/task-queue-${name}:1`;

const mailer = new InvokableService("mailer", { image: image("mailer"), location });
const web = new InvokableService("web", { image: image("web"), location });

/** `web` may put tasks into the queue, and not call `mailer`: that is the queue's right alone. */
const emails = new AuthenticatedQueue("emails", {
    location,
    target: mailer,
    path: "/send",
    enqueuers: [web.member],
    retry: { maxAttempts: 5, minBackoff: "1s", maxBackoff: "60s" },
    maxDispatchesPerSecond: 10,
    // Adds a task after each deploy, and holds the update until it is taken.
    smokeCheck: { argument: { to: "nobody@example.com", test: true } },
});

export const invokeCommand = emails.invokeCommand;
