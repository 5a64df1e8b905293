import * as pulumi from "@pulumi/pulumi";
import type { GrantRef, MessageProbe, Probe } from "../../smoke";
import { argumentError } from "../base";
import { expectationOf, type ServiceExpectation } from "./expectation";
import { refsOf } from "../grants";
import { type GrantedAccount, probeAccount } from "./probe-account";
import { targetAudience, type Sender } from "../wiring";
import type { CallersCheckOptions } from "./callers-check";
import type { InsideCheckOptions } from "./denials";
import { Ingress, type Target, TargetKind } from "../target";
import { defined } from "../../common";

/** The smoke check of a push subscription. It publishes a message only if you give it an argument. */
export interface PushSmokeCheckArgs extends CallersCheckOptions, InsideCheckOptions {
    /**
     * What the message holds that the check publishes, as JSON. `null` and `{}` are arguments too. A check that tries again
     * publishes another message.
     * @default - no message is published
     */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    argument?: pulumi.Input<any>;
    /** Attributes of the message, if the subscription's filter requires some. @default - none */
    attributes?: { [name: string]: pulumi.Input<string> };
    /**
     * The path on the target where the message can be seen once it has arrived. The check requests it with GET, as a probe
     * account; `{id}` in it stands for the message's attribute `gcp-invoke-probe`. You have to name such a path because no
     * API of Pub/Sub tells whether a push was accepted.
     * @default - nothing is published, and the report says that delivery was not tried
     */
    path?: pulumi.Input<string>;
    /** What the target answers at that path once the message has arrived. @default - any status from 200 to 299 */
    expect?: ServiceExpectation;
    /** Who may mint ID tokens as the probe account: the principal that deploys. @default - nobody */
    probeMinters?: pulumi.Input<string>[];
}

/**
 * The probe that publishes a message and looks for it on the target; undefined if the user did not ask for it.
 * @throws ResourceError if an argument needs another one, or nobody could see the message arrive
 */
export function messageProbe(
    component: pulumi.Resource,
    name: string,
    check: PushSmokeCheckArgs = {},
    { target, grants }: Sender,
    place: { topic: pulumi.Output<string>; subscription: pulumi.Output<string> },
): pulumi.Output<Probe[]> | undefined {
    checkArgs(component, check, target);
    if (check.argument === undefined) {
        return undefined;
    }
    const account =
        check.path === undefined ? undefined : probeAccount(component, name, target, check.probeMinters ?? []);
    return pulumi
        .all([
            ...([place.topic, place.subscription, pulumi.output(check.argument as unknown), refsOf(grants)] as const),
            ...([pulumi.output(check.attributes), arrivalAt(component, target, check, account)] as const),
        ])
        .apply(([topic, subscription, body, refs, attributes, arrival]: Known): Probe[] => [
            {
                ...{ kind: "message", name: `${name} → target`, topic, subscription, body },
                ...defined({ attributes, arrival }),
                grants: refs,
            },
        ]);
}

type Arrival = NonNullable<MessageProbe["arrival"]>;

/** What a message probe is made of, once all of it is known. */
type Known = [string, string, unknown, GrantRef[], Record<string, string> | undefined, Arrival | undefined];

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
        .all([target.url, path, account.email, targetAudience(target), expected, refsOf(account.grants)])
        .apply(([root, below, serviceAccount, audience, wanted, own]) => ({
            url: root.replace(/\/+$/, "") + (below.startsWith("/") ? below : `/${below}`),
            credential: { kind: "idToken" as const, serviceAccount, audience },
            expect: wanted ?? {},
            grants: own,
        }));
}

function checkArgs(component: pulumi.Resource, check: PushSmokeCheckArgs, target: Target): void {
    for (const key of ["path", "attributes"] as const) {
        if (check[key] !== undefined && check.argument === undefined) {
            throw argumentError(
                component,
                `smokeCheck.${key}`,
                "needs a message, and the check publishes none; add argument",
            );
        }
    }
    for (const key of ["expect", "probeMinters"] as const) {
        if (check[key] !== undefined && check.path === undefined) {
            throw argumentError(
                component,
                `smokeCheck.${key}`,
                "needs the request that sees the message arrive, and the check sends none; add path",
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

/** @throws ResourceError if Pub/Sub cannot push to the target */
export function checkPushTarget(component: pulumi.Resource, target: Target): void {
    if (target.kind === TargetKind.GoogleApi || target.kind === TargetKind.Job) {
        const takes = target.kind === TargetKind.Job ? "a job is run by an API that" : "a Google API";
        throw argumentError(
            component,
            "target",
            `a push subscription sends ID tokens, and ${takes} takes access tokens; ` +
                "let it call an AuthenticatedWorkflow or an InvokableService that does",
        );
    }
    // https://cloud.google.com/functions/1stgendocs/networking/network-settings
    if (target.kind === TargetKind.Function && (target.ingress ?? Ingress.All) !== Ingress.All) {
        throw argumentError(
            component,
            "target",
            "is a function of the 1st generation with internal ingress, which Pub/Sub does not reach; " +
                "open its ingress (IAM still decides who gets in), or move it to the 2nd generation",
        );
    }
}
