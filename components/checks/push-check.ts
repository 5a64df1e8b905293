import * as pulumi from "@pulumi/pulumi";
import type { GrantRef, MessageProbe, Probe } from "../../smoke";
import { argumentError } from "../base";
import { expectationOf, type ServiceExpectation } from "./expectation";
import { type Grant, refsOf } from "../grants";
import { type GrantedAccount, probeAccount } from "./probe-account";
import { audienceOf } from "../wiring";
import type { SmokeCheckOptions } from "./smoke-check";
import { Ingress, type Target } from "../target";

/** The smoke check of a push subscription. Without an argument nothing is published. */
export interface PushSmokeCheckArgs extends SmokeCheckOptions {
    /**
     * What a message that is published holds, as JSON (`null` and `{}` count); retries publish another one.
     * @default - no message is published
     */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
    /** The message's attributes: what the subscription's filter wants. @default - none */
    attributes?: { [name: string]: pulumi.Input<string> };
    /**
     * Where on the target the message can be seen once it has arrived, requested with GET as a probe account; `{id}` stands
     * for the message's attribute `gcp-invoke-probe`. No API of Pub/Sub tells whether a push was accepted.
     * @default - nothing is published: that it arrives is reported as not tried
     */
    path?: pulumi.Input<string>;
    /** What is answered there once it has arrived. @default - any status below 400 */
    expect?: ServiceExpectation;
    /** Who may mint ID tokens as the probe account: the principal that deploys. @default - nobody */
    probeMinters?: pulumi.Input<string>[];
}

/** The probe that publishes, where the user asked for it, and what it waits for. */
export interface Publishing {
    sending: pulumi.Output<Probe[]> | undefined;
    needs: pulumi.Resource[];
}

/** @throws ResourceError where a message could not be seen to arrive. */
export function publishing(
    component: pulumi.Resource,
    name: string,
    check: PushSmokeCheckArgs,
    target: Target,
    {
        topic,
        subscription,
        grants,
    }: { topic: pulumi.Output<string>; subscription: pulumi.Output<string>; grants: Grant[] },
): Publishing {
    checkArgs(component, check, target);
    if (check.argument === undefined) {
        return { sending: undefined, needs: [] };
    }
    const account =
        check.path === undefined ? undefined : probeAccount(component, name, target, check.probeMinters ?? []);
    const sending = pulumi
        .all([
            ...([topic, subscription, pulumi.output(check.argument as unknown), refsOf(grants)] as const),
            ...([pulumi.output(check.attributes), arrivalAt(component, target, check, account)] as const),
        ])
        .apply(([ownTopic, ownSubscription, body, refs, attributes, arrival]: Sent): Probe[] => [
            {
                ...{ kind: "message", name: `${name} → target`, topic: ownTopic, subscription: ownSubscription, body },
                ...(attributes !== undefined && { attributes }),
                ...(arrival && { arrival }),
                grants: refs,
            },
        ]);
    return { sending, needs: account?.resources ?? [] };
}

type Arrival = NonNullable<MessageProbe["arrival"]>;

type Sent = [string, string, unknown, GrantRef[], Record<string, string> | undefined, Arrival | undefined];

function arrivalAt(
    component: pulumi.Resource,
    target: Target,
    { path = "", expect }: PushSmokeCheckArgs,
    account: GrantedAccount | undefined,
): pulumi.Output<Arrival | undefined> {
    if (account === undefined) {
        return pulumi.output(undefined);
    }
    const expected = expectationOf(component, "smokeCheck.expect", expect, account.email);
    return pulumi
        .all([target.url, path, account.email, audienceOf(target), expected, refsOf([account.grant])])
        .apply(([url, ownPath, serviceAccount, audience, wanted, own]) => ({
            url: url.replace(/\/+$/, "") + ownPath,
            credential: { kind: "idToken" as const, serviceAccount, audience },
            expect: wanted ?? {},
            grants: own,
        }));
}

function checkArgs(component: pulumi.Resource, check: PushSmokeCheckArgs, target: Target): void {
    for (const key of ["path", "attributes"] as const) {
        if (check[key] !== undefined && check.argument === undefined) {
            throw argumentError(component, `smokeCheck.${key}`, "is of a message, and none is published; add argument");
        }
    }
    for (const key of ["expect", "probeMinters"] as const) {
        if (check[key] !== undefined && check.path === undefined) {
            throw argumentError(
                component,
                `smokeCheck.${key}`,
                "is of the request that sees the message arrive, and none is made; add path",
            );
        }
    }
    const ingress = target.ingress ?? Ingress.All;
    if (check.path !== undefined && ingress !== Ingress.All) {
        throw argumentError(
            component,
            "smokeCheck.path",
            `is not seen from outside: the target's ingress is "${ingress}", which answers 404 to everyone there; ` +
                `leave it out, or set that to "all" (IAM still decides who gets in)`,
        );
    }
}
