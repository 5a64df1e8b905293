import type { Store } from "../cloud";
import type { Role } from "../../access/roles";

/** The collection of custom roles in the store, by name (`projects/p/roles/caller`), as the `iam` API answers them. */
export const roleCollection = "iam.roles";

const known = new WeakMap<object, Role>();

/** A project's or organization's own role. Undefined if there is none, or if it is deleted or disabled. */
export function customRole(name: string, store: Store): Role | undefined {
    const value = store.get(roleCollection, name) as
        | { title?: string; includedPermissions?: string[]; deleted?: boolean; stage?: string }
        | undefined;
    if (!value || value.deleted || value.stage === "DISABLED") {
        return undefined;
    }
    const cached = known.get(value);
    if (cached) {
        return cached;
    }
    const role = { name, title: value.title ?? name, permissions: new Set(value.includedPermissions ?? []) };
    known.set(value, role);
    return role;
}
