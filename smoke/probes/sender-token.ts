import type { Context, Trial } from "../attempt";
import { senderAudience } from "../diagnosis";
import type { SenderProbe } from "../spec";
import { ask, isEnd, type Need } from "./api";

/** The part of a job of Cloud Scheduler, a queue of Cloud Tasks or a push subscription that says which token it sends. */
interface Deployed {
    httpTarget?: Sends;
    pushConfig?: Sends;
}

interface Sends {
    oidcToken?: { serviceAccountEmail?: string; audience?: string };
}

/** Compares the token that a sender sends with the one that the program declares, and with what the receiver accepts. */
export function senderTokenTrial(probe: SenderProbe, context: Context): Trial {
    const { sender, label, account, audience, grants } = probe;
    const [permission = "", role = ""] = needs[new URL(sender).hostname] ?? [];
    const reading: Need = { failure: `${label} could not be read`, permission, role };
    return {
        ...{ caller: account, target: label, token: "the sender's own", expected: `audience ${audience}` },
        async attempt() {
            const read = await ask<Deployed>(context, reading, "GET", sender);
            if (isEnd(read)) {
                return read.status === 403 ? { ...read, outcome: "not-tried", got: "not readable" } : read;
            }
            const sent = (read.httpTarget ?? read.pushConfig)?.oidcToken;
            if (sent?.serviceAccountEmail !== account || sent.audience !== audience) {
                const found =
                    sent === undefined
                        ? "sends no ID token"
                        : `sends ID tokens of ${sent.serviceAccountEmail ?? "no account"} for ${sent.audience ?? "the URL that it calls"}`;
                const cause = `${label} ${found}, and the program declares those of ${account} for ${audience}: it was changed outside of the program`;
                const diagnosis = { code: "sender-changed", cause, fix: "pulumi up --refresh" };
                return { outcome: "failed", got: sent?.audience ?? "another token", diagnosis };
            }
            const diagnosis = await senderAudience(context, grants, audience);
            return diagnosis
                ? { outcome: "failed", got: "not accepted", diagnosis }
                : { outcome: "passed", got: "as declared" };
        },
    };
}

/** What it takes to read each kind of sender. */
const needs: Record<string, [permission: string, role: string]> = {
    "cloudscheduler.googleapis.com": ["cloudscheduler.jobs.get", "roles/cloudscheduler.viewer"],
    "cloudtasks.googleapis.com": ["cloudtasks.queues.get", "roles/cloudtasks.viewer"],
    "pubsub.googleapis.com": ["pubsub.subscriptions.get", "roles/pubsub.viewer"],
};
