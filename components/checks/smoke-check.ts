import * as pulumi from "@pulumi/pulumi";
import type { AccountProbe, GrantRef, PolicyProbe, Probe, SmokeSpec, UntriedDenial } from "../../smoke";
import { type Grant, type GrantInfo, refsOf } from "../grants";
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
     * status from 500, or did not answer in time. Without it, the check tries again only if Google's front end refused, so
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
    return refsOf(grants).apply((refs) => {
        const probeName = ({ role, label }: GrantRef) => `${caller} has ${role} on ${label}`;
        return refs.map((grant) => {
            // A Google API can have the same role on several resources.
            const isShared = refs.filter((other) => probeName(other) === probeName(grant)).length > 1;
            const name = isShared ? `${probeName(grant)} (${labelOf(grant.resource)})` : probeName(grant);
            return { kind: "policy" as const, name, grant };
        });
    });
}

const labelOf = (resource: string): string => {
    const [, region] = /\/locations\/([^/]+)\//.exec(resource) ?? [];
    const name = resource.slice(resource.lastIndexOf("/") + 1);
    return region === undefined ? name : `${name} in ${region}`;
};

/** A probe that reads the account that something runs or sends as. */
export function accountProbe(label: string, account: pulumi.Input<string | undefined>): pulumi.Output<AccountProbe[]> {
    return pulumi
        .output(account)
        .apply((email) =>
            email === undefined
                ? []
                : [{ kind: "account" as const, name: `the account of ${label} is enabled`, account: email, label }],
        );
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
    untriedDenials: pulumi.Input<UntriedDenial[]> = [],
): pulumi.Output<SmokeSpec> {
    return pulumi
        .all([project, fingerprint, options.deadline, options.safeToRepeat, untriedDenials])
        .apply(([ownProject, prints, deadlineSeconds, safeToRepeat, untried]) =>
            pulumi.all(probes()).apply((lists): SmokeSpec => ({
                version: 1,
                name,
                project: ownProject,
                fingerprint: prints,
                probes: lists.flat(),
                ...defined({ deadlineSeconds, safeToRepeat }),
                ...(untried.length > 0 && { untried }),
            })),
        );
}

/** The grants of a component as plain data, for its output. */
export function grantInfos(grants: Grant[]): GrantInfo[] {
    return grants.map(({ info }) => info);
}
