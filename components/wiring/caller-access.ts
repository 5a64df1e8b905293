import * as pulumi from "@pulumi/pulumi";
import { enableApis, type Grant, grantTargets, type Identity, identityOf, targetRoles } from "../grants";
import { argumentError, knownProject } from "../base";
import type { CallerArgs } from "../caller-args";
import { targetValues } from "./environment";
import type { Target } from "../target";
import { targetVariables } from "./variables";

type InvokingArgs = CallerArgs & { invokes: Record<string, Target> };

/** What a caller has that somebody else deploys: an account with its grants, and the variables that its code reads. */
export interface CallerAccess {
    identity: Identity;
    grants: Grant[];
    environment: pulumi.Output<Record<string, string>>;
    /** The APIs that the component enabled. */
    apis: pulumi.Resource[];
}

/**
 * Makes an account for a caller that this package does not deploy, with its grants on what it calls.
 * @param what What the caller is, such as `instance`, for the account's display name.
 * @throws ResourceError if a target lacks what its kind needs, or two keys make the same variable
 */
export function callerAccess(
    component: pulumi.Resource,
    name: string,
    what: string,
    args: InvokingArgs,
    enabled: string[],
): CallerAccess {
    const identity = identityOf(component, name, what, args, Object.values(args.invokes));
    return accessOf(component, name, args, identity, enabled);
}

/**
 * The same for a principal that has its grants itself, without an account.
 * @param principal Makes the IAM member, by the caller's project.
 */
export function directAccess(
    component: pulumi.Resource,
    name: string,
    args: InvokingArgs,
    principal: (project: pulumi.Output<string>) => pulumi.Output<string>,
): CallerAccess {
    for (const key of ["serviceAccount", "accountId"] as const) {
        if (args[key] !== undefined) {
            throw argumentError(component, key, "is for a caller with an account, and this one has none; leave it out");
        }
    }
    const given = knownProject(component, args.project);
    if (given === undefined) {
        throw argumentError(component, "project", "is missing; give it, or set gcp:project");
    }
    const project = pulumi.output(given);
    const identity = { email: pulumi.output(""), member: principal(project), project };
    return accessOf(component, name, args, identity, ["iam"]);
}

function accessOf(
    component: pulumi.Resource,
    name: string,
    args: InvokingArgs,
    identity: Identity,
    enabled: string[],
): CallerAccess {
    const { invokes } = args;
    const roles = targetRoles(component, "invokes", invokes);
    const variables = targetVariables(component, "invokes", invokes);
    const grants = grantTargets(component, name, roles, identity);
    const environment = pulumi.output(
        targetValues(invokes, variables, identity.project),
    ) as CallerAccess["environment"];
    return { identity, grants, environment, apis: enableApis(component, name, args, enabled) };
}
