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
    /** `REQUEST.triggerId`: the field that names the resource to be made. @default the resource's own `name` does */
    idField?: string;
    /** The field of requests that names where to make and list. @default "parent" */
    parentField?: "parent" | "name" | "location" | "project";
    /** The field by which requests name what to get and to delete. @default "name" */
    nameField?: string;
    /** A creation's request is the resource itself. @default it has the resource in a field */
    createdFromRequest?: true;
    /** Which ids Google takes. */
    idRule?: { pattern: RegExp; field: string; rule: string };
    /** What is said where the resource is there already. @default its full name */
    taken?(id: string, parent: string): ApiError;
    /** The id of a resource whose creator names none. */
    newId?: () => string;
    /** Where clients can name a resource in more than one way. */
    naming?: Naming;
    /** The fields at the top that an update may change. @default all */
    writable?: readonly string[];
    /**
     * What only Google writes at the top of the resource, where an update without a mask replaces everything else: what
     * the request lacks goes. @default such an update leaves alone what the request lacks
     */
    kept?: readonly string[];
    /** Whether a request's etag must be the resource's. @default true */
    etags?: false;
    /**
     * The resource as it is kept and answered: checks what was asked for and fills in what Google does.
     * @param wanted the resource of the request; in an update, with what the mask leaves alone
     * @default clients neither create nor update such resources
     */
    build?: (call: Call, name: string, wanted: Partial<Resource>, current: Resource | undefined) => Resource;
    /** After it was stored. */
    changed?(call: Call, resource: Resource): void;
    /** Before it is deleted. @throws ApiError where it must not be */
    deleting?(call: Call, resource: Resource, request: Json): void;
    /** After it was deleted: what goes with it. */
    deleted?(call: Call, name: string, resource: Resource): void;
    /** The resource as clients see it. @default as it is kept */
    answer?(resource: Resource, cloud: Cloud): Json;
    /** The resource as a list has it. @default as `answer` has it */
    listed?(resource: Resource, cloud: Cloud): Json;
    /** Where the API answers changes with long-running operations. @default with the resource */
    operations?: {
        operations: Operations;
        /** The resource's message. */
        type: string;
        /** The message that says what an operation is about; gcloud reads it. */
        metadata?: string;
        /** Whether a deletion answers with what was deleted, and when. @default false */
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
    /** What the permission is checked on, of a name or a parent. */
    checkedOn(name: string, cloud: Cloud): string;
    /** @throws ApiError where the name leads to no resource */
    check?(name: string, cloud: Cloud): void;
}
