import type * as pulumi from "@pulumi/pulumi";
import type { Probe } from "../../smoke";
import { gate } from "./gate";
import { bindingsOf, type Grant } from "../grants";
import { deniedProbesOf, policyProbes, type SmokeCheck, type SmokeCheckOptions, smokeSpec } from "./smoke-check";
import type { Target } from "../target";

/** What sends in Google's name, as its check sees it. */
export interface CheckedSender {
    /** The job, the queue or the subscription. */
    resource: pulumi.Resource;
    project: pulumi.Output<string>;
    target: Target;
    /** What makes the check run again when it changes. */
    fingerprint: Record<string, pulumi.Input<string>>;
    /** Who has which grants: the sender's own first. */
    grants: [who: string, grants: Grant[]][];
    /** The probe that sends, where the user asked for it, and what it waits for. */
    sending?: pulumi.Output<Probe[]> | undefined;
    needs?: pulumi.Resource[];
}

/** The spec of a sender, and the gate where there is something to try. */
export function checkSender(
    component: pulumi.Resource,
    name: string,
    { resource, project, target, fingerprint, grants, sending, needs = [] }: CheckedSender,
    options: SmokeCheckOptions,
): SmokeCheck {
    const probes = (): pulumi.Input<Probe[]>[] => [
        ...grants.map(([who, each]) => policyProbes(who, each)),
        deniedProbesOf({ target }, project),
        ...(sending ? [sending] : []),
    ];
    const spec = smokeSpec(name, project, fingerprint, probes, options);
    const all = grants.flatMap(([, each]) => each);
    if (options.enabled !== false && (sending !== undefined || all.length > 0)) {
        gate(component, name, spec, bindingsOf([resource, ...needs], all));
    }
    return { spec };
}
