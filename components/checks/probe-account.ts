import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import type * as pulumi from "@pulumi/pulumi";
import { ownAccountId, bindRole, type Grant, grantRoles, rolesOf, memberNames } from "../grants";
import { GrantResourceType, type Target } from "../target";
import { InternalError } from "../../errors";

/** An account that a smoke check calls as: nobody's own credential ever goes to a service. */
export interface ProbeAccount {
    email: pulumi.Output<string>;
    /** What the check waits for. */
    resources: pulumi.Resource[];
}

/** An account that may call. */
export interface GrantedAccount extends ProbeAccount {
    /** That it may invoke the service. */
    grant: Grant;
}

/** Makes a probe account, lets it invoke the target, and lets the minters mint ID tokens (and nothing else) as it. */
export function probeAccount(
    component: pulumi.Resource,
    name: string,
    target: Target,
    minters: pulumi.Input<string>[],
): GrantedAccount {
    const { account, resources } = minted(component, `${name}-probe`, `${name} (smoke check)`, target, minters);
    const [grant] = grantRoles(component, `${name}-probe-invoker`, name, rolesOf(component, name, target), account);
    if (grant === undefined) {
        throw new InternalError(`${name} is no target that can be granted`);
    }
    return { email: account.email, grant, resources: [...resources, grant.binding] };
}

/** Makes an account that may invoke nothing: with a right token of it, the target must still deny. */
export function strangerAccount(
    component: pulumi.Resource,
    name: string,
    target: Target,
    minters: pulumi.Input<string>[],
): ProbeAccount {
    const text = `${name} (smoke check: must be denied)`;
    const { account, resources } = minted(component, `${name}-stranger`, text, target, minters);
    return { email: account.email, resources };
}

function minted(
    component: pulumi.Resource,
    name: string,
    displayName: string,
    target: Target,
    minters: pulumi.Input<string>[],
): { account: serviceaccount.Account; resources: pulumi.Resource[] } {
    const account = new serviceaccount.Account(
        name,
        {
            accountId: ownAccountId(component, name),
            displayName: displayName.slice(0, 100),
            ...(target.resource?.project && { project: target.resource.project }),
        },
        { parent: component },
    );
    const names = memberNames(`${name}-minter`, minters);
    const bindings = minters.map((member, index) =>
        bindRole(
            names[index] ?? name,
            { type: GrantResourceType.ServiceAccount, name: account.email, project: account.project },
            account.project,
            { role: "roles/iam.serviceAccountOpenIdTokenCreator", member },
            { parent: component },
        ),
    );
    return { account, resources: [account, ...bindings] };
}
