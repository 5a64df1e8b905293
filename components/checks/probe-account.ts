import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import { keepsId, ownAccountId, type Grant, grantRole, grantInvoking, memberNames, refsOf, warned } from "../grants";
import type { Probe } from "../../smoke";
import { GrantResourceType } from "../grant-resource";
import type { Target } from "../target";
import { defined } from "../../common";

/** An account that a smoke check calls as. The credential of the deployer itself never goes to a service. */
export interface ProbeAccount {
    email: pulumi.Output<string>;
    /** The grants that let others mint its tokens. */
    minters: Grant[];
}

/** A probe account that may call the service. */
export interface GrantedAccount extends ProbeAccount {
    /** The grants that let it: one in each of the service's regions. */
    grants: Grant[];
}

/** Makes a probe account that may invoke the target. The minters may mint ID tokens as that account, and nothing else. */
export function probeAccount(
    component: pulumi.Resource,
    name: string,
    target: Target,
    minters: pulumi.Input<string>[],
): GrantedAccount {
    const { account, granted } = accountFor(component, `${name}-probe`, `${name} (smoke check)`, target, minters);
    const invoker = { name: `${name}-probe-invoker`, label: name, target };
    const grants = grantInvoking(component, name, invoker, account);
    return { email: account.email, minters: granted, grants };
}

/** Makes an account without any grant. The target must deny a call with its token, although the token itself is right. */
export function strangerAccount(
    component: pulumi.Resource,
    name: string,
    target: Target,
    minters: pulumi.Input<string>[],
): ProbeAccount {
    const text = `${name} (smoke check: must be denied)`;
    const { account, granted } = accountFor(component, `${name}-stranger`, text, target, minters);
    return { email: account.email, minters: granted };
}

/** A probe for each grant that lets somebody mint tokens of the account: without it nothing is tried as that account. */
export function minterProbes(account: ProbeAccount | undefined): pulumi.Output<Probe[]> {
    return refsOf(account?.minters ?? []).apply((refs) =>
        refs.map((grant, at): Probe => {
            const minter = at === 0 ? "probe minter" : `probe minter ${at + 1}`;
            return { kind: "policy", name: `${minter} → tokens of ${grant.label}`, grant };
        }),
    );
}

function accountFor(
    component: pulumi.Resource,
    name: string,
    displayName: string,
    target: Target,
    minters: pulumi.Input<string>[],
): { account: serviceaccount.Account; granted: Grant[] } {
    const account = new serviceaccount.Account(
        name,
        {
            accountId: ownAccountId(component, name),
            displayName: displayName.slice(0, 100),
            ...defined({ project: target.resource?.project }),
        },
        { parent: component, ...keepsId("accountId") },
    );
    const names = memberNames(`${name}-minter`, minters);
    const resource = { type: GrantResourceType.ServiceAccount, name: account.email, project: account.project };
    const request = { role: "roles/iam.serviceAccountOpenIdTokenCreator", resource };
    const granted = warned(
        minters.map((given, index) => {
            const member = pulumi.output(given);
            return grantRole(component, names[index] ?? name, name, request, { member, project: account.project });
        }),
    );
    return { account, granted };
}
