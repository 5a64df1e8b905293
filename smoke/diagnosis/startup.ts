import type { Context } from "../attempt";
import { missingGrant, type GrantFinding } from "./diagnose";
import { standingOf } from "./policies";
import { readReceiver, type Receiver } from "./receiver";
import type { GrantRef } from "../spec";
import { defined } from "../../common";

/**
 * Why a receiver that answers 5xx does not start: its account may not read a secret, or Cloud Run says something about its newest
 * revision. It is undefined where neither can be read, and where the receiver starts and fails by itself.
 */
export async function diagnoseStart(context: Context, resource: string | undefined): Promise<GrantFinding | undefined> {
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
        return {
            final: true,
            diagnosis: {
                code: "secret-denied",
                cause: `the receiver does not start: ${cause}`,
                ...defined({ fix }),
            },
        };
    }
    if (receiver.notReady === undefined) {
        return undefined;
    }
    const cause = `the receiver's revision does not serve: ${receiver.notReady}`;
    return { final: false, diagnosis: { code: "receiver-fails", cause } };
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
