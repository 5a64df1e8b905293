import * as pulumi from "@pulumi/pulumi";
import type { PolicyProbe, Probe, RequestProbe, SmokeSpec } from "../../smoke";
import { type Grant, type GrantInfo, refsOf, policyUrl } from "../grants";
import { oncePer } from "../base";
import { Ingress, type Target, TargetKind } from "../target";

/** What every smoke check takes. */
export interface SmokeCheckOptions {
    /** @default true */
    enabled?: boolean;
    /** How long to go on retrying, in seconds: a grant takes about 2 minutes to reach everywhere, at times 7 or more. @default 600 */
    deadline?: pulumi.Input<number>;
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
    return refsOf(grants).apply((refs) =>
        refs.map((grant) => ({
            kind: "policy" as const,
            name: `${caller} has ${grant.role} on ${grant.label}`,
            grant,
        })),
    );
}

/**
 * What must be refused: a call without a token, and one with a token whose signature cannot be right. Both are turned
 * away at the front door, before any user's code; from a service with internal ingress they are reported as not tried.
 * Who got in all the same is looked up in the receiver's policy.
 * @param project The receiver's, where its resource names none.
 */
export function deniedProbes(
    label: string,
    target: Target,
    project: pulumi.Input<string>,
): pulumi.Output<RequestProbe[]> {
    return denials([[label, target]], project);
}

function denials(
    targets: [label: string, target: Target][],
    project: pulumi.Input<string>,
): pulumi.Output<RequestProbe[]> {
    const doors = targets.map(([, target]) =>
        target.resource?.project === undefined ? doorOf(target, project) : ownDoor(target),
    );
    return pulumi.all(doors).apply((known) =>
        targets.flatMap(([label, { kind, ingress }], index) => {
            const [url, resource] = known[index] ?? ["", ""];
            return (["none", "broken"] as const).map((credential): RequestProbe => ({
                kind: "request",
                name: `${credential === "none" ? "anonymous" : "broken token"} → ${label}`,
                url,
                credential: { kind: credential },
                outcome: "denied",
                deniedStatus: kind === TargetKind.Iap ? iapDenies : runDenies[credential],
                ingress: (ingress ?? Ingress.All) === Ingress.All ? "all" : "internal",
                resource,
            }));
        }),
    );
}

/** The URL of a target, and where it is written whom it lets in. */
function doorOf({ url, resource }: Target, project: pulumi.Input<string>): pulumi.Output<[string, string]> {
    return pulumi.all([url, policyUrl(resource, project)]);
}

const ownDoor = oncePer((target: Target) => doorOf(target, ""));

/** IAP sends who shows nothing to its sign-in page, and answers 401 to a token it does not accept (or wants none by). */
const iapDenies = [302, 401];

/** Cloud Run answers 403 to no token and 401 to a bad one. */
const runDenies = { none: [403], broken: [401] };

/** The denials that a caller's check shows for what it calls, once each: for those that have no check of their own, or none that tries. */
export function deniedProbesOf(
    targets: Record<string, Target>,
    project: pulumi.Input<string>,
): pulumi.Output<RequestProbe[]> {
    const untried = Object.entries(targets).filter(
        ([, { kind, ingress }]) =>
            kind === TargetKind.Iap || (kind === TargetKind.Run && (ingress ?? Ingress.All) !== Ingress.All),
    );
    return denials(untried, project);
}

/**
 * Puts a spec together.
 * @param probes Called when the fingerprint is known: a preview seldom knows it, and then makes no output for each probe.
 */
export function smokeSpec(
    name: string,
    project: pulumi.Input<string>,
    fingerprint: pulumi.Input<Record<string, pulumi.Input<string>>>,
    probes: () => pulumi.Input<Probe[]>[],
    options: SmokeCheckOptions,
): pulumi.Output<SmokeSpec> {
    return pulumi.all([project, fingerprint, options.deadline]).apply(([ownProject, prints, deadlineSeconds]) =>
        pulumi.all(probes()).apply((lists): SmokeSpec => ({
            version: 1,
            name,
            project: ownProject,
            fingerprint: prints,
            probes: lists.flat(),
            ...(deadlineSeconds !== undefined && { deadlineSeconds }),
        })),
    );
}

/** The grants of a component as plain data, for its outputs. */
export function grantInfos(grants: Grant[]): GrantInfo[] {
    return grants.map(({ info }) => info);
}
