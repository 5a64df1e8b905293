import type { Call, Cloud, HttpBinding, Json } from "../../cloud";
import { message } from "./descriptors";
import { selected } from "./filters";
import { page, Resources, shortName, uid } from "./resources";
import type { Methods } from "./types";

type Operation = { name: string; metadata?: Json; done?: boolean; response?: Json; error?: Json };

const KEPT = 500;

/** The long-running operations of one API. */
export interface Operations {
    /**
     * Answers with an operation that is done already, so that clients do not poll.
     * @param parent `projects/P/locations/L`; empty for APIs whose operations have no location
     * @param response with its `@type`; an Empty by default
     */
    done(call: Call, parent: string, response?: Json, metadata?: Json): Json;
    /**
     * Begins an operation that is not done yet.
     * @returns its name
     */
    begin(call: Call, parent: string, metadata: Json): string;
    /** Ends an operation, unless it was deleted. */
    end(cloud: Cloud, name: string, response: Json): void;
    /** The operation of that name. */
    get(cloud: Cloud, name: string): Json;
    /** All that are not done, such as those that an earlier sandbox with this state began. */
    pending(cloud: Cloud): { name: string; metadata?: Json }[];
    /** The service `google.longrunning.Operations`, for `ApiDefinition.services`. */
    service: Methods<"google.longrunning.Operations">;
}

const EMPTY = { "@type": "type.googleapis.com/google.protobuf.Empty" };

/**
 * @param api the store's collection is `<api>.operations`
 * @param version the first segment of the REST paths: `v2`; several if the API has several
 * @param permission who may read an operation: `run.operations.get`
 */
export function createOperations(api: string, version: string | string[], permission: string): Operations {
    const operations = new Resources<Operation>(`${api}.operations`, "google.longrunning.Operation");
    const versions = [version].flat();
    const binding = (verb: HttpBinding["verb"], name: string, custom = ""): HttpBinding[] =>
        versions.flatMap((v) =>
            [`projects/*/locations/*/${name}`, name].map((path) => ({
                verb,
                path: `/${v}/{name=${path}}${custom}`,
                ...(verb === "POST" && { body: "*" }),
            })),
        );
    const one = "operations/*";
    const access = {
        permission,
        // An operation has no policy of its own.
        resource: ({ name }: Json, cloud: Cloud) =>
            /^projects\/[^/]+/.exec(String(name))?.[0] ?? `projects/${cloud.settings.project}`,
    };
    const keep = (call: Call, parent: string, content: Omit<Operation, "name">): Operation => {
        const name = `${parent === "" ? "" : `${parent}/`}operations/operation-${cloudTime(call)}-${uid()}`;
        const operation = operations.put(call.cloud, name, { name, ...content });
        forgetOldest(call.cloud, operations);
        return operation;
    };
    return {
        done: (call, parent, response = EMPTY, metadata) =>
            keep(call, parent, { ...(metadata && { metadata }), done: true, response }),
        begin: (call, parent, metadata) => keep(call, parent, { metadata }).name,
        end(cloud, name, response) {
            const operation = operations.find(cloud, name);
            if (operation) {
                operations.put(cloud, name, { ...operation, done: true, response });
            }
        },
        get: (cloud, name) => operations.get(cloud, name),
        pending: (cloud) =>
            cloud.store
                .list(operations.collection)
                .map(([, operation]) => operation as Operation)
                .filter(({ done }) => done !== true),
        service: {
            GetOperation: {
                ...access,
                http: binding("GET", one),
                handle: ({ name }, { cloud }) => operations.get(cloud, name),
            },
            ListOperations: {
                ...access,
                http: versions.map((v) => ({ verb: "GET", path: `/${v}/{name=projects/*/locations/*}/operations` })),
                handle(request, { cloud }) {
                    const found = operations.list(cloud, request.name);
                    return page(
                        "operations",
                        selected(message("google.longrunning.Operation"), found, request),
                        request,
                    );
                },
            },
            WaitOperation: {
                ...access,
                http: binding("POST", one, ":wait"),
                handle: ({ name = "" }, { cloud }) => operations.get(cloud, name),
            },
            DeleteOperation: {
                ...access,
                http: binding("DELETE", one),
                handle({ name }, { cloud }) {
                    operations.delete(cloud, name);
                    return {};
                },
            },
        },
    };
}

/** Deletes the oldest operations. Their names contain the time at which they were made. */
function forgetOldest(cloud: Cloud, { collection }: Resources<Operation>): void {
    const names = cloud.store.list(collection).map(([name]) => name);
    if (names.length <= KEPT) {
        return;
    }
    const byAge = names.sort((a, b) => (shortName(a) < shortName(b) ? -1 : 1));
    for (const name of byAge.slice(0, names.length - KEPT)) {
        cloud.store.delete(collection, name);
    }
}

function cloudTime({ cloud }: Call): number {
    return cloud.clock.now();
}

/** A resource as an operation's response. */
export function typed(type: string, resource: Json): Json {
    return { "@type": `type.googleapis.com/${type}`, ...resource };
}
