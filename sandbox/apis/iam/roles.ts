import { randomBytes } from "node:crypto";
import {
    foreignRole,
    isPermission,
    isSupported,
    permissions,
    permissionsOf,
    predefinedRoles,
    roleCollection,
    type Role,
} from "../../iam";
import { ApiError, type Cloud } from "../../cloud";
import { checkEtag, crud, invalidArgument, notFound, page, Resources, type Methods, type Stored } from "../framework";

type CustomRole = Stored<"google.iam.admin.v1.Role">;

const custom = new Resources<CustomRole>(roleCollection, "google.iam.admin.v1.Role");

/** Everybody can read predefined roles. A project's own roles need a permission on the project. */
const onRole = (verb: string) => ({
    permission: `iam.roles.${verb}`,
    resource: ({ name }: { name?: string }, cloud: Cloud) => projectOfRole(name ?? "", cloud),
});

/** The methods of `google.iam.admin.v1.IAM` on roles. Organizations have no roles here: a sandbox has only projects. */
export const roleMethods: Methods<"google.iam.admin.v1.IAM"> = {
    ...crud({
        resources: custom,
        singular: "Role",
        permissions: "iam.roles",
        idField: "roleId",
        naming: { create: (parent, id) => `${parent}/roles/${id}`, key: (name) => name, checkedOn: projectOfRole },
        build(_call, name, role) {
            checkPermissions(role);
            return withEtag({ ...role, name });
        },
    }),
    ListRoles: {
        permission: undefined,
        handle(request, call) {
            const { parent = "", view, showDeleted = false } = request;
            if (parent !== "") {
                call.authorize("iam.roles.list", parent);
            }
            const all =
                parent === ""
                    ? asCustom(predefinedRoles(), view === "FULL")
                    : custom
                          .list(call.cloud, parent)
                          .filter((role) => showDeleted || !role.deleted)
                          .map(({ includedPermissions, ...role }) =>
                              view === "FULL" && includedPermissions ? { ...role, includedPermissions } : role,
                          );
            return page("roles", all, request);
        },
    },
    GetRole: {
        permission: undefined,
        handle({ name }, call) {
            if (!name.startsWith("roles/")) {
                call.authorize("iam.roles.get", name.replace(/\/roles\/.*$/, ""));
                return custom.get(call.cloud, name);
            }
            const foreign = foreignRole(name);
            const predefined = predefinedRoles().filter((candidate) => candidate.name === name);
            const [role = foreign && { name, title: foreign.title, stage: "GA", etag: "AA==" }] = asCustom(
                predefined,
                true,
            );
            if (!role) {
                throw notFound(name);
            }
            return role;
        },
    },
    DeleteRole: {
        ...onRole("delete"),
        handle({ name, etag }, { cloud }) {
            const current = custom.get(cloud, name);
            checkEtag(current, etag);
            return custom.put(cloud, name, withEtag({ ...current, deleted: true }));
        },
    },
    UndeleteRole: {
        ...onRole("undelete"),
        handle({ name, etag }, { cloud }) {
            const { deleted, ...current } = custom.get(cloud, name);
            if (!deleted) {
                throw new ApiError("FAILED_PRECONDITION", `The role ${name} is not deleted.`);
            }
            checkEtag(current, etag);
            return custom.put(cloud, name, withEtag({ ...current, name }));
        },
    },
    QueryGrantableRoles: {
        permission: undefined,
        handle(request) {
            const { fullResourceName, view } = request;
            checkFullName(fullResourceName);
            const grantable = predefinedRoles().filter((role) => isSupported(role, fullResourceName));
            return page("roles", asCustom(grantable, view === "FULL"), request);
        },
    },
    QueryTestablePermissions: {
        permission: undefined,
        handle(request) {
            const { fullResourceName = "" } = request;
            checkFullName(fullResourceName);
            const testable = permissions.filter(permissionsOf(fullResourceName));
            return page(
                "permissions",
                testable.map((name) => ({ name, stage: "GA" })),
                request,
            );
        },
    },
};

/** The project of a role. A role has no policy of its own, so that the policy of its project decides. */
function projectOfRole(name: string, { settings }: Cloud): string {
    return /^projects\/[^/]+/.exec(name)?.[0] ?? `projects/${settings.project}`;
}

/** @throws ApiError INVALID_ARGUMENT if a name is not of the form that policies are found by */
function checkFullName(name: string): void {
    if (!/^\/\/[a-z]+\.googleapis\.com\/./.test(name)) {
        throw invalidArgument(
            `"${name}" is no full resource name; it has the form of //cloudresourcemanager.googleapis.com/projects/demo`,
            "full_resource_name",
        );
    }
}

function asCustom(roles: readonly Role[], full: boolean): CustomRole[] {
    return roles.map((role) => ({
        name: role.name,
        title: role.title,
        stage: "GA",
        ...(full ? { includedPermissions: [...role.permissions].sort() } : {}),
        etag: "AA==",
    }));
}

function checkPermissions(role: Partial<CustomRole>): void {
    const unknown = (role.includedPermissions ?? []).find((one) => !isPermission(one));
    if (unknown !== undefined) {
        throw invalidArgument(`Permission ${unknown} is not valid.`, "role.included_permissions");
    }
}

function withEtag(role: CustomRole): CustomRole {
    return { ...role, etag: randomBytes(8).toString("base64") };
}
