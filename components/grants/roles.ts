import * as pulumi from "@pulumi/pulumi";
import { isRegional } from "./binding";
import { argumentError } from "../base";
import { type GrantResource, GrantResourceType, type RoleRequest, type Target, TargetKind } from "../target";
import { defined } from "../../common";

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

/**
 * Roles that can be granted on a single resource, by what their names begin with. On the project they would hold for all
 * resources of the kind.
 */
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
 * The roles that a caller needs on a target, each on the narrowest resource that it can be granted on.
 * @param argument Where the target is in the arguments, for errors: `targets.orders`.
 * @throws ResourceError where the target lacks what its kind needs, or a role is wider than it must be
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
    const resource: GrantResource = { type: GrantResourceType.Secret, name: secret, ...defined({ project }) };
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
