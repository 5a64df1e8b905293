import type { GrantResource } from "../grant-resource";

/** Where something is that existed before the program: the texts by which the program names it. */
interface ExistingPlace {
    name: string;
    location?: string;
    project?: string;
}

const places = new WeakMap<GrantResource, ExistingPlace>();

/**
 * Remembers of a resource that it existed before the program, and how the program names it, if it does so in plain texts. Such
 * a resource stays the same one, with the same policy, when the component that stands for it gets another name.
 * @returns the resource
 */
export function withExistingPlace(
    resource: GrantResource,
    { name, location, project }: Omit<GrantResource, "type">,
): GrantResource {
    if (typeof name === "string") {
        places.set(resource, {
            name,
            ...(typeof location === "string" && { location }),
            ...(typeof project === "string" && { project }),
        });
    }
    return resource;
}

/** The place of a resource that existed before; undefined for all others, and if the program names it by an output. */
export const existingPlace = (resource: GrantResource): ExistingPlace | undefined => places.get(resource);
