import { permissions } from "../../access/roles";
import { splitName } from "./resources";
import type { Role } from "../../access/roles";

/** What the permissions on a resource are named after, beside its own collection. */
const MORE: Record<string, string[]> = {
    "cloudtasks.queues": ["cloudtasks.tasks"],
    "cloudkms.cryptoKeys": ["cloudkms.cryptoKeyVersions"],
    "cloudkms.keyRings": ["cloudkms.cryptoKeys", "cloudkms.cryptoKeyVersions"],
    "iam.serviceAccounts": ["iam.serviceAccountKeys"],
    "run.jobs": ["run.executions", "run.tasks"],
    "run.services": ["run.configurations", "run.revisions", "run.routes"],
    "run.workerPools": ["run.revisions", "run.workerpools"],
    "secretmanager.secrets": ["secretmanager.versions"],
    "servicedirectory.namespaces": ["servicedirectory.endpoints", "servicedirectory.services"],
    "servicedirectory.services": ["servicedirectory.endpoints"],
    "storage.buckets": ["storage.managedFolders", "storage.multipartUploads", "storage.objects"],
    "workflows.workflows": ["workflows.callbacks", "workflows.executions", "workflows.stepEntries"],
};

/** Basic roles can be granted on every resource. */
const BASIC = ["roles/owner", "roles/editor", "roles/viewer"];

/** The roles that are granted on a single bucket only. https://cloud.google.com/storage/docs/access-control/iam-roles#legacy-roles */
const LEGACY = /^roles\/storage\.legacy/;

/** Projects, folders and organizations: every role can be granted on them, and every permission tested. */
const isContainer = (resource: string): boolean => resource.startsWith("//cloudresourcemanager.googleapis.com/");

/**
 * Whether a role can be granted on a resource: it holds a permission that the resource has. Google answers the same question
 * by `roles:queryGrantableRoles`; that it follows from the permissions is so wherever it was reported [K].
 * https://github.com/hashicorp/terraform-provider-google/issues/12562
 * @param resource its full name
 */
export function isSupported(role: Role, resource: string): boolean {
    if (isContainer(resource) || BASIC.includes(role.name)) {
        return !LEGACY.test(role.name);
    }
    const has = permissionsOf(resource);
    if (permissions.some(has)) {
        return [...role.permissions].some(has);
    }
    // Of a kind that is only kept the sandbox knows no permission, and of the roles for it only which service they are of.
    const [, service = ""] = /^roles\/([^.]+)\./.exec(role.name) ?? [];
    return role.permissions.size === 0 || splitName(resource).service.startsWith(`${service}.`);
}

/** A test of permissions: whether a resource has them. */
export function permissionsOf(resource: string): (permission: string) => boolean {
    if (isContainer(resource)) {
        return () => true;
    }
    const { service, path } = splitName(resource);
    const api = service.replace(/\..*$/, "");
    const kind = `${api}.${path.split("/").at(-2) ?? ""}`;
    // The resources of Identity-Aware Proxy have other names than its permissions.
    const begins = api === "iap" ? ["iap"] : [kind, ...(MORE[kind] ?? [])];
    return (permission) => begins.some((begin) => permission.startsWith(`${begin}.`));
}
