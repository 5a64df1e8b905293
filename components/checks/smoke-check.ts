import * as pulumi from "@pulumi/pulumi";
import type { PolicyProbe, Probe, RequestProbe, SmokeSpec } from "../../smoke";
import { type Grant, type GrantInfo, refsOf, policyUrl } from "../grants";
import { memoized } from "../base";
import { Ingress, type Target, TargetKind } from "../target";
import { defined } from "../../common";

/** What every smoke check takes. Without more arguments, a check never reaches code of yours. */
export interface SmokeCheckOptions {
    /** Whether the check runs. @default true */
    enabled?: boolean;
    /**
     * For how long the check tries again, in seconds. A grant takes about 2 minutes to reach all of Google Cloud, and sometimes 7
     * or more (https://cloud.google.com/iam/docs/access-change-propagation).
     * @default 600
     */
    deadline?: pulumi.Input<number>;
    /**
     * Whether what the check sends may reach your code again after your code itself failed: answered with 401, 403, 429 or a
     * status from 500, or did not answer in time. Without it, the check tries again only where Google's front end refused, so
     * that your code did not see the request.
     * @default false
     */
    safeToRepeat?: pulumi.Input<boolean>;
}

/** What a component checks, as its output. */
export interface SmokeCheck {
    /** What the check tries and expects: a `SmokeSpec`, which `gcp-invoke verify` runs at any time. It holds no token. */
    // The schema that other languages are generated from knows `any`, and no type that can be looked into.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    spec: pulumi.Output<any>;
}

/** A probe for each grant, which looks for its binding in the resource's policy. It reaches no code of the user's. */
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
 * Two calls that the target must deny: one without a token, and one with a token whose signature cannot be right. Google denies
 * both before any code of the user's. For a service with internal ingress they are reported as not tried. Where one of them
 * is let in, the receiver's policy tells why.
 * @param project The project of the target, where its resource names none.
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
        target.resource?.project === undefined ? frontDoor(target, project) : ownFrontDoor(target),
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

/** The URL of a target, and the URL of the resource whose policy tells whom it lets in. */
function frontDoor({ url, resource }: Target, project: pulumi.Input<string>): pulumi.Output<[string, string]> {
    return pulumi.all([url, policyUrl(resource, project)]);
}

const ownFrontDoor = memoized((target: Target) => frontDoor(target, ""));

/** IAP sends a caller without a token to its sign-in page, and answers 401 to a token that it does not accept. */
const iapDenies = [302, 401];

/** Cloud Run answers 403 to a call without a token, and 401 to a bad token. */
const runDenies = { none: [403], broken: [401] };

/**
 * The denials that the check of a caller tries at its targets: only at those that have no check of their own, or whose own check
 * cannot try them.
 */
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
 * @param probes Is called when the fingerprint is known. A preview seldom knows it, and then has no outputs of probes to make.
 */
export function smokeSpec(
    name: string,
    project: pulumi.Input<string>,
    fingerprint: pulumi.Input<Record<string, pulumi.Input<string>>>,
    probes: () => pulumi.Input<Probe[]>[],
    options: SmokeCheckOptions,
): pulumi.Output<SmokeSpec> {
    return pulumi
        .all([project, fingerprint, options.deadline, options.safeToRepeat])
        .apply(([ownProject, prints, deadlineSeconds, safeToRepeat]) =>
            pulumi.all(probes()).apply((lists): SmokeSpec => ({
                version: 1,
                name,
                project: ownProject,
                fingerprint: prints,
                probes: lists.flat(),
                ...defined({ deadlineSeconds, safeToRepeat }),
            })),
        );
}

/** The grants of a component as plain data, for its output. */
export function grantInfos(grants: Grant[]): GrantInfo[] {
    return grants.map(({ info }) => info);
}
