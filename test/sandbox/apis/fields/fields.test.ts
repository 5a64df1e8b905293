import assert from "node:assert/strict";
import type { Json } from "../../../../sandbox/apis";
import { endpoints, invoke, invokeStream, type Endpoint } from "../../../../sandbox/apis/framework/endpoint";
import { HARMLESS, UNSERVED } from "../../../../sandbox/apis/framework/requests/unserved";
import { ApiError } from "../../../../sandbox/cloud";
import { messageOf } from "../../../../errors";
import { owner } from "../../support/cloud";
import { requestFor } from "./base-requests";
import { fieldsOf, withField, type FieldPath } from "./field-cases";
import { Reads } from "./recording";
import { fieldWorld, type FieldWorld } from "./world";

/** What became of a field: its handler read it, it was refused by name, or it was ignored. */
type Fate = "read" | "refused" | "harmless" | "ignored";
type Method = NonNullable<Endpoint["method"]>;

interface Served extends Endpoint {
    host: string;
    method: Method;
}

/** The sandbox makes no projects and moves them to folders only, calls functions with a network, the execution is over, and the version of a key not destroyed. */
const NOT_DONE =
    /Projects\.(CreateProject|MoveProject)|CloudFunctionsService\.CallFunction|Executions\.CancelExecution|RestoreCryptoKeyVersion/;

describe("each field of each method that is served", () => {
    let world: FieldWorld;
    let served: Served[];
    before(async () => {
        world = await fieldWorld();
        served = world.definitions.flatMap((definition) =>
            endpoints(definition).flatMap(({ method, ...endpoint }) =>
                method ? [{ ...endpoint, method, host: definition.host }] : [],
            ),
        );
    });
    after(() => world.close());

    /** Asks a method, and takes back what that changed. @returns what went wrong */
    function problemOf({ host, ...endpoint }: Served, request: Json): Promise<unknown> {
        const arrival = {
            cloud: world.cloud,
            host,
            method: endpoint.name,
            origin: { kind: "outside" as const },
            headers: {},
            request: "",
            principal: owner,
        };
        return world.undone(async () => {
            try {
                if (endpoint.method.stream) {
                    const requests = (async function* () {
                        yield await Promise.resolve(request);
                    })();
                    const stream = invokeStream(endpoint, requests, arrival, new AbortController().signal);
                    await stream[Symbol.asyncIterator]().next();
                } else {
                    await invoke(endpoint, request, arrival);
                }
                return undefined;
            } catch (error) {
                return error;
            }
        });
    }

    /** The request, where services with these fields are: those of several regions are made in the location global. */
    const placed = (base: Json, path: FieldPath): Json =>
        path.some(({ name }) => name === "multi_region_settings")
            ? { ...base, parent: String(base["parent"]).replace(/locations\/.*/, "locations/global") }
            : base;

    async function fateOf(endpoint: Served, base: Json, path: FieldPath): Promise<{ fate: Fate; why: string }> {
        const reads = new Reads();
        const request = withField(placed(base, path), path);
        const problem = await problemOf({ ...endpoint, method: watching(endpoint.method, reads) }, request);
        const why = problem === undefined ? "the method answered" : messageOf(problem);
        const last = path.at(-1);
        if (problem instanceof ApiError && (problem.status === "UNIMPLEMENTED" || why.includes("is not mutable"))) {
            return { fate: "refused", why };
        }
        if (reads.has(path.map(({ jsonName }) => jsonName))) {
            return { fate: "read", why };
        }
        const isHarmless = last !== undefined && HARMLESS[last.parent.typeName]?.[last.name] !== undefined;
        return { fate: isHarmless ? "harmless" : "ignored", why };
    }

    it("is tried beside a request that its method takes", async () => {
        const failed: string[] = [];
        for (const endpoint of served.filter(({ name }) => !NOT_DONE.test(name))) {
            const problem = await problemOf(endpoint, requestFor(endpoint, world.ids));
            if (problem !== undefined) {
                failed.push(`${endpoint.host} ${endpoint.name}: ${messageOf(problem)}`);
            }
        }
        assert.deepEqual(failed, []);
    });

    it("is read by the method's handler, refused by its name, or known to be harmless", async () => {
        const ignored: string[] = [];
        const met = new Set<string>();
        for (const endpoint of served) {
            const base = requestFor(endpoint, world.ids);
            for (const path of fieldsOf(endpoint.descriptor.input)) {
                const { fate, why } = await fateOf(endpoint, base, path);
                const last = path.at(-1);
                const type = last?.parent.typeName ?? "";
                if (fate === "ignored") {
                    ignored.push(`${endpoint.name}: ${path.map(({ name }) => name).join(".")} of ${type}: ${why}`);
                } else if (fate !== "read") {
                    path.forEach((field) => met.add(`${field.parent.typeName}.${field.name}`));
                }
            }
        }
        assert.deepEqual(ignored, []);
        const listed = [
            ...Object.entries(UNSERVED).flatMap(([type, names]) => names.map((name) => `${type}.${name}`)),
            ...Object.entries(HARMLESS).flatMap(([type, names]) => Object.keys(names).map((name) => `${type}.${name}`)),
        ];
        // Those of Compute Engine are of plain routes, which no proto lists: `ingress/balancer.test.ts` tries each of them.
        const stale = listed.filter((name) => !met.has(name) && !name.startsWith("google.cloud.compute."));
        assert.deepEqual(stale, [], "these are in the lists, and handlers read them, or they are no fields");
    });

    it("is found where its handler stops reading it", async () => {
        const endpoint = served.find(({ name }) => name.endsWith(".CloudTasks.ListQueues"));
        assert.ok(endpoint);
        const [, filter] = fieldsOf(endpoint.descriptor.input);
        assert.equal(filter?.[0]?.name, "filter");
        const base = requestFor(endpoint, world.ids);
        assert.equal((await fateOf(endpoint, base, filter)).fate, "read");
        const handle = ({ parent, pageSize, pageToken }: Json): Json => ({
            nextPageToken: [parent, pageSize, pageToken].join(),
        });
        const changed = { ...endpoint, method: { ...endpoint.method, handle } };
        assert.equal((await fateOf(changed, base, filter)).fate, "ignored");
    });
});

/** The method, with everything that it does with its request told. */
function watching(method: Method, reads: Reads): Method {
    return {
        ...method,
        resource(request: Json, cloud) {
            const watched = reads.watch(request);
            return method.resource
                ? method.resource(watched, cloud)
                : String(watched["name"] ?? watched["resource"] ?? watched["parent"]);
        },
        handle: (request, call) => method.handle(reads.watch(request), call),
        ...(method.stream && {
            stream: (requests, call, signal) =>
                method.stream?.(watchedStream(requests, reads), call, signal) ?? watchedStream(requests, reads),
        }),
    };
}

async function* watchedStream(requests: AsyncIterable<Json>, reads: Reads): AsyncIterable<Json> {
    for await (const request of requests) {
        yield reads.watch(request);
    }
}
