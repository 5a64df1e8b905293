import type { Context } from "../attempt";
import { missingGrant } from "./diagnose";
import { type Finding, permanent } from "./findings";
import { standingOf } from "./policies";
import type { Receiver } from "./known-receiver";
import { readReceiver } from "./receiver";
import type { GrantRef } from "../spec";

/**
 * Why a receiver that answers 5xx does not start: its account may not read a secret, or Cloud Run says something about its newest
 * revision. It is undefined if neither can be read, and if the receiver starts and fails by itself.
 */
export async function diagnoseStart(context: Context, resource: string | undefined): Promise<Finding | undefined> {
    const receiver = await readReceiver(context, resource);
    if (!receiver) {
        return undefined;
    }
    for (const grant of secretGrants(receiver)) {
        const standing = await standingOf(context.http, await context.credentials(), grant);
        if (standing.kind !== "missing") {
            continue;
        }
        const { cause, fix } = await missingGrant(context, grant, standing);
        return permanent("secret-denied", `the receiver does not start: ${cause}`, fix);
    }
    if (receiver.notReady === undefined) {
        return undefined;
    }
    // Google does not try a revision again that has failed. The next revision needs another deploy.
    return permanent("receiver-not-started", `the receiver's newest revision cannot start: ${receiver.notReady}`);
}

/** Why one of the receivers that the grants are on does not start. */
export async function diagnoseStarts(context: Context, grants: readonly GrantRef[]): Promise<Finding | undefined> {
    for (const { resource } of grants) {
        const why = await diagnoseStart(context, resource);
        if (why) {
            return why;
        }
    }
    return undefined;
}

function secretGrants({ secrets, account }: Receiver): GrantRef[] {
    if (account === undefined) {
        return [];
    }
    return secrets.map((secret) => ({
        member: `serviceAccount:${account}`,
        role: "roles/secretmanager.secretAccessor",
        resource: `https://secretmanager.googleapis.com/v1/${secret}`,
        label: `the secret ${secret.slice(secret.lastIndexOf("/") + 1)}`,
    }));
}
