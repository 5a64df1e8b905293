import * as pulumi from "@pulumi/pulumi";
import type { GrantRef } from "../../smoke";
import { bindRole, isRegional, policyUrl } from "./binding";
import { argumentError, oncePer } from "../base";
import { warnWhereShared } from "./shared-grant";
import { type GrantResource, GrantResourceType, type RoleRequest, type Target, TargetKind } from "../target";

/** A grant as plain data: who may do what on what. */
export interface GrantInfo {
    /** `serviceAccount:fulfil@p.iam.gserviceaccount.com` */
    member: pulumi.Output<string>;
    role: string;
    /** The REST URL of the resource whose policy has the binding. */
    resource: pulumi.Output<string>;
    /** What people call the target: its key, such as `orders`. */
    label: string;
}

/** The IAM binding that lets one member invoke one target. Others can depend on it: `dependsOn: grant.binding`. */
export interface Grant {
    /** The `…IamMember` resource. */
    readonly binding: pulumi.CustomResource;
    readonly info: GrantInfo;
}

/** Grants as the smoke check reads them, and as components tell them. */
export const refsOf = oncePer((grants: Grant[]): pulumi.Output<GrantRef[]> => {
    // Members first: where they are not known yet, there is no output for each of the resources.
    const members = [...new Set(grants.map(({ info }) => info.member))];
    return pulumi.all(members).apply((known) =>
        pulumi.all(grants.map(({ info }) => info.resource)).apply((resources) =>
            grants.map(({ info: { member, role, label } }, index) => ({
                member: known[members.indexOf(member)] ?? "",
                role,
                resource: resources[index] ?? "",
                label,
            })),
        ),
    );
});

/** The same grants, and a warning for each that the program makes elsewhere too. */
export function warned(grants: Grant[]): Grant[] {
    refsOf(grants).apply((refs) => {
        refs.forEach((ref, index) => {
            const grant = grants[index];
            if (grant !== undefined) {
                warnWhereShared(grant.binding, ref);
            }
        });
    });
    return grants;
}

const invokerRoles: Partial<Record<TargetKind, string>> = {
    [TargetKind.Run]: "roles/run.invoker",
    [TargetKind.Function]: "roles/cloudfunctions.invoker",
    [TargetKind.Iap]: "roles/iap.httpsResourceAccessor",
};

const invokableTypes: Partial<Record<TargetKind, GrantResourceType[]>> = {
    [TargetKind.Run]: [GrantResourceType.RunService],
    [TargetKind.Function]: [GrantResourceType.Function],
    [TargetKind.Iap]: [GrantResourceType.IapRunService, GrantResourceType.IapBackendService],
};

/** Roles that a single resource can carry, by what they begin with: on the project they would open all of its kind. */
const resourceRoles: [prefix: string, type: GrantResourceType][] = [
    ["roles/run.invoker", GrantResourceType.RunService],
    ["roles/run.servicesInvoker", GrantResourceType.RunService],
    ["roles/cloudfunctions.invoker", GrantResourceType.Function],
    ["roles/iap.httpsResourceAccessor", GrantResourceType.IapRunService],
    ["roles/secretmanager.secret", GrantResourceType.Secret],
    ["roles/pubsub.publisher", GrantResourceType.Topic],
    ["roles/pubsub.subscriber", GrantResourceType.Subscription],
    ["roles/cloudtasks.enqueuer", GrantResourceType.Queue],
    ["roles/storage.object", GrantResourceType.Bucket],
    ["roles/storage.legacy", GrantResourceType.Bucket],
    ["roles/artifactregistry.reader", GrantResourceType.Repository],
    ["roles/artifactregistry.writer", GrantResourceType.Repository],
    ["roles/iam.serviceAccountTokenCreator", GrantResourceType.ServiceAccount],
    ["roles/iam.serviceAccountOpenIdTokenCreator", GrantResourceType.ServiceAccount],
    ["roles/iam.serviceAccountUser", GrantResourceType.ServiceAccount],
    ["roles/iam.workloadIdentityUser", GrantResourceType.ServiceAccount],
];

const basicRoles = ["roles/owner", "roles/editor", "roles/viewer"];

/**
 * The roles that a caller needs on a target, each on the narrowest resource that can carry it.
 * @param argument Where the target stands in the arguments, for errors: `targets.orders`.
 * @throws ResourceError where the target lacks what its kind needs, or a role is wider than it must be.
 */
export function rolesOf(component: pulumi.Resource, argument: string, target: Target): RoleRequest[] {
    const requests = requestsOf(component, argument, target);
    for (const request of requests) {
        checkRole(component, argument, request);
    }
    return requests;
}

function requestsOf(component: pulumi.Resource, argument: string, target: Target): RoleRequest[] {
    if (target.eventDriven === true) {
        throw argumentError(
            component,
            argument,
            "is a function with a trigger, and only its trigger invokes it; send it an event, or make a function without one",
        );
    }
    if (target.kind === TargetKind.GoogleApi) {
        return target.roles ?? [];
    }
    if (target.kind === TargetKind.External) {
        return secretRole(target);
    }
    const role = invokerRoles[target.kind];
    const types = invokableTypes[target.kind];
    if (role === undefined || types === undefined) {
        throw argumentError(
            component,
            `${argument}.kind`,
            `"${target.kind}" is no kind of target; one of ${Object.values(TargetKind).join(", ")}`,
        );
    }
    if (target.resource === undefined || !types.includes(target.resource.type)) {
        throw argumentError(
            component,
            `${argument}.resource`,
            `a target of kind "${target.kind}" needs the resource that ${role} is granted on, of type ${types.join(" or ")}, ` +
                `and has ${target.resource === undefined ? "none" : `"${target.resource.type}"`}`,
        );
    }
    return [{ role, resource: target.resource }];
}

function secretRole(target: Target): RoleRequest[] {
    if (target.secret === undefined) {
        return [];
    }
    const { secret, project } = target.secret;
    const resource: GrantResource = { type: GrantResourceType.Secret, name: secret, ...(project && { project }) };
    return [{ role: "roles/secretmanager.secretAccessor", resource }];
}

function checkRole(component: pulumi.Resource, argument: string, request: RoleRequest): void {
    const { role, resource } = request;
    const where = `${argument}.roles`;
    if (!/^(roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/[\w.]+$/.test(role)) {
        throw argumentError(
            component,
            where,
            `"${role}" is no role; it looks like roles/bigquery.jobUser or projects/PROJECT/roles/NAME`,
        );
    }
    if (basicRoles.includes(role)) {
        throw argumentError(
            component,
            where,
            `${role} opens nearly everything in the project; name the roles that the call needs, such as roles/bigquery.jobUser`,
        );
    }
    if (resource === undefined) {
        const carrier = resourceRoles.find(([prefix]) => role.startsWith(prefix))?.[1];
        if (carrier !== undefined && request.projectWide !== true) {
            throw argumentError(
                component,
                where,
                `${role} would be granted on the whole project, and a single ${carrier} can carry it; ` +
                    `add resource: { type: "${carrier}", name: … }, or projectWide: true where all of the project is meant`,
            );
        }
        if (request.projectWide !== true) {
            void pulumi.log.info(`${argument}: ${role} is granted on the project, as no resource is named`, component);
        }
    } else if (isRegional(resource.type) && resource.location === undefined) {
        throw argumentError(
            component,
            `${argument}.resource.location`,
            `a ${resource.type} is in a region, and none is named; add location`,
        );
    }
}

/** Whom a role is granted to, and as what it appears. */
export interface Grantee {
    member: pulumi.Output<string>;
    /** The caller's project, for grants on a project and for resources that name none. */
    project: pulumi.Output<string>;
}

/** Makes a grant, which is to be {@link warned} of with the others of its component: one output is enough for all. */
export function grantRole(
    component: pulumi.Resource,
    name: string,
    label: string,
    { role, resource }: RoleRequest,
    { member, project }: Grantee,
    options: pulumi.CustomResourceOptions = {},
): Grant {
    // Others may call until those who take their place may; the provider would take away first where it is given a name.
    const own = { parent: component, deleteBeforeReplace: false, ...options };
    const binding = bindRole(name, resource, project, { role, member }, own);
    return { binding, info: { member, role, resource: policyUrl(resource, project), label } };
}

/** Makes grants, which are the name and the name with a number: the requests always are the same ones in the same order. */
export function grantRoles(
    component: pulumi.Resource,
    name: string,
    label: string,
    requests: RoleRequest[],
    grantee: Grantee,
    options: pulumi.CustomResourceOptions = {},
): Grant[] {
    return warned(
        requests.map((request, index) =>
            grantRole(component, index === 0 ? name : `${name}-${index + 1}`, label, request, grantee, options),
        ),
    );
}

/** What a gate waits for: what is checked, and every binding. */
export function bindingsOf(checked: pulumi.Resource[], ...grants: Grant[][]): pulumi.Resource[] {
    return [...checked, ...grants.flat().map(({ binding }) => binding)];
}
