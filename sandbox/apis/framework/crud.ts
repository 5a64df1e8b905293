import type { Call, Cloud, Json, Method } from "../../cloud";
import type { CrudOptions } from "./crud-options";
import { alreadyExists, invalidArgument } from "./errors";
import { selected } from "./filters";
import { typed } from "./operations";
import { checkResourceId } from "./requests";
import { applyMask, checkEtag, page } from "./resources";

/**
 * The five methods that most resources have. If a request has these fields, `validateOnly` changes nothing,
 * `allowMissing` lets an update create and lets a deletion find nothing, and an `etag` must be that of the stored resource.
 */
export function crud<Resource extends Json, Singular extends string, Plural extends string = `${Singular}s`>(
    options: CrudOptions<Resource, Singular, Plural>,
): CrudMethods<Singular, Plural> {
    const { resources, singular, permissions, resourceType, naming } = options;
    const { parentField = "parent", nameField = "name" } = options;
    const plural: string = options.plural ?? `${singular}s`;
    const field = lowerFirst(singular);
    const type = resourceType === undefined ? {} : { resourceType };

    const wantedOf = (request: Json): Partial<Resource> =>
        (options.createdFromRequest && request[field] === undefined ? request : request[field]) ?? {};
    const parentOf = (request: Json): string =>
        options.createdFromRequest && request[parentField] === undefined
            ? parentIn(textIn(request, "name"))
            : textIn(request, request[parentField] === undefined ? "parent" : parentField);
    const namedBy = (request: Json): string => textIn(request, nameField);
    const updatedBy = (request: Json): string => textIn({ name: request.name ?? wantedOf(request).name }, "name");
    const checkedOn = (nameOf: (request: Json) => string) => (request: Json, cloud: Cloud) =>
        naming?.checkedOn(nameOf(request), cloud) ?? nameOf(request);
    const keyOf = (name: string, cloud: Cloud): string => naming?.key(name, cloud) ?? name;
    const answer = (resource: Resource, cloud: Cloud): Json => options.answer?.(resource, cloud) ?? resource;
    const checkVersion = (current: Resource, etag: unknown): void => {
        if (options.etags !== false) {
            checkEtag(current, etag);
        }
    };

    const get = (name: string, cloud: Cloud): Resource => {
        naming?.check?.(name, cloud);
        return resources.get(cloud, keyOf(name, cloud));
    };
    const store = (call: Call, request: Json, verb: Verb, name: string, resource: Resource): Json => {
        if (request.validateOnly !== true) {
            resources.put(call.cloud, keyOf(name, call.cloud), resource);
            options.changed?.(call, resource);
        }
        // Whoever heard of the change may have added to the resource: the time at which a job runs next.
        const kept =
            request.validateOnly === true
                ? resource
                : (resources.find(call.cloud, keyOf(name, call.cloud)) ?? resource);
        return answerTo(options, call, name, verb, answer(kept, call.cloud));
    };
    const methods: Record<string, Method> = {
        [`Get${singular}`]: {
            permission: `${permissions}.get`,
            resource: checkedOn(namedBy),
            ...type,
            handle: (request, { cloud }) => answer(get(namedBy(request), cloud), cloud),
        },
        [`List${plural}`]: {
            permission: `${permissions}.list`,
            resource: checkedOn(parentOf),
            handle(request, { cloud }) {
                const found = resources.list(cloud, keyOf(parentOf(request), cloud));
                const listed = found.map((resource) => options.listed?.(resource, cloud) ?? answer(resource, cloud));
                const { descriptor } = resources;
                const asked = descriptor ? selected(descriptor, listed, request) : listed;
                return page(options.listField ?? lowerFirst(plural), asked, request);
            },
        },
        [`Delete${singular}`]: {
            permission: `${permissions}.delete`,
            resource: checkedOn(namedBy),
            ...type,
            handle(request, call) {
                const name = namedBy(request);
                const key = keyOf(name, call.cloud);
                if (request.allowMissing === true && !resources.find(call.cloud, key)) {
                    return answerTo(options, call, name, "delete");
                }
                const current = get(name, call.cloud);
                checkVersion(current, request.etag);
                options.deleting?.(call, current, request);
                if (request.validateOnly !== true) {
                    resources.delete(call.cloud, key);
                    call.cloud.iam.deletePolicy(`//${call.host}/${key}`);
                    options.deleted?.(call, name, current);
                }
                const gone = { ...answer(current, call.cloud), deleteTime: call.time };
                return answerTo(options, call, name, "delete", options.operations?.answersDeleted ? gone : undefined);
            },
        },
    };
    const { build } = options;
    if (build) {
        const create = (call: Call, request: Json, name: string, wanted: Partial<Resource>): Json =>
            store(call, request, "create", name, build(call, name, wanted, undefined));
        methods[`Create${singular}`] = {
            permission: `${permissions}.create`,
            resource: checkedOn(parentOf),
            ...type,
            handle(request, call) {
                const wanted = wantedOf(request);
                const parent = parentOf(request);
                const { id, name } = nameToCreate(options, parent, request, wanted);
                if (resources.find(call.cloud, keyOf(name, call.cloud))) {
                    throw options.taken?.(id, parent) ?? alreadyExists(name);
                }
                return create(call, request, name, wanted);
            },
        };
        methods[`Update${singular}`] = {
            permission: `${permissions}.update`,
            resource: checkedOn(updatedBy),
            ...type,
            handle(request, call) {
                const wanted = wantedOf(request);
                const name = updatedBy(request);
                if (request.allowMissing === true && !resources.find(call.cloud, keyOf(name, call.cloud))) {
                    call.authorize(`${permissions}.create`, parentIn(name), resourceType);
                    return create(call, request, name, wanted);
                }
                const current = get(name, call.cloud);
                checkVersion(current, wanted.etag);
                const mask = request.updateMask as string | undefined;
                checkMutable(singular, options.immutable, mask);
                const merged =
                    options.kept && !mask
                        ? { ...pick(current, options.kept), ...wanted }
                        : applyMask(current, wanted, mask, options.writable);
                return store(call, request, "update", name, build(call, name, merged, current));
            },
        };
    }
    return methods as CrudMethods<Singular, Plural>;
}

/** @throws ApiError INVALID_ARGUMENT, in Pub/Sub's words, for a field that no update may change */
function checkMutable(singular: string, immutable: readonly string[] = [], mask = ""): void {
    const named = mask.split(",").map((path) => path.split(".")[0] ?? "");
    const wrong = immutable.find((field) => named.includes(field));
    if (wrong !== undefined) {
        throw invalidArgument(
            `Invalid update_mask provided in the Update${singular}Request: The '${snakeCase(wrong)}' field in the ${singular} is not mutable.`,
            "update_mask",
        );
    }
}

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `CreateJob`, `GetJob`, `ListJobs`, `UpdateJob`, `DeleteJob`. */
type CrudMethods<Singular extends string, Plural extends string> = Record<
    `${"Create" | "Get" | "Update" | "Delete"}${Singular}` | `List${Plural}`,
    Method
>;

type Verb = "create" | "update" | "delete";

/** The id and the name of a resource to create: from an id beside the resource, or from the resource's own name. */
function nameToCreate<Resource extends Json>(
    { resources, singular, idField, naming, newId, mayBeNamed, segment }: CrudOptions<Resource>,
    parent: string,
    request: Json,
    wanted: Partial<Resource>,
): { id: string; name: string } {
    const begin = `${parent}/${segment ?? resources.collection.replace(/^.*\./, "")}/`;
    const nameField = `${lowerFirst(singular)}.name`;
    const namesItself = idField === undefined && (!newId || mayBeNamed);
    const given = namesItself ? wanted.name : idField === undefined ? undefined : request[idField];
    const id = given === undefined || given === "" ? newId?.() : given;
    if (typeof id !== "string" || id === "") {
        throw invalidArgument(`${idField ?? nameField} is required`, idField ?? nameField);
    }
    const isName = namesItself && given === id;
    const name = isName ? id : (naming?.create(parent, id) ?? `${begin}${id}`);
    if (isName && !name.startsWith(begin)) {
        throw invalidArgument(`${nameField} "${name}" must begin with "${begin}"`, nameField);
    }
    const idInField = (idField ?? nameField).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    checkResourceId(resources.collection, isName ? name.slice(begin.length) : id, idInField);
    return { id, name };
}

/** The answer to a change: the resource, or a long-running operation that is done already. */
function answerTo<Resource extends Json>(
    { operations: options }: CrudOptions<Resource>,
    call: Call,
    name: string,
    verb: Verb,
    resource?: Json,
): Json {
    if (!options || (verb === "update" && options.updates === false)) {
        return resource ?? {};
    }
    const { operations, type, metadata, inLocation } = options;
    const place = inLocation === false ? "" : name.split("/").slice(0, 4).join("/");
    return operations.done(
        call,
        place,
        resource && typed(type, resource),
        metadata === type
            ? resource && typed(type, resource)
            : metadata === undefined
              ? undefined
              : typed(metadata, {
                    createTime: call.time,
                    endTime: call.time,
                    target: name,
                    verb,
                    apiVersion: /\.(v\d\w*)\./.exec(metadata)?.[1],
                }),
    );
}

/** @throws ApiError INVALID_ARGUMENT if a request lacks a name */
function textIn(request: Json, field: string): string {
    const text = request[field];
    if (typeof text !== "string") {
        throw invalidArgument(`Required field '${field}' is not set`, field);
    }
    return text;
}

function pick<Resource extends Json>(resource: Resource, names: readonly string[]): Partial<Resource> {
    const picked = Object.entries(resource).filter(([name]) => names.includes(name));
    return Object.fromEntries(picked) as Partial<Resource>;
}

/** `projects/P` of `projects/P/topics/T`. */
function parentIn(name: string): string {
    return name.replace(/\/[^/]+\/[^/]+$/, "");
}

function lowerFirst(text: string): string {
    return text.charAt(0).toLowerCase() + text.slice(1);
}
