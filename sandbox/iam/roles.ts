import { expand, permissions } from "./permissions";
import { predefined } from "./predefined";

/** A role of Google's, or a project's or organization's own. */
export interface Role {
    /** `roles/run.invoker`, `projects/demo/roles/caller`. */
    name: string;
    title: string;
    permissions: ReadonlySet<string>;
}

const READING = /\.(get|list|getIamPolicy|getSettings|fullView|listParts|listRevision|consume)$/;
/** The reads that a project's viewer may not do: the values of secrets, and deny policies. */
const HIDDEN_FROM_VIEWERS = /^(secretmanager\.versions\.access|iam\.denypolicies\..*|pubsub\.subscriptions\.consume)$/;
/** The permissions that even an owner lacks: impersonation, access through IAP, deny policies, receiving events, folders [K]. */
const NOBODYS =
    /^(resourcemanager\.(folders|organizations)\..*|resourcemanager\.projects\.move|iam\.serviceAccounts\.(getAccessToken|getOpenIdToken|implicitDelegation|signBlob|signJwt)|iap\.webServiceVersions\.accessViaIAP|iam\.denypolicies\.(create|delete|update)|eventarc\.events\..*)$/;
/** The permissions of an owner that an editor lacks: granting access, reading secrets, changing roles. */
const ONLY_OWNERS =
    /(\.setIamPolicy|^iam\.roles\.(create|delete|undelete|update)|^secretmanager\.versions\.access|^resourcemanager\.projects\.(delete|undelete)|updateSettings)$/;

/**
 * Owner, editor and viewer. That editors and ONLY_OWNERS may invoke:
 * https://cloud.google.com/run/docs/securing/authenticating
 */
const BASIC_ROLES: [name: string, title: string, held: string[]][] = [
    ["roles/owner", "Owner", permissions.filter((permission) => !NOBODYS.test(permission))],
    [
        "roles/editor",
        "Editor",
        permissions.filter((permission) => !NOBODYS.test(permission) && !ONLY_OWNERS.test(permission)),
    ],
    [
        "roles/viewer",
        "Viewer",
        permissions.filter((permission) => READING.test(permission) && !HIDDEN_FROM_VIEWERS.test(permission)),
    ],
];

const roles = new Map<string, Role>([
    ...BASIC_ROLES.map(([name, title, held]): [string, Role] => [name, { name, title, permissions: new Set(held) }]),
    ...Object.entries(predefined).map(([key, [title, ...patterns]]): [string, Role] => [
        `roles/${key}`,
        { name: `roles/${key}`, title, permissions: new Set(expand(patterns)) },
    ]),
]);

/** One of Google's own roles. Undefined if the sandbox knows none of that name. */
export function predefinedRole(name: string): Role | undefined {
    return roles.get(name);
}

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

/** All of Google's own roles that the sandbox knows. */
export function predefinedRoles(): Role[] {
    return [...roles.values()];
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
