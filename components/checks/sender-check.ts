import * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../../smoke";
import { gate } from "./gate";
import { restsOn } from "./last-change";
import { type Grant, refsOf } from "../grants";
import type { Sender } from "../wiring";
import { callersProbe, type CallersCheckOptions } from "./callers-check";
import { deniedAtTargets, type InsideCheckOptions } from "./denials";
import type { InsidePlace } from "./inside-probe";
import { accountProbe, policyProbes, type SmokeCheck, smokeSpec } from "./smoke-check";

/** What sends in the name of a caller, as its check sees it. */
export interface CheckedSender {
    /** Where it is. */
    place: InsidePlace;
    /** The project of the job, the queue or the subscription. */
    project: pulumi.Output<string>;
    /** Who else got grants from the component, by the name that the report gives them. */
    members: [who: string, grants: Grant[]][];
    /** The probe that makes the resource send something, if the user asked for it. */
    sending?: pulumi.Output<Probe[]> | undefined;
    /** What others add for it to send, such as tasks: the REST URL of that, and what the report calls it; absent if nobody may add any. */
    source?: { target: pulumi.Output<string>; label: string };
    /** The REST URL of the sender itself. */
    resource: pulumi.Output<string>;
    /** What makes the check run again when it changes, beside the URL and the account of the caller. */
    fingerprint?: Record<string, pulumi.Input<string>>;
}

/** Puts the spec of a sender together, and makes the gate if there is something to try. */
export function checkSender(
    component: pulumi.Resource,
    name: string,
    caller: Sender,
    options: InsideCheckOptions & CallersCheckOptions = {},
    { place, project, members, sending, source, resource, fingerprint }: CheckedSender,
): SmokeCheck {
    const { target, url, account, grants } = caller;
    const denied = deniedAtTargets(component, name, { target }, place, options);
    const probes = (): pulumi.Input<Probe[]>[] => [
        policyProbes(name, grants),
        ...members.map(([who, granted]) => policyProbes(who, granted)),
        denied.probes(project),
        sending ?? tokenProbe(name, caller, resource),
        ...(source ? [callersProbe(component, source.label, options, source)] : []),
        accountProbe(name, account),
    ];
    const spec = smokeSpec(name, project, { url, account, ...fingerprint }, probes, options);
    const rests = restsOn(component, [target, ...denied.sender]);
    const all = [...grants, ...members.flatMap(([, granted]) => granted)];
    if (options.enabled !== false && (sending !== undefined || all.length > 0)) {
        gate(component, name, spec, rests);
    }
    return { spec };
}

/** The probe that reads which token is sent, where no probe makes the resource send it. An access token has no audience. */
function tokenProbe(
    name: string,
    { account, grants, token: { oidcToken } }: Sender,
    sender: pulumi.Output<string>,
): pulumi.Output<Probe[]> {
    if (oidcToken === undefined) {
        return pulumi.output([]);
    }
    return pulumi
        .all([sender, account, oidcToken.audience, refsOf(grants)])
        .apply(([known, email, audience, refs]): Probe[] => [
            {
                ...{
                    kind: "sender",
                    name: `${name} sends a token that its target accepts`,
                    sender: known,
                    label: name,
                },
                ...{ account: email, audience, grants: refs },
            },
        ]);
}

/**
 * The probe that reads a trigger as it is deployed: it must deliver as the declared account, and to the declared destination.
 * Nothing is sent, because no API of Eventarc tells whether an event was accepted.
 * @param destination The full name of the service or the workflow.
 */
export function triggerProbe(
    name: string,
    { account, grants, token: { oidcToken } }: Sender,
    trigger: pulumi.Output<string>,
    destination: pulumi.Output<string>,
): pulumi.Output<Probe[]> {
    const known = pulumi.all([trigger, destination, account, oidcToken?.audience ?? "", refsOf(grants)]);
    return known.apply(([sender, to, email, audience, refs]): Probe[] => [
        {
            ...{ kind: "sender", name: `${name} delivers as its own account`, sender, label: name },
            ...{ account: email, audience, destination: to, grants: refs },
        },
    ]);
}
