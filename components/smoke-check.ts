import * as pulumi from "@pulumi/pulumi";
import type { PolicyProbe, Probe, RequestProbe, SmokeSpec } from "../smoke";
import type { Grant } from "./grant";
import { type GrantInfo } from "./grant";
import { Ingress, type Target, TargetKind } from "./target";

/** What every smoke check takes. */
export interface SmokeCheckOptions {
    /** @default true */
    enabled?: boolean;
    /** How long to go on retrying, in seconds: a grant takes about 2 minutes to reach everywhere, at times 7 or more. @default 600 */
    deadlineSeconds?: pulumi.Input<number>;
}

/** The evidence that a component can give, as its output. */
export interface SmokeCheck {
    /** What the check does and expects (a `SmokeSpec`): `gcp-invoke verify` runs it at any time. Holds no secret. */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    spec: pulumi.Output<any>;
}

/** Reads the policy of what was granted on and looks for the binding: reaches no user's code. */
export function policyProbes(caller: string, grants: Grant[]): pulumi.Output<PolicyProbe[]> {
    return pulumi.all(
        grants.map((grant) =>
            grant.ref.apply((ref) => ({
                kind: "policy" as const,
                name: `${caller} has ${ref.role} on ${ref.label}`,
                grant: ref,
            })),
        ),
    );
}

/**
 * What must be refused: a call without a token, and one with a token whose signature cannot be right. Both are turned
 * away at the front door, before any user's code; from a service with internal ingress they are reported as not tried.
 */
export function deniedProbes(
    label: string,
    url: pulumi.Input<string>,
    ingress: Ingress,
): pulumi.Output<RequestProbe[]> {
    return pulumi.output(url).apply((known) =>
        (["none", "broken"] as const).map((kind): RequestProbe => ({
            kind: "request",
            name: `${kind === "none" ? "anonymous" : "broken token"} → ${label}`,
            url: known,
            credential: { kind },
            outcome: "denied",
            // Cloud Run answers 403 to no token and 401 to a bad one.
            deniedStatus: kind === "none" ? [403] : [401],
            ingress: ingress === Ingress.All ? "all" : "internal",
        })),
    );
}

/** The denials that a caller's check shows for the invokables it calls, once each. */
export function deniedProbesOf(targets: Record<string, Target>): pulumi.Output<RequestProbe[]> {
    return pulumi
        .all(
            Object.entries(targets)
                .filter(
                    ([, target]) => target.kind === TargetKind.Run && (target.ingress ?? Ingress.All) !== Ingress.All,
                )
                .map(([key, target]) => deniedProbes(key, target.url, target.ingress ?? Ingress.All)),
        )
        .apply((probes) => probes.flat() as RequestProbe[]);
}

/** Puts a spec together. */
export function smokeSpec(
    name: string,
    project: pulumi.Input<string>,
    fingerprint: Record<string, pulumi.Input<string>>,
    probes: pulumi.Input<Probe[]>[],
    options: SmokeCheckOptions,
): pulumi.Output<SmokeSpec> {
    return pulumi
        .all([project, pulumi.output(fingerprint), pulumi.all(probes), options.deadlineSeconds])
        .apply(([ownProject, prints, lists, deadlineSeconds]): SmokeSpec => ({
            version: 1,
            name,
            project: ownProject,
            fingerprint: prints,
            probes: lists.flat(),
            ...(deadlineSeconds !== undefined && { deadlineSeconds }),
        }));
}

/** The grants of a component as plain data, for its outputs. */
export function grantInfos(grants: Grant[]): GrantInfo[] {
    return grants.map(({ info }) => info);
}
