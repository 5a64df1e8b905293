import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedQueue, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";
const image = (name: string): string => `europe-docker.pkg.dev/demo/examples/task-queue-${name}:1`;

/** The ingress of both is internal, so a workflow tries from inside what they must deny. */
const smokeCheck = { inside: true };
const mailer = new InvokableService("mailer", { image: image("mailer"), location, smokeCheck });
const web = new InvokableService("web", { image: image("web"), location, smokeCheck });

/** `web` may add tasks to the queue, but it may not call `mailer`. Only the queue may do that. */
const emails = new AuthenticatedQueue("emails", {
    location,
    target: mailer,
    path: "/send",
    enqueuers: [web.member],
    retry: { maxAttempts: 5, minBackoff: "1s", maxBackoff: "60s" },
    maxDispatchesPerSecond: 10,
    // A task is added after each deploy, and the update waits until the target takes it.
    smokeCheck: { argument: { to: "nobody@example.com", test: true } },
});

export const invokeCommand = emails.invokeCommand;
