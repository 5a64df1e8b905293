import type { Store } from "../cloud";

/** The collections of projects, folders and organizations: `projects/p`, `folders/1` → what is known of it. */
export const projectCollection = "cloudresourcemanager.projects";
export const folderCollection = "cloudresourcemanager.folders";

/** The IDs of projects by the numbers that were told of them. */
export const numberCollection = "cloudresourcemanager.numbers";

/** The full name of a project, folder or organization begins with this. */
const MANAGER = "//cloudresourcemanager.googleapis.com/";

/** The folders and the organization that a project or a folder lies in, the nearest first: `folders/1`, `organizations/2`. */
export function ancestorsOf(name: string, store: Store): string[] {
    const collection = name.startsWith("projects/") ? projectCollection : folderCollection;
    const { parent } = (store.get(collection, name) ?? {}) as { parent?: string };
    return parent === undefined ? [] : [parent, ...ancestorsOf(parent, store)];
}

/** The name of the folder or organization in a full resource name. Undefined for every other resource. */
export function containerIn(resource: string): string | undefined {
    const name = resource.startsWith(MANAGER) ? resource.slice(MANAGER.length) : "";
    return /^(folders|organizations)\/[^/]+$/.test(name) ? name : undefined;
}

/** The full names of a folder or organization and of all that it lies in. */
export function containerAncestry(name: string, store: Store): string[] {
    return [name, ...ancestorsOf(name, store)].map((each) => `${MANAGER}${each}`);
}
