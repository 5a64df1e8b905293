import { didYouMean, regionProblem } from "../../common";
import { type Cloud, ControlError, type Decision } from "../cloud";
import { findAccount, isPermission, permissions, permissionsOf, projectCollection, projectId } from "../iam";
import { memberToPrincipal } from "./member";

/** Kinds of resources that are stored under their names. Others, such as those of IAP, stand for something else. */
const STORED = new Set([
    ...["artifactregistry.repositories", "cloudfunctions.functions", "cloudscheduler.jobs", "cloudtasks.queues"],
    ...["eventarc.triggers", "iam.roles", "iam.serviceAccounts", "monitoring.alertPolicies", "pubsub.schemas"],
    ...["pubsub.snapshots", "pubsub.topics", "pubsub.subscriptions", "run.services", "run.jobs"],
    ...["secretmanager.secrets", "storage.buckets", "workflows.workflows"],
]);

/** Where functions of the first generation are stored beside those of {@link STORED}. */
const FIRST_GENERATION = "cloudfunctions.v1functions";

/**
 * Whether a member may do something, and why.
 * @throws ControlError naming a member, permission or resource that does not exist, or a permission that is of another resource:
 * what is said of those would be true of nothing
 */
export function explain(
    cloud: Cloud,
    { member, permission, resource }: { member: string; permission: string; resource: string },
): Omit<Decision, "id" | "time"> {
    const principal = memberToPrincipal(cloud, member);
    const { service, path } = fullNameOf(resource);
    if (!isPermission(permission)) {
        throw new ControlError(`there is no permission ${permission}${didYouMean(permission, permissions)}`, {
            fix: "see https://cloud.google.com/iam/docs/permissions-reference",
        });
    }
    const has = permissionsOf(resource);
    if (permissions.some(has) && !has(permission)) {
        throw new ControlError(`${permission} is no permission of ${resource}`, {
            fix: `ask for one of ${[...new Set(permissions.filter(has).map(ofKind))].join(", ")}, or for the resource that has it`,
        });
    }
    checkKind(cloud, resource, service, permissions.some(has));
    checkExists(cloud, service, path);
    checkLocation(cloud, path);
    return cloud.iam.evaluate({ principal, permission, resource });
}

/**
 * Of the services that the sandbox has no API for, such as BigQuery, it holds nothing but policies.
 * @throws ControlError if no resource has such a name, or the sandbox could not know whether it is there
 */
function checkKind({ store, apis }: Cloud, resource: string, service: string, isKind: boolean): void {
    const isServed = ["iap", ...apis.list().map(({ host }) => host.split(".")[0])].includes(service);
    if ((isKind && isServed) || store.get(POLICIES, resource) !== undefined) {
        return;
    }
    throw new ControlError(
        isKind
            ? `the sandbox holds no ${resource}, and no policy of it`
            : `no kind of resource that the sandbox knows has a name like ${resource}`,
        { fix: "correct the service and the collection in the name, or deploy a grant on it first" },
    );
}

/** The collection of policies, by the full names of their resources. */
const POLICIES = "iam.policies";

/** @throws ControlError if it is none, or names what the sandbox does not hold */
export function checkResource(cloud: Cloud, resource: string): void {
    const { service, path } = fullNameOf(resource);
    checkExists(cloud, service, path);
}

function fullNameOf(resource: string): { service: string; path: string } {
    const [, service = "", path = ""] = /^\/\/([a-z-]+)\.googleapis\.com\/(.+)$/.exec(resource) ?? [];
    if (path === "") {
        throw new ControlError(`${resource} is no full resource name`, {
            fix: "write it like //run.googleapis.com/projects/P/locations/L/services/S, or //cloudresourcemanager.googleapis.com/projects/P for a project",
        });
    }
    return { service, path };
}

function checkExists(cloud: Cloud, service: string, path: string): void {
    checkProject(cloud, path);
    const missing = missingName(cloud, service, path);
    if (missing !== undefined) {
        const { kind, name } = missing;
        const similar = didYouMean(name, namesOf(cloud, kind));
        throw new ControlError(`the sandbox holds no ${name}${similar}`, {
            fix: "correct the name, or deploy it first; a decision about what does not exist would be one about its project",
        });
    }
}

/** @throws ControlError if a resource is in a project that no request has named yet, and that sandbox.yaml does not name */
function checkProject(cloud: Cloud, path: string): void {
    const { settings, store } = cloud;
    const [, named = "_"] = /^projects\/([^/]+)/.exec(path) ?? [];
    const stored = [...STORED, FIRST_GENERATION, POLICIES, projectCollection].flatMap((kind) => namesOf(cloud, kind));
    const inNames = stored.flatMap((name) => /^(?:\/\/[^/]+\/)?projects\/([^/]+)/.exec(name)?.[1] ?? []);
    const known = new Set([settings.project, ...(settings.projects ?? []), ...inNames]);
    const project = projectId(named, settings, store);
    if (named !== "_" && !known.has(project)) {
        known.delete("_");
        throw new ControlError(`the sandbox knows no project ${named}${didYouMean(project, known)}`, {
            fix: `it has ${[...known].join(", ")}; deploy something in ${named} first, or correct the name`,
        });
    }
}

/** @throws ControlError if a resource is in a region that Google has not */
function checkLocation({ settings }: Cloud, path: string): void {
    const [, region] = /\/locations\/([a-z]+-[a-z]+\d*)(\/|$)/.exec(path) ?? [];
    const wrong = region === undefined ? undefined : regionProblem(region, settings);
    if (wrong !== undefined) {
        throw new ControlError(wrong);
    }
}

const namesOf = ({ store }: Cloud, kind: string): string[] => store.list(kind).map(([name]) => name);

function ofKind(permission: string): string {
    return permission.replace(/\.[^.]+$/, ".*");
}

/** The first resource of a path that the sandbox stores such resources of, and does not hold. */
function missingName(
    { store, settings }: Cloud,
    service: string,
    path: string,
): { kind: string; name: string } | undefined {
    const [first = "", project = "", ...rest] = path.split("/");
    const parts = [first, first === "projects" ? projectId(project, settings, store) : project, ...rest];
    const isStored = (kind: string, name: string, id: string): boolean =>
        store.get(kind, name) !== undefined ||
        (kind === "iam.serviceAccounts" && findAccount(store, id) !== undefined) ||
        (kind === "cloudfunctions.functions" && store.get(FIRST_GENERATION, name) !== undefined);
    const kindAt = (index: number): string => `${service}.${parts[index - 1] ?? ""}`;
    const at = parts.findIndex((id, index) => {
        const kind = kindAt(index);
        return STORED.has(kind) && !isStored(kind, parts.slice(0, index + 1).join("/"), id);
    });
    return at === -1 ? undefined : { kind: kindAt(at), name: parts.slice(0, at + 1).join("/") };
}
