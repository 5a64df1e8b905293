import type { Context, Trial } from "../attempt";
import { senderAudience } from "../diagnosis";
import type { SenderProbe } from "../spec";
import { ask, isEnd, type Need } from "./api";

/** The part of a job of Cloud Scheduler, a queue of Cloud Tasks, a push subscription or a trigger that says which token it sends. */
interface Deployed {
    name?: string;
    serviceAccount?: string;
    destination?: { cloudRun?: { service?: string; region?: string }; workflow?: string };
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
        ...{
            caller: account,
            target: label,
            token: "the sender's own",
            expected: audience === "" ? `as ${account}` : `audience ${audience}`,
        },
        async attempt() {
            const read = await ask<Deployed>(context, reading, "GET", sender);
            if (isEnd(read)) {
                return read.status === 403 ? { ...read, outcome: "not-tried", got: "not readable" } : read;
            }
            const sent =
                probe.destination === undefined ? (read.httpTarget ?? read.pushConfig)?.oidcToken : sentBy(read, probe);
            if (sent?.serviceAccountEmail !== account || sent.audience !== audience) {
                const found =
                    sent === undefined
                        ? "sends no ID token"
                        : `sends ID tokens of ${sent.serviceAccountEmail ?? "no account"} for ${sent.audience ?? "the URL that it calls"}`;
                const cause = `${label} ${found}, and the program declares those of ${account} for ${probe.destination ?? audience}: it was changed outside of the program`;
                const diagnosis = {
                    code: "sender-changed",
                    cause,
                    fix: "pulumi up --refresh, or gcp-invoke sandbox up --refresh",
                };
                return { outcome: "failed", got: sent?.audience ?? "another token", diagnosis };
            }
            const diagnosis = audience === "" ? undefined : await senderAudience(context, grants, audience);
            return diagnosis
                ? { outcome: "failed", got: "not accepted", diagnosis }
                : { outcome: "passed", got: "as declared" };
        },
    };
}

/** What a trigger sends. Eventarc itself takes the URL of the destination as the audience, so another destination has another one. */
function sentBy(
    { name = "", serviceAccount = "", destination = {} }: Deployed,
    probe: SenderProbe,
): Sends["oidcToken"] {
    const { cloudRun, workflow } = destination;
    const [, project = ""] = name.split("/");
    const service =
        cloudRun && `projects/${project}/locations/${cloudRun.region ?? ""}/services/${cloudRun.service ?? ""}`;
    const found = service ?? workflow ?? "no service and no workflow";
    return {
        serviceAccountEmail: serviceAccount.replace(/^.*\//, ""),
        audience: found === probe.destination ? probe.audience : found,
    };
}

/** What it takes to read each kind of sender. */
const needs: Record<string, [permission: string, role: string]> = {
    "cloudscheduler.googleapis.com": ["cloudscheduler.jobs.get", "roles/cloudscheduler.viewer"],
    "cloudtasks.googleapis.com": ["cloudtasks.queues.get", "roles/cloudtasks.viewer"],
    "eventarc.googleapis.com": ["eventarc.triggers.get", "roles/eventarc.viewer"],
    "pubsub.googleapis.com": ["pubsub.subscriptions.get", "roles/pubsub.viewer"],
};
