import { randomBytes } from "node:crypto";
import { isPermission, permissions, predefinedRoles, roleCollection } from "../../iam";
import { ApiError, type Cloud } from "../../cloud";
import {
    alreadyExists,
    applyMask,
    checkEtag,
    checkId,
    invalidArgument,
    method,
    notFound,
    page,
    Resources,
    type Json,
    type Method,
} from "../framework";

type CustomRole = Json & { name: string; includedPermissions?: string[]; deleted?: boolean };
type Paged = { pageSize?: number; pageToken?: string };

const custom = new Resources<CustomRole>(roleCollection);

/** Predefined roles are anybody's to read; a project's own are guarded. */
const onRole = (verb: string) => ({
    permission: `iam.roles.${verb}`,
    resource: ({ name, parent }: { name?: string; parent?: string }, { settings }: Cloud) =>
        /^projects\/[^/]+/.exec(parent ?? name ?? "")?.[0] ?? `projects/${settings.project}`,
});

function predefined(full: boolean): CustomRole[] {
    return predefinedRoles().map((role) => ({
        name: role.name,
        title: role.title,
        stage: "GA",
        ...(full ? { includedPermissions: [...role.permissions].sort() } : {}),
        etag: "AA==",
    }));
}

function checkPermissions(role: Json): void {
    const unknown = ((role.includedPermissions as string[] | undefined) ?? []).find((one) => !isPermission(one));
    if (unknown !== undefined) {
        throw invalidArgument(`Permission ${unknown} is not valid.`, "role.included_permissions");
    }
}

function withEtag(role: CustomRole): CustomRole {
    return { ...role, etag: randomBytes(8).toString("base64") };
}

/** The methods of `google.iam.admin.v1.IAM` on roles. Organizations have none here: the sandbox starts at projects. */
export const roleMethods: Record<string, Method> = {
    ListRoles: method<Paged & { parent?: string; view?: string; showDeleted?: boolean }>({
        permission: undefined,
        handle(request, call) {
            const { parent = "", view, showDeleted = false } = request;
            if (parent !== "") {
                call.authorize("iam.roles.list", parent);
            }
            const all =
                parent === ""
                    ? predefined(view === "FULL")
                    : custom
                          .list(call.cloud, parent)
                          .filter((role) => showDeleted || !role.deleted)
                          .map(({ includedPermissions, ...role }) =>
                              view === "FULL" && includedPermissions ? { ...role, includedPermissions } : role,
                          );
            return page("roles", all, request);
        },
    }),
    GetRole: method<{ name: string }>({
        permission: undefined,
        handle({ name }, call) {
            if (!name.startsWith("roles/")) {
                call.authorize("iam.roles.get", name.replace(/\/roles\/.*$/, ""));
                return custom.get(call.cloud, name);
            }
            const role = predefined(true).find((candidate) => candidate.name === name);
            if (!role) {
                throw notFound(name);
            }
            return role;
        },
    }),
    CreateRole: method<{ parent: string; roleId?: string; role?: Json }>({
        ...onRole("create"),
        handle({ parent, roleId = "", role = {} }, { cloud }) {
            checkId(roleId, /^[\w.]{3,64}$/, "role_id", "3 to 64 letters, digits, underscores and periods");
            checkPermissions(role);
            const name = `${parent}/roles/${roleId}`;
            if (custom.find(cloud, name)) {
                throw alreadyExists(name);
            }
            return custom.create(cloud, name, withEtag({ ...role, name }));
        },
    }),
    UpdateRole: method<{ name: string; role?: Json; updateMask?: string }>({
        ...onRole("update"),
        handle({ name, role = {}, updateMask }, { cloud }) {
            const current = custom.get(cloud, name);
            checkEtag(current, role.etag);
            checkPermissions(role);
            const updated = applyMask(current, { ...role, name }, updateMask);
            return custom.put(cloud, name, withEtag(updated));
        },
    }),
    DeleteRole: method<{ name: string; etag?: string }>({
        ...onRole("delete"),
        handle({ name, etag }, { cloud }) {
            const current = custom.get(cloud, name);
            checkEtag(current, etag);
            return custom.put(cloud, name, withEtag({ ...current, deleted: true }));
        },
    }),
    UndeleteRole: method<{ name: string; etag?: string }>({
        ...onRole("undelete"),
        handle({ name, etag }, { cloud }) {
            const { deleted, ...current } = custom.get(cloud, name);
            if (!deleted) {
                throw new ApiError("FAILED_PRECONDITION", `The role ${name} is not deleted.`);
            }
            checkEtag(current, etag);
            return custom.put(cloud, name, withEtag({ ...current, name }));
        },
    }),
    QueryGrantableRoles: method<Paged & { fullResourceName?: string }>({
        permission: undefined,
        handle: (request) => page("roles", predefined(false), request),
    }),
    QueryTestablePermissions: method<Paged & { fullResourceName?: string }>({
        permission: undefined,
        handle: (request) =>
            page(
                "permissions",
                permissions.map((name) => ({ name, stage: "GA" })),
                request,
            ),
    }),
};
