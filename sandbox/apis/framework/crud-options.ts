import type { ApiError, Call, Cloud, Json } from "../../cloud";
import type { Operations } from "./operations";
import type { Resources } from "./resources";

/** What the common methods need to know of one kind of resource. */
export interface CrudOptions<Resource extends Json, Singular extends string = string, Plural extends string = string> {
    resources: Resources<Resource>;
    /** `Job`: methods are `CreateJob`, `ListJobs`; the request's field is `job`. */
    singular: Singular;
    /** @default the singular with an s */
    plural?: Plural;
    /** The prefix of the permissions: `cloudscheduler.jobs`. */
    permissions: string;
    resourceType?: string;
    /** The collection in a resource's name: `projects/P/topics/T`. @default the last word of the store's collection */
    segment?: string;
    /** The field of a list's answer. @default the plural */
    listField?: string;
    /** The field of a request that names the resource to be made: `triggerId`. @default the resource's own `name` */
    idField?: string;
    /** The field of requests that names the parent in which to create and list. @default "parent" */
    parentField?: "parent" | "name" | "location" | "project";
    /** The field by which requests name what to get and to delete. @default "name" */
    nameField?: string;
    /** Whether the request to create is the resource itself. @default it has the resource in a field */
    createdFromRequest?: true;
    /** The error if the resource exists already. @default an error with its full name */
    taken?(id: string, parent: string): ApiError;
    /** Makes the id of a resource if its creator gives none. */
    newId?: () => string;
    /** Whether creators may give the resource's name although {@link newId} makes one. @default false */
    mayBeNamed?: true;
    /** For resources that clients can name in more than one way. */
    naming?: Naming;
    /** The fields at the top that an update may change. @default all */
    writable?: readonly string[];
    /** The fields at the top that no update may name in its mask. @default none */
    immutable?: readonly string[];
    /**
     * The fields at the top that only Google writes. If this is set, an update without a mask replaces everything else, and
     * fields that the request lacks are removed. @default such an update keeps the fields that the request lacks
     */
    kept?: readonly string[];
    /** Whether a request's etag must be the resource's. @default true */
    etags?: false;
    /**
     * Checks what the client asks for and fills in what Google fills in. @returns the resource as it is kept
     * @param wanted the resource of the request; in an update, with what the mask leaves alone
     * @default clients neither create nor update such resources
     */
    build?: (call: Call, name: string, wanted: Partial<Resource>, current: Resource | undefined) => Resource;
    /** Runs after a resource was stored. */
    changed?(call: Call, resource: Resource): void;
    /** Runs before a resource is deleted. @throws ApiError if it must not be deleted */
    deleting?(call: Call, resource: Resource, request: Json): void;
    /** Runs after a resource was deleted, and removes what belongs to it. */
    deleted?(call: Call, name: string, resource: Resource): void;
    /** The resource as clients see it. @default as it is kept */
    answer?(resource: Resource, cloud: Cloud): Json;
    /** The resource as a list has it. @default as `answer` has it */
    listed?(resource: Resource, cloud: Cloud): Json;
    /** For APIs that answer changes with long-running operations. @default they answer with the resource */
    operations?: {
        operations: Operations;
        /** The resource's message. */
        type: string;
        /** The message that says what an operation is about; gcloud reads it. It can be the resource itself. */
        metadata?: string;
        /** Whether a deletion answers with the resource and the time of its deletion. @default false */
        answersDeleted?: boolean;
        /** Whether an update is an operation too. @default true */
        updates?: false;
        /** Whether an operation's name begins with the resource's location. @default true */
        inLocation?: false;
    };
}

/** How the names that clients give lead to a resource. */
export interface Naming {
    /** The name of a resource to be made. */
    create(parent: string, id: string): string;
    /** The key of a resource in the store, or of what is below a parent. */
    key(name: string, cloud: Cloud): string;
    /** The resource on which the permission is checked, for a name or a parent. */
    checkedOn(name: string, cloud: Cloud): string;
    /** @throws ApiError if the name leads to no resource */
    check?(name: string, cloud: Cloud): void;
}
