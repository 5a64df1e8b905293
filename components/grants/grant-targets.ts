import * as pulumi from "@pulumi/pulumi";
import { existingPlace, originOf } from "../base";
import { type Grant, type Grantee, grantRole, warned } from "./grant";
import { formerNames, ownerOf } from "./owner";
import { rolesOf } from "./roles";
import type { GrantResource, RoleRequest } from "../grant-resource";
import { type Target, TargetKind } from "../target";

/** The roles that a caller needs on one of its targets. */
export interface TargetRoles {
    target: Target;
    roles: RoleRequest[];
}

/**
 * The roles that a caller needs on each of its targets.
 * @param argument Where the targets are in the arguments, for errors: `targets` or `invokes`.
 * @throws ResourceError if a target lacks what its kind needs, or a role is wider than it must be
 */
export function targetRoles(
    component: pulumi.Resource,
    argument: string,
    targets: Record<string, Target>,
): Record<string, TargetRoles> {
    return Object.fromEntries(
        Object.entries(targets).map(([key, target]) => [
            key,
            { target, roles: rolesOf(component, `${argument}.${key}`, target) },
        ]),
    );
}

interface Made {
    name: string;
    request: RoleRequest;
    grant: Grant;
}

/**
 * Makes the grants that a caller needs on its targets. A grant is named after the resource and not after the target's key.
 * Under another key, the provider would first make the same grant again, which changes nothing, and then delete the old one,
 * which ends the access. For the same reason, a grant that two keys need is made once.
 */
export function grantTargets(
    component: pulumi.Resource,
    name: string,
    targets: Record<string, TargetRoles>,
    grantee: Grantee,
): Grant[] {
    const made: Made[] = [];
    const grantOne = (key: string, target: Target, request: RoleRequest): void => {
        if (made.some((earlier) => isSame(earlier.request, request))) {
            return;
        }
        const [own, ...former] = namesOf(key, target, request);
        const isTaken = (suffix: string) => made.some((earlier) => earlier.name === suffix);
        const ofKey = isTaken(own) ? `${own}-${key}` : own;
        const place = typeof request.resource?.location === "string" ? request.resource.location : "";
        const suffix = isTaken(ofKey) ? `${ofKey}-${place}` : ofKey;
        const aliases = isTaken(own) ? [] : former.map((before) => ({ name: pulumi.interpolate`${name}-${before}` }));
        const options = aliases.length === 0 ? {} : { aliases };
        const full = `${name}-${suffix}`;
        made.push({ name: suffix, request, grant: grantRole(component, full, key, request, grantee, options) });
    };
    for (const [key, { target, roles }] of Object.entries(targets)) {
        for (const request of roles) {
            grantOne(key, target, request);
        }
    }
    return warned(made.map(({ grant }) => grant));
}

/**
 * The part of a grant's name that follows the caller's, and what that part was before. It is the name of the resource, or the
 * key if the program does not tell that name. What existed before is named as at Google, because its component may get another
 * name. If users name the roles, the role is a part of it too, because there may be several roles on one resource.
 */
function namesOf(
    key: string,
    target: Target,
    { role, resource }: RoleRequest,
): [own: string, ...former: pulumi.Output<string>[]] {
    const ofRole = role.slice(role.lastIndexOf("/") + 1);
    if (resource === undefined) {
        return [ofRole];
    }
    const { name, location, project } = resource;
    const inRegion = target.regions !== undefined && typeof location === "string" ? `-${location}` : "";
    const end = target.kind === TargetKind.GoogleApi ? `-${ofRole}` : inRegion;
    // In the data that a program in another language passes, the name has lost the resource that it is an output of.
    const { resource: whole } = originOf(target) as Target;
    const original = whole?.type === resource.type ? whole : undefined;
    const owner = ownerOf(name) ?? ownerOf(original?.name);
    const isPlain = owner === undefined && typeof name === "string";
    const first = owner === undefined ? key : pulumi.resourceName(owner);
    const former = owner === undefined ? [] : formerNames(owner);
    const others = former.map((before) => pulumi.interpolate`${before}${end}`);
    const place = existingPlace(resource) ?? (original && existingPlace(original));
    if (place === undefined && !isPlain) {
        return [`${first}${end}`, ...others];
    }
    const parts =
        place === undefined
            ? [name, location, project]
            : [place.name, inRegion === "" ? place.location : location, place.project];
    const own = `${parts.filter((part) => typeof part === "string").join("-")}${inRegion === "" ? end : ""}`;
    return isPlain ? [own] : [own, pulumi.output(`${first}${end}`), ...others];
}

/** Whether two requests are for the same role on the same resource, as far as that is known before anything is deployed. */
const isSame = (one: RoleRequest, other: RoleRequest): boolean =>
    one.role === other.role && isSameResource(one.resource, other.resource);

/** Whether two resources are the same one, as far as that is known before anything is deployed. */
export function isSameResource(one: GrantResource | undefined, other: GrantResource | undefined): boolean {
    // One resource may have the names of several others as outputs, so only the same output is the same name.
    return (
        one === other ||
        (one?.type === other?.type &&
            one?.name === other?.name &&
            one?.location === other?.location &&
            one?.project === other?.project)
    );
}
