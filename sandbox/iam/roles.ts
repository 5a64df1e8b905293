import { predefined, predefinedRoles, type Role } from "../../access/roles";

const ownServices = new Set(Object.keys(predefined).map(serviceOf));

/**
 * A role of a Google service that the sandbox does not have, such as `roles/bigquery.jobUser`. A policy can hold it, but it
 * allows nothing here. Undefined if the sandbox has roles of the service, because then an unknown name is a mistake.
 */
export function foreignRole(name: string): Role | undefined {
    const key = /^roles\/([a-z][a-zA-Z0-9]*\.[a-zA-Z0-9.]+)$/.exec(name)?.[1];
    if (key === undefined || ownServices.has(serviceOf(key))) {
        return undefined;
    }
    return { name, title: key, permissions: new Set() };
}

function serviceOf(key: string): string {
    return key.replace(/\..*$/, "");
}

/** For permissions that several roles hold: the role that Google's documentation names for the purpose. */
const documented: Record<string, string> = {
    "run.routes.invoke": "roles/run.invoker",
    "iam.serviceAccounts.getAccessToken": "roles/iam.serviceAccountTokenCreator",
    "workflows.executions.create": "roles/workflows.invoker",
};

/** Whether a permission changes nothing, by its verb. */
const reads = (permission: string): boolean => /\.(get|getIamPolicy|list|(query|search|view)\w*)$/.test(permission);

/**
 * The narrowest of Google's own roles that hold a permission: what an explanation proposes to grant. For a permission to read
 * it is one that reads only, if there is one: a role that makes accounts has fewer permissions than one that views them.
 */
export function narrowestRole(permission: string): string | undefined {
    const holding = predefinedRoles()
        .filter((role) => role.permissions.has(permission) && !role.name.endsWith("erviceAgent"))
        .sort((a, b) => a.permissions.size - b.permissions.size);
    const reading = reads(permission) ? holding.find((role) => [...role.permissions].every(reads)) : undefined;
    return documented[permission] ?? (reading ?? holding[0])?.name;
}

/**
 * The fewest and narrowest of Google's own roles that together hold some permissions. Permissions that no role holds, or only
 * basic roles and service agents hold, are left out.
 */
export function narrowestRoles(wanted: readonly string[]): string[] {
    const [first] = wanted;
    if (first === undefined) {
        return [];
    }
    const [only] = wanted.length === 1 ? [narrowestRole(first)] : [];
    const whole = predefinedRoles()
        .filter(({ name }) => !/^roles\/(owner|editor|viewer)$|erviceAgent$/.test(name))
        .filter((role) => wanted.every((permission) => role.permissions.has(permission)))
        .sort((a, b) => a.permissions.size - b.permissions.size)[0]?.name;
    const one = only ?? whole;
    return one === undefined
        ? [...new Set(wanted.flatMap((permission) => narrowestRole(permission) ?? []))].sort()
        : [one];
}
