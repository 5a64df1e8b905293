import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import type * as pulumi from "@pulumi/pulumi";
import { ownAccountId } from "./account";
import { bindRole } from "./binding";
import { type Grant, grantRoles, rolesOf } from "./grant";
import { GrantResourceType, type Target } from "./target";

/** The account that a smoke check calls a service as: nobody's own credential ever goes to a service. */
export interface ProbeAccount {
    email: pulumi.Output<string>;
    /** That it may invoke the service. */
    grant: Grant;
    resources: pulumi.Resource[];
}

/** Makes a probe account, lets it invoke the target, and lets the minters mint ID tokens (and nothing else) as it. */
export function probeAccount(
    component: pulumi.Resource,
    name: string,
    target: Target,
    minters: pulumi.Input<string>[],
): ProbeAccount {
    const account = new serviceaccount.Account(
        `${name}-probe`,
        {
            accountId: ownAccountId(component, `${name}-probe`),
            displayName: `${name} (smoke check)`.slice(0, 100),
            ...(target.resource?.project && { project: target.resource.project }),
        },
        { parent: component },
    );
    const [grant] = grantRoles(component, `${name}-probe-invoker`, name, rolesOf(component, name, target), account);
    if (grant === undefined) throw new Error(`${name} is no target that can be granted`);
    const bindings = minters.map((member, index) =>
        bindRole(
            `${name}-probe-minter${index === 0 ? "" : `-${index + 1}`}`,
            { type: GrantResourceType.ServiceAccount, name: account.email, project: account.project },
            account.project,
            { role: "roles/iam.serviceAccountOpenIdTokenCreator", member },
            { parent: component },
        ),
    );
    return { email: account.email, grant, resources: [account, grant.binding, ...bindings] };
}
