import type { ApiError, Call, Json, Method } from "../../cloud";
import { alreadyExists, invalidArgument } from "./errors";
import { typed, type Operations } from "./operations";
import { applyMask, checkEtag, checkId, page, type Resources } from "./resources";

export interface CrudOptions<Resource extends Json> {
    resources: Resources<Resource>;
    /** `Job`: methods are `CreateJob`, `ListJobs`; the request's field is `job`. */
    singular: string;
    /** @default the singular with an s */
    plural?: string;
    /** The prefix of the permissions: `cloudscheduler.jobs`. */
    permissions: string;
    resourceType?: string;
    /** `REQUEST.triggerId`: the field that names the resource to be made. Undefined: its own `name` does. */
    idField?: string;
    /** The field of requests that names where to make and list. @default "parent" */
    parentField?: "parent" | "name";
    /** Which ids Google takes. */
    idRule?: { pattern: RegExp; field: string; rule: string };
    /** What is said where the resource is there already. @default its full name */
    taken?(id: string): ApiError;
    /** Where the API names what is made, and no client does. */
    newId?(): string;
    /** The fields at the top that an update may change; undefined: all. */
    writable?: readonly string[];
    /**
     * What only Google writes at the top of the resource, where an update without a mask replaces everything else: what
     * the request lacks goes. Undefined: such an update leaves alone what the request lacks.
     */
    kept?: readonly string[];
    /**
     * The resource as it is kept and answered: checks what was asked for and fills in what Google does.
     * @param wanted the resource of the request; in an update, with what the mask leaves alone
     */
    build(call: Call, name: string, wanted: Partial<Resource>, current: Resource | undefined): Resource;
    /** After it was stored. */
    changed?(call: Call, resource: Resource): void;
    /** Before it is deleted. @throws ApiError where it must not be */
    deleting?(call: Call, resource: Resource): void;
    /** After it was deleted: what goes with it. */
    deleted?(call: Call, name: string): void;
    /**
     * Where the API answers with long-running operations: those, the resource's message, and the message that tells
     * what an operation is about; gcloud reads it.
     */
    operations?: {
        operations: Operations;
        type: string;
        metadata?: string;
        /** Whether a deletion answers with what was deleted, and when. @default false */
        answersDeleted?: boolean;
    };
}

/**
 * The five methods that most resources have, all of one shape. Of requests that have them, `validateOnly` changes nothing,
 * `allowMissing` lets an update create, and an `etag` must be that of the resource as it is.
 */
export function crud<Resource extends Json>(options: CrudOptions<Resource>): Record<string, Method> {
    const { resources, singular, permissions, resourceType, idField } = options;
    const plural = options.plural ?? `${singular}s`;
    const field = lowerFirst(singular);
    const segment = resources.collection.replace(/^.*\./, "");
    const type = resourceType === undefined ? {} : { resourceType };
    const parentOf = (request: Json): string => String(request[options.parentField ?? "parent"]);
    const wantedOf = (request: Json): Partial<Resource> => request[field] ?? {};

    const store = (call: Call, request: Json, verb: string, resource: Resource, name: string): Json => {
        if (request.validateOnly !== true) {
            resources.put(call.cloud, name, resource);
            options.changed?.(call, resource);
        }
        return done(call, name, verb, resource);
    };
    const done = (call: Call, name: string, verb: string, resource?: Resource): Json => {
        if (!options.operations) {
            return resource ?? {};
        }
        const { operations, type: message, metadata } = options.operations;
        const about =
            metadata === undefined
                ? undefined
                : typed(metadata, {
                      createTime: call.time,
                      endTime: call.time,
                      target: name,
                      verb,
                      apiVersion: /\.(v\d\w*)\./.exec(metadata)?.[1],
                  });
        const place = name.split("/").slice(0, 4).join("/");
        return operations.done(call, place, resource && typed(message, resource), about);
    };

    return {
        [`Create${singular}`]: {
            permission: `${permissions}.create`,
            resource: parentOf,
            ...type,
            handle(request, call) {
                const parent = parentOf(request);
                const wanted = wantedOf(request);
                const given = idField === undefined ? wanted.name : request[idField];
                const id = options.newId ? `${parent}/${segment}/${options.newId()}` : given;
                if (typeof id !== "string" || id === "") {
                    const missing = idField ?? `${field}.name`;
                    throw invalidArgument(`${missing} is required`, missing);
                }
                const name = idField === undefined ? id : `${parent}/${segment}/${id}`;
                if (!name.startsWith(`${parent}/${segment}/`)) {
                    throw invalidArgument(
                        `${field}.name "${name}" must begin with "${parent}/${segment}/"`,
                        `${field}.name`,
                    );
                }
                if (options.idRule) {
                    checkId(id, options.idRule.pattern, options.idRule.field, options.idRule.rule);
                }
                if (resources.find(call.cloud, name)) {
                    throw options.taken?.(id) ?? alreadyExists(name);
                }
                return store(call, request, "create", options.build(call, name, wanted, undefined), name);
            },
        },
        [`Get${singular}`]: {
            permission: `${permissions}.get`,
            ...type,
            handle: ({ name }, { cloud }) => resources.get(cloud, String(name)),
        },
        [`List${plural}`]: {
            permission: `${permissions}.list`,
            handle: (request, { cloud }) => page(lowerFirst(plural), resources.list(cloud, parentOf(request)), request),
        },
        [`Update${singular}`]: {
            permission: `${permissions}.update`,
            resource: (request) => String(wantedOf(request).name),
            ...type,
            handle(request, call) {
                const wanted = wantedOf(request);
                const name = String(wanted.name);
                if (request.allowMissing === true && !resources.find(call.cloud, name)) {
                    call.authorize(`${permissions}.create`, name.replace(/\/[^/]+\/[^/]+$/, ""), resourceType);
                    return store(call, request, "create", options.build(call, name, wanted, undefined), name);
                }
                const current = resources.get(call.cloud, name);
                checkEtag(current, wanted.etag);
                const mask = request.updateMask as string | undefined;
                const merged =
                    options.kept && !mask
                        ? { ...pick(current, options.kept), ...wanted }
                        : applyMask(current, wanted, mask, options.writable);
                return store(call, request, "update", options.build(call, name, merged, current), name);
            },
        },
        [`Delete${singular}`]: {
            permission: `${permissions}.delete`,
            ...type,
            handle(request, call) {
                const name = String(request.name);
                const current = resources.get(call.cloud, name);
                checkEtag(current, request.etag);
                options.deleting?.(call, current);
                if (request.validateOnly !== true) {
                    resources.delete(call.cloud, name);
                    call.cloud.iam.deletePolicy(`//${call.host}/${name}`);
                    options.deleted?.(call, name);
                }
                const gone = { ...current, deleteTime: call.time };
                return done(call, name, "delete", options.operations?.answersDeleted ? gone : undefined);
            },
        },
    };
}

function pick<Resource extends Json>(resource: Resource, names: readonly string[]): Partial<Resource> {
    const picked = Object.entries(resource).filter(([name]) => names.includes(name));
    return Object.fromEntries(picked) as Partial<Resource>;
}

function lowerFirst(text: string): string {
    return text.charAt(0).toLowerCase() + text.slice(1);
}
