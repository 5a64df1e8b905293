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
    /(\.setIamPolicy|^iam\.roles\.(create|delete|undelete|update)|^secretmanager\.versions\.access|^cloudkms\.cryptoKeyVersions\.useTo\w+|^resourcemanager\.projects\.(delete|undelete)|updateSettings)$/;

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

/** All of Google's own roles that are known here. */
export function predefinedRoles(): Role[] {
    return [...roles.values()];
}
