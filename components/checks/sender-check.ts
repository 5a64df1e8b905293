import type * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../../smoke";
import { gate } from "./gate";
import { bindingsOf, type Grant } from "../grants";
import type { Sender } from "../wiring";
import { deniedProbesOf, policyProbes, type SmokeCheck, type SmokeCheckOptions, smokeSpec } from "./smoke-check";

/** What sends in the name of a caller, as its check sees it. */
export interface CheckedSender {
    /** The job, the queue or the subscription. */
    resource: pulumi.Resource;
    /** The project of that resource. */
    project: pulumi.Output<string>;
    /** Who else got grants from the component, by the name that the report gives them. */
    members: [who: string, grants: Grant[]][];
    /** The probe that makes the resource send something, where the user asked for it. */
    sending?: pulumi.Output<Probe[]> | undefined;
    /** What that probe needs, beside the resource. */
    needs?: pulumi.Resource[];
    /** What makes the check run again when it changes, beside the URL and the account of the caller. */
    fingerprint?: Record<string, pulumi.Input<string>>;
}

/** Puts the spec of a sender together, and makes the gate where there is something to try. */
export function checkSender(
    component: pulumi.Resource,
    name: string,
    { target, url, account, grants }: Sender,
    options: SmokeCheckOptions = {},
    { resource, project, members, sending, needs = [], fingerprint }: CheckedSender,
): SmokeCheck {
    const probes = (): pulumi.Input<Probe[]>[] => [
        policyProbes(name, grants),
        ...members.map(([who, granted]) => policyProbes(who, granted)),
        deniedProbesOf({ target }, project),
        ...(sending ? [sending] : []),
    ];
    const spec = smokeSpec(name, project, { url, account, ...fingerprint }, probes, options);
    const all = [...grants, ...members.flatMap(([, granted]) => granted)];
    if (options.enabled !== false && (sending !== undefined || all.length > 0)) {
        gate(component, name, spec, bindingsOf([resource, ...needs], all));
    }
    return { spec };
}
