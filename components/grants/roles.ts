import * as pulumi from "@pulumi/pulumi";
import { isRegional } from "./binding";
import { argumentError, inEachRegion, log } from "../base";
import { type GrantResource, GrantResourceType, type RoleRequest } from "../grant-resource";
import { type Target, TargetKind } from "../target";
import { isBasicRole, powerOf } from "../../access";
import { defined, isObject } from "../../common";

const invokerRoles: Partial<Record<TargetKind, string>> = {
    [TargetKind.Run]: "roles/run.invoker",
    [TargetKind.Function]: "roles/cloudfunctions.invoker",
    [TargetKind.Iap]: "roles/iap.httpsResourceAccessor",
    [TargetKind.Job]: "roles/run.invoker",
    [TargetKind.ApiGateway]: "roles/iam.serviceAccountTokenCreator",
};

const invokableTypes: Partial<Record<TargetKind, GrantResourceType[]>> = {
    [TargetKind.Run]: [GrantResourceType.RunService],
    [TargetKind.Function]: [GrantResourceType.Function],
    [TargetKind.Iap]: [GrantResourceType.IapRunService, GrantResourceType.IapBackendService],
    [TargetKind.Job]: [GrantResourceType.RunJob],
    [TargetKind.ApiGateway]: [GrantResourceType.ServiceAccount],
};

/**
 * Roles that can be granted on a single resource, by what their names begin with. On the project they would hold for all
 * resources of the kind.
 */
const resourceRoles: [prefix: string, type: GrantResourceType][] = [
    ["roles/run.invoker", GrantResourceType.RunService],
    ["roles/run.servicesInvoker", GrantResourceType.RunService],
    ["roles/run.jobsExecutor", GrantResourceType.RunJob],
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

/** Roles that let their holder decide who else may use a resource, by what the roles of each product begin with. */
const administeredTypes: [prefix: string, type: GrantResourceType][] = [
    ["roles/run.", GrantResourceType.RunService],
    ["roles/cloudfunctions.", GrantResourceType.Function],
    ["roles/iap.", GrantResourceType.IapRunService],
    ["roles/secretmanager.", GrantResourceType.Secret],
    ["roles/pubsub.", GrantResourceType.Topic],
    ["roles/cloudtasks.", GrantResourceType.Queue],
    ["roles/storage.", GrantResourceType.Bucket],
    ["roles/artifactregistry.", GrantResourceType.Repository],
    ["roles/iam.serviceAccount", GrantResourceType.ServiceAccount],
];

/**
 * The roles that a caller needs on a target, each on the narrowest resource that it can be granted on.
 * @param argument Where the target is in the arguments, for errors: `targets.orders`.
 * @throws ResourceError if the target lacks what its kind needs, or a role is wider than it must be
 */
export function rolesOf(component: pulumi.Resource, argument: string, target: Target): RoleRequest[] {
    const requests = requestsOf(component, argument, target);
    for (const request of requests) {
        checkRole(component, argument, request);
    }
    return requests;
}

/** What stands in the place of a target, without its values: they may be outputs or secrets. */
function describe(value: unknown): string {
    if (pulumi.Output.isInstance(value) || pulumi.Resource.isInstance(value)) {
        return pulumi.Output.isInstance(value) ? "an output" : "a resource";
    }
    if (!isObject(value)) {
        return Array.isArray(value)
            ? "a list"
            : value === null || value === undefined
              ? "nothing"
              : `a ${typeof value}`;
    }
    const odd = value["kind"] !== undefined ? " with a kind that is no text" : "";
    const keys = Object.keys(value).join(", ") || "nothing";
    return `an object of ${keys}${odd}`;
}

function requestsOf(component: pulumi.Resource, argument: string, target: Target): RoleRequest[] {
    const kind: unknown = (target as Target | null | undefined)?.kind;
    if (typeof kind !== "string") {
        const reason = `is ${describe(target)}, which is no target; pass what a component such as InvokableService has as its output "target", or plain data with kind and url`;
        throw argumentError(component, argument, reason);
    }
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
    // No policy of API Gateway says who may call. What it takes ID tokens from, every account can call.
    if (target.kind === TargetKind.ApiGateway && target.resource === undefined) {
        return [];
    }
    const ofKind = Object.values(TargetKind).find((each) => each === target.kind);
    const role = overrides(target) ? "roles/run.jobsExecutorWithOverrides" : ofKind && invokerRoles[ofKind];
    const types = ofKind && invokableTypes[ofKind];
    if (role === undefined || types === undefined) {
        throw argumentError(
            component,
            `${argument}.kind`,
            `"${target.kind}" is no kind of target; use one of ${Object.values(TargetKind).join(", ")}`,
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
    return inEachRegion(target).map(({ target: { resource } }) => ({ role, ...defined({ resource }) }));
}

/** https://cloud.google.com/run/docs/execute/jobs#override-job-configuration */
const overrides = ({ kind, overrides: may }: Target): boolean => kind === TargetKind.Job && may === true;

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
    if (!/^(roles|projects\/[^/]+\/roles|organizations\/[^/]+\/roles)\/[\w.]+$/.test(role)) {
        throw argumentError(
            component,
            `${argument}.roles`,
            `"${role}" is no role; it looks like roles/bigquery.jobUser or projects/PROJECT/roles/NAME`,
        );
    }
    if (resource === undefined || isBasicRole(role)) {
        checkOnProject(component, argument, request);
    } else {
        checkOnResource(component, argument, role, resource);
    }
}

function checkOnResource(component: pulumi.Resource, argument: string, role: string, resource: GrantResource): void {
    if (isRegional(resource.type) && resource.location === undefined) {
        const reason = `a ${resource.type} is in a region, and none is named; add location`;
        throw argumentError(component, `${argument}.resource.location`, reason);
    }
    const power = powerOf(role);
    if (power !== undefined) {
        void log.info(`${argument}: ${role} is granted on a ${resource.type}, and ${power}`, component);
    }
}

/** A role on the project must be meant to be there, if it opens more than the call needs. */
function checkOnProject(component: pulumi.Resource, argument: string, { role, projectWide }: RoleRequest): void {
    const power = powerOf(role);
    const carrier = carrierOf(role);
    if (projectWide === true) {
        if (power !== undefined) {
            void log.warn(`${argument}: ${role} is granted on the project, and ${power}`, component);
        }
        return;
    }
    if (carrier !== undefined) {
        throw argumentError(
            component,
            `${argument}.roles`,
            `${role} would be granted on the whole project, and a single ${carrier} can carry it; ` +
                `add resource: { type: "${carrier}", name: … }, or projectWide: true if all of the project is meant`,
        );
    }
    if (power !== undefined) {
        throw argumentError(
            component,
            `${argument}.roles`,
            `${role} would be granted on the whole project, and ${power}; name the roles that the call needs, such as ` +
                "roles/bigquery.jobUser, or add projectWide: true if all of the project is meant",
        );
    }
    void log.info(`${argument}: ${role} is granted on the project, as no resource is named`, component);
}

/** The type of a single resource that a role can be granted on; undefined if it can only be granted on the project. */
function carrierOf(role: string): GrantResourceType | undefined {
    const tables = powerOf(role) === undefined ? [resourceRoles] : [resourceRoles, administeredTypes];
    return tables.flat().find(([prefix]) => role.startsWith(prefix))?.[1];
}
