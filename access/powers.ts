import { predefinedRole, predefinedRoles, type Role } from "./roles";
import { ACT_AS, administration, CALLS, entranceOf, IMPERSONATE } from "./targets";

/** The basic roles. The last three are newer: https://cloud.google.com/iam/docs/roles-overview#basic */
const BASIC_ROLE = /^roles\/(owner|editor|viewer|admin|writer|reader)$/i;

/** The older names of the basic roles, whose permissions are known. */
const OLDER: Record<string, string> = { admin: "owner", writer: "editor", reader: "viewer" };

/** Whether a role is a basic role, in any spelling. */
export const isBasicRole = (role: string): boolean => BASIC_ROLE.test(role);

/** What a role opens beyond a call; undefined if its name does not say that it opens more. */
export function powerOf(role: string): string | undefined {
    if (isBasicRole(role)) {
        return "opens nearly everything there";
    }
    if (/serviceAgent$/i.test(role)) {
        return "is meant for one of Google's own services, some of which may become any account";
    }
    return /(admin|owner)(\.v\d+)?$/i.test(role)
        ? "lets the caller administer everything of its kind there"
        : undefined;
}

/** The permissions of one of Google's own roles, in any spelling; undefined for a role that is not known here. */
export function permissionsOfRole(role: string): ReadonlySet<string> | undefined {
    const [, basic] = isBasicRole(role) ? role.toLowerCase().split("/") : [];
    return predefinedRole(basic === undefined ? role : `roles/${OLDER[basic] ?? basic}`)?.permissions;
}

/**
 * What a role lets its members do to services and accounts: `invoke` a service, a function, a workflow or an application, get
 * tokens or keys of an account (`impersonate`), or attach it to a workload (`attach`). Undefined for a role that is not known here.
 */
export function usesOfRole(role: string): ReadonlySet<"invoke" | "impersonate" | "attach"> | undefined {
    const held = permissionsOfRole(role);
    const uses = [...(held ?? [])].flatMap((permission) =>
        CALLS.has(permission)
            ? (["invoke"] as const)
            : permission === ACT_AS
              ? (["attach"] as const)
              : IMPERSONATE.has(permission)
                ? (["impersonate"] as const)
                : [],
    );
    return held && new Set(uses);
}

/** Whether a role lets its members hand out roles; undefined for a role that is not known here. */
export function handsOutRoles(role: string): boolean | undefined {
    const held = permissionsOfRole(role);
    return held && [...held].some((permission) => /(\.setIamPolicy|^iam\.roles\.update)$/.test(permission));
}

/** Google's own roles, by what they let their members do with the Cloud Run services of a project when they are granted on it. */
export interface ProjectRoles {
    /** Roles that let their members call services, or act as an account, and administer nothing. */
    callers: string[];
    /** Roles of administrators, and roles that do neither. */
    harmless: string[];
}

/** All of Google's roles that are known here, sorted by {@link ProjectRoles}. A role that is in neither list is not known. */
export function rolesOnProject(): ProjectRoles {
    const service = "https://run.googleapis.com/v2/projects/-/locations/-/services/-";
    const administers = administration(service);
    const opens = new Set([...entranceOf(service).permissions, ...IMPERSONATE]);
    const hasOne = ({ permissions }: Role, of: ReadonlySet<string>) => [...permissions].some((each) => of.has(each));
    const callers = predefinedRoles().filter((role) => hasOne(role, opens) && !hasOne(role, administers));
    return {
        callers: callers.map(({ name }) => name),
        harmless: predefinedRoles().flatMap((role) => (callers.includes(role) ? [] : [role.name])),
    };
}
