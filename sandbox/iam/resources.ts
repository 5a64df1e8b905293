import type { CloudSettings, Store } from "../cloud";
import { findAccount } from "./accounts";
import { ancestorsOf, containerAncestry, containerIn, numberCollection } from "./hierarchy";

/** The full name of the resource that has a project's policy. */
export function projectResource(project: string): string {
    return `//cloudresourcemanager.googleapis.com/projects/${project}`;
}

/** The service and the path of `//run.googleapis.com/projects/p/…`. */
export function splitName(resource: string): { service: string; path: string } {
    const [, service = "", path = ""] = /^\/\/([^/]+)\/(.*)$/.exec(resource) ?? [];
    return { service, path };
}

/**
 * The resource and all that it inherits policies from, nearest first: `…/secrets/s/versions/1`, `…/secrets/s`, the project.
 * https://cloud.google.com/iam/docs/resource-hierarchy-access-control
 */
export function ancestry(resource: string, settings: CloudSettings, store: Store): string[] {
    const container = containerIn(resource);
    if (container !== undefined) {
        return containerAncestry(container, store);
    }
    const { service, path } = splitName(resource);
    const parts = withAccount(service, path, settings, store).split("/");
    const named = parts[0] === "projects" ? (parts[1] ?? "") : "";
    const project = projectId(named === "_" ? bucketProject(parts[3], store) : named, settings, store);
    const rootId = project || producerProject(resource, store) || settings.project;
    const above = ancestorsOf(`projects/${rootId}`, store).flatMap((name) =>
        containerAncestry(name, store).slice(0, 1),
    );
    const roots = [projectResource(rootId), ...above];
    if (service === "cloudresourcemanager.googleapis.com") {
        return roots;
    }
    const names: string[] = [];
    if (named !== "" && named !== "_") {
        parts[1] = project;
    }
    // Names are pairs of collection and ID. Only IAP differs: each level of `iap_web/compute/services/s` has a policy.
    const step = (length: number): number => (length % 2 === 0 && service !== "iap.googleapis.com" ? 2 : 1);
    // A name without a project, such as that of a billing account, is itself the first of its resources.
    const top = named === "" ? 0 : 2;
    for (let length = path === "" ? 0 : parts.length; length > top; length -= step(length)) {
        names.push(`//${service}/${parts.slice(0, length).join("/")}`);
    }
    return [...names, ...roots];
}

/** An account's own name, for every name that it has: without its project, by its unique ID, or in other letters. */
function withAccount(service: string, path: string, settings: CloudSettings, store: Store): string {
    const [, project = "", emailOrId = "", rest = ""] =
        (service === "iam.googleapis.com" && /^projects\/([^/]+)\/serviceAccounts\/([^/]+)(\/.*)?$/.exec(path)) || [];
    if (emailOrId === "") {
        return path;
    }
    const account = findAccount(store, emailOrId);
    const known = account?.projectId || (project === "-" ? settings.project : project);
    return `projects/${known}/serviceAccounts/${account?.email ?? emailOrId}${rest}`;
}

/** The ID of a project, which is given by its ID or its number. */
export function projectId(project: string, settings: CloudSettings, store: Store): string {
    if (project === settings.projectNumber) {
        return settings.project;
    }
    if (!/^\d+$/.test(project)) {
        return project;
    }
    const told = store.get(numberCollection, project);
    return typeof told === "string" ? told : project;
}

/** The project of a bucket. A request names the bucket alone: `projects/_/buckets/b`. */
function bucketProject(bucket: string | undefined, store: Store): string {
    const value = store.get("storage.buckets", `projects/_/buckets/${bucket ?? ""}`);
    return (value as { projectNumber?: string } | undefined)?.projectNumber ?? "";
}

/** The project of a service of Cloud Endpoints, whose name is a host alone. Empty for any other resource. */
function producerProject(resource: string, store: Store): string {
    const [, name = ""] = /^\/\/servicemanagement\.googleapis\.com\/services\/([^/]+)/.exec(resource) ?? [];
    const value = name === "" ? undefined : store.get("servicemanagement.services", name);
    return (value as { producerProjectId?: string } | undefined)?.producerProjectId ?? "";
}

/** The nearest project, folder or organization: `projects/demo`. */
export function containerOf(resource: string, settings: CloudSettings, store: Store): string {
    const service = "//cloudresourcemanager.googleapis.com/";
    const name = ancestry(resource, settings, store).find((each) => each.startsWith(service));
    return name?.slice(service.length) ?? "";
}

/** The ID of the project in an ancestry; empty for a folder or an organization. */
export function projectIn(names: readonly string[]): string {
    const prefix = projectResource("");
    return names.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? "";
}

/** Resources that have a policy of their own. For all others, roles are granted on the project. */
const withPolicy =
    /^\/\/(run\.googleapis\.com\/.*\/(services|jobs)|cloudfunctions\.googleapis\.com\/.*\/functions|cloudtasks\.googleapis\.com\/.*\/queues|pubsub\.googleapis\.com\/.*\/(topics|subscriptions|snapshots|schemas)|secretmanager\.googleapis\.com\/.*\/secrets|cloudkms\.googleapis\.com\/.*\/(keyRings|cryptoKeys)|storage\.googleapis\.com\/.*\/buckets|artifactregistry\.googleapis\.com\/.*\/repositories|servicedirectory\.googleapis\.com\/.*\/(namespaces|services)|eventarc\.googleapis\.com\/.*\/triggers|iam\.googleapis\.com\/.*\/serviceAccounts|servicemanagement\.googleapis\.com\/services|iap\.googleapis\.com\/.*\/services|cloudresourcemanager\.googleapis\.com\/(projects|folders|organizations))\/[^/]+$/;

/** The nearest resource of an ancestry that a role can be granted on. */
export function grantable(names: string[]): string {
    return names.find((name) => withPolicy.test(name)) ?? names.at(-1) ?? "";
}

/** `//run.googleapis.com/projects/p/locations/l/services/s` → `run.googleapis.com/Service`, if the caller named no type. */
export function typeOf(resource: string): string {
    const { service, path } = splitName(resource);
    const collection = path.split("/").at(-2) ?? "";
    const singular = collection.replace(/ies$/, "y").replace(/s$/, "");
    return `${service}/${singular.charAt(0).toUpperCase()}${singular.slice(1)}`;
}

/** A short name for messages: `service orders`. */
export function shortName(resource: string): string {
    const parts = splitName(resource).path.split("/");
    return `${(parts.at(-2) ?? "").replace(/s$/, "")} ${parts.at(-1) ?? ""}`;
}
