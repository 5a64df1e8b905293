import type { DescMessage } from "@bufbuild/protobuf";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { ApiError, type Cloud, type Json } from "../../cloud";
import { alreadyExists, invalidArgument, notFound } from "./errors";
import type { Messages } from "../descriptors";
import { message } from "./descriptors";
import { answered, camelCase, isObject } from "./messages";
import { setPath } from "./query";

/** The resources of one kind: a collection of the store that throws Google's errors. */
export class Resources<Resource extends Json> {
    /**
     * @param collection the API and the plural: `run.services`. Its keys are relative resource names
     * @param type the message of each resource. What it cannot express is not stored, because no list could answer it
     */
    constructor(
        readonly collection: string,
        private readonly type?: keyof Messages | "google.longrunning.Operation",
    ) {}

    /** What each resource is; undefined if no message says it. */
    get descriptor(): DescMessage | undefined {
        return this.type && message(this.type);
    }

    find(cloud: Cloud, name: string): Resource | undefined {
        return cloud.store.get(this.collection, name) as Resource | undefined;
    }

    /** @throws ApiError NOT_FOUND */
    get(cloud: Cloud, name: string): Resource {
        const found = this.find(cloud, name);
        if (!found) {
            throw notFound(name);
        }
        return found;
    }

    /** @throws ApiError ALREADY_EXISTS */
    absent(cloud: Cloud, name: string): void {
        if (this.find(cloud, name)) {
            throw alreadyExists(name);
        }
    }

    /** @throws ApiError ALREADY_EXISTS */
    create(cloud: Cloud, name: string, resource: Resource): Resource {
        this.absent(cloud, name);
        return this.put(cloud, name, resource);
    }

    /** @throws Error naming the field, if the resource is not what its message says: a mistake of the sandbox's */
    put(cloud: Cloud, name: string, resource: Resource): Resource {
        const { descriptor } = this;
        if (descriptor) {
            answered(descriptor, resource);
        }
        cloud.store.put(this.collection, name, resource);
        return resource;
    }

    /** @throws ApiError NOT_FOUND */
    delete(cloud: Cloud, name: string): Resource {
        const resource = this.get(cloud, name);
        cloud.store.delete(this.collection, name);
        return resource;
    }

    /** All resources below a parent, sorted by name. `locations/-` stands for every location. */
    list(cloud: Cloud, parent: string): Resource[] {
        if (!parent.includes("/-")) {
            return cloud.store.list(this.collection, `${parent}/`).map(([, value]) => value as Resource);
        }
        const segments = parent.split("/");
        return cloud.store
            .list(this.collection)
            .filter(([name]) => {
                const parts = name.split("/");
                return segments.every((segment, i) => segment === "-" || segment === parts[i]);
            })
            .map(([, value]) => value as Resource);
    }
}

const LARGEST_PAGE = 1000;

/** One page of a list. The token holds the position of the next page, encoded. */
export function page<Item extends Json | string>(
    key: string,
    items: Item[],
    { pageSize = 0, pageToken }: { pageSize?: number; pageToken?: string },
): Json {
    if (pageSize < 0) {
        throw invalidArgument("page_size must not be negative", "page_size");
    }
    const start = pageToken === undefined ? 0 : Number(Buffer.from(pageToken, "base64url").toString());
    if (!Number.isInteger(start) || start < 0) {
        throw invalidArgument("page_token is invalid", "page_token");
    }
    const end = start + (pageSize === 0 ? LARGEST_PAGE : Math.min(pageSize, LARGEST_PAGE));
    return {
        [key]: items.slice(start, end),
        ...(end < items.length && { nextPageToken: Buffer.from(String(end)).toString("base64url") }),
    };
}

/**
 * The resource after an update: fields that the mask names come from `changes`, the others stay. Without a mask, or with `*`,
 * all fields of `changes` are taken.
 * @param mask camelCase paths joined by commas, as a FieldMask is in JSON
 * @param writable the fields at the top that a client may change; undefined: all
 */
export function applyMask<Resource extends Json>(
    current: Resource,
    changes: Json,
    mask: string | undefined,
    writable?: readonly string[],
): Resource {
    const paths = mask === undefined || mask === "" || mask === "*" ? undefined : mask.split(",");
    if (!paths) {
        return { ...current, ...changes };
    }
    const updated = structuredClone(current) as Json;
    for (const path of paths) {
        const parts = path.trim().split(".").map(camelCase);
        if (writable && !writable.includes(parts[0] ?? "")) {
            throw invalidArgument(
                `update_mask: the field '${path}' does not exist or cannot be changed`,
                "update_mask",
            );
        }
        setPath(updated, parts, read(changes, parts));
    }
    // A masked field that the changes lack is cleared.
    return JSON.parse(JSON.stringify(updated)) as Resource;
}

function read(value: unknown, path: string[]): unknown {
    return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

/** The etag of a resource, which changes when its content changes. */
export function etagOf(resource: Json): string {
    const content = JSON.stringify({ ...resource, etag: undefined });
    return `"${createHash("sha256").update(content).digest("base64url").slice(0, 27)}"`;
}

/** @throws ApiError ABORTED if the client's etag is of an older state */
export function checkEtag(current: Json, etag: unknown): void {
    if (typeof etag === "string" && etag !== "" && etag !== current.etag) {
        throw new ApiError(
            "ABORTED",
            `Conflict for resource '${String(current.name)}': version '${etag}' was specified but the current version is '${String(current.etag)}'.`,
        );
    }
}

/** The IDs in `projects/P/locations/L/services/S` by their collections: `{ projects: "P", … }`. */
export function nameParts(name: string): Record<string, string> {
    const segments = name.split("/");
    return Object.fromEntries(
        segments.flatMap((segment, i) =>
            i % 2 === 0 && segments[i + 1] !== undefined ? [[segment, segments[i + 1]]] : [],
        ),
    ) as Record<string, string>;
}

/** The last segment of a resource name. */
export function shortName(name: string): string {
    return name.slice(name.lastIndexOf("/") + 1);
}

/** @throws ApiError INVALID_ARGUMENT if an ID does not fit; `pattern` is Google's rule, said in `rule` */
export function checkId(id: string, pattern: RegExp, field: string, rule: string): void {
    if (!pattern.test(id)) {
        throw invalidArgument(`Invalid ${field} "${id}": ${rule}`, field);
    }
}

export function uid(): string {
    return randomUUID();
}

/** A number of so many digits that starts with 1, as Google's identifiers do. */
export function numericId(digits: number): string {
    const more = Array.from(randomBytes(digits - 1), (byte) => byte % 10).join("");
    return `1${more}`;
}
