import assert from "node:assert/strict";
import type { Call, Route, RouteRequest } from "../../../../sandbox/cloud";
import { owner } from "../../support/cloud";
import { fieldWorld, type FieldWorld } from "./world";

/** The parameters that change nothing, each with the reason. */
const HARMLESS: Record<string, string> = {
    includeAllScopes: "aggregated lists have what is there, whatever else is asked for",
    maxResults: "aggregated lists come whole",
    requestId: "a change is done at once, so that no client has a reason to send it again",
    limit: "lists of the older API of Cloud Run come whole",
    pageSize: "the regions of Cloud Run come whole, and of managed folders there is none",
    pageToken: "of managed folders there is none",
    prefix: "of managed folders there is none",
    propagationPolicy: "what belongs to a resource goes with it at once",
    includeFoldersAsPrefixes: "of managed folders there is none",
    versions: "older versions of objects are not kept",
    name: "a session knows the name of what is uploaded",
    view: "memberships of groups have no more than the basic view",
    projection: "objects and buckets have no lists of access control, so that projections are equal",
    returnPartialSuccess: "each list is whole",
    maxBytesRewrittenPerCall: "a rewrite is done at once",
    rewriteToken: "a rewrite is done at once, so that none goes on",
};

/** Its parameters are read once the execution is found, which this world lacks: `executions-history.test.ts` tries them. */
const NOT_REACHED = /stepEntries/;

/** IDs by the name of the variable in a path. Of others `one`. */
const IDS: Record<string, string> = {
    project: "demo",
    namespace: "demo",
    location: "europe-west1",
    bucket: "one-bucket",
    pool: "one-pool",
    provider: "one-issuer",
};

const POOLS = "https://iam.googleapis.com/v1/projects/demo/locations/global/workloadIdentityPools";

const POOL_COLLECTIONS = ["iam.workloadIdentityPools", "iam.workloadIdentityPoolProviders"];

interface Declared {
    route: Route;
    parameter: string;
}

/** What others depend on. */
const BESIDE = { project: "demo", delimiter: "/" };

describe("each parameter that a route declares", () => {
    let world: FieldWorld;
    let declared: Declared[];
    before(async () => {
        world = await fieldWorld();
        const at = "https://storage.googleapis.com/upload/storage/v1/b/one-bucket/o?uploadType=media&name=one";
        await world.cloud.call(owner, "POST", at, "x");
        await world.cloud.call(owner, "POST", at.replace("name=one", "name=one%2F"), "x");
        for (const path of [
            "?workloadIdentityPoolId=one-pool",
            "?workloadIdentityPoolId=old-pool",
            "/one-pool/providers?workloadIdentityPoolProviderId=one-issuer",
            "/one-pool/providers?workloadIdentityPoolProviderId=old-issuer",
        ]) {
            await world.cloud.call(owner, "POST", `${POOLS}${path}`, {
                oidc: { issuerUri: "https://issuer.example" },
                attributeMapping: { "google.subject": "assertion.sub" },
            });
        }
        const service = { serviceName: "one", producerProjectId: "demo", documents: {}, rollouts: [] };
        world.cloud.store.put("servicemanagement.services", "one", service);
        // The world has a policy that denies the deletion of pools.
        for (const collection of POOL_COLLECTIONS) {
            for (const [name, value] of world.cloud.store.list(collection)) {
                if (/\/old-\w+$/.test(name)) {
                    world.cloud.store.put(collection, name, { ...(value as object), state: "DELETED" });
                }
            }
        }
        declared = world.definitions
            .flatMap(({ routes = [] }) => routes)
            // What a signed URL asks is read by its signature, which covers it: `signed-urls.test.ts` tries it.
            .filter((route) => !NOT_REACHED.test(route.path) && !route.applies)
            .flatMap((route) =>
                Array.isArray(route.parameters)
                    ? (route.parameters as string[]).map((parameter) => ({ route, parameter }))
                    : [],
            );
    });
    after(() => world.close());

    /** What the handler of a route reads of its parameters. */
    async function readsOf({ route, parameter }: Declared, instead?: Route["handle"]): Promise<Set<string>> {
        const reads = new Set<string>();
        const query = new Proxy(new URLSearchParams({ ...BESIDE, [parameter]: "1" }), {
            get(target, name) {
                const value: unknown = Reflect.get(target, name, target);
                if (typeof value !== "function") {
                    return value;
                }
                if (name === Symbol.iterator) {
                    reads.add("*");
                }
                return (...args: unknown[]) => {
                    // Whoever copies the parameters may read all of them.
                    reads.add(name === "get" || name === "has" || name === "getAll" ? String(args[0]) : "*");
                    return Reflect.apply(value, target, args) as unknown;
                };
            },
        });
        const variables = [...route.path.matchAll(/\{([^}=]+)/g)].map(([, name = ""]) => [name, IDS[name] ?? "one"]);
        const request: RouteRequest = {
            params: Object.fromEntries(variables) as Record<string, string>,
            query,
            headers: {},
            body: Buffer.from("{}"),
            json: {},
        };
        const call: Call = {
            cloud: world.cloud,
            principal: owner,
            scopes: [],
            host: "",
            method: "",
            origin: { kind: "outside" },
            time: new Date(0).toISOString(),
            authorize: () => undefined,
            identified: () => call,
        };
        await world.undone(async () => {
            try {
                route.resource?.(request, world.cloud);
                await (instead === undefined ? route.handle(request, call) : instead(request, call));
            } catch {
                // What it reads before it refuses counts.
            }
        });
        return reads;
    }

    it("is read by the route's handler, or known to change nothing", async () => {
        assert.ok(declared.length > 100, String(declared.length));
        const ignored: string[] = [];
        const met = new Set<string>();
        for (const each of declared) {
            const reads = await readsOf(each);
            if (reads.has(each.parameter) || reads.has("*")) {
                continue;
            }
            met.add(each.parameter);
            if (HARMLESS[each.parameter] === undefined) {
                ignored.push(`${each.route.verb} ${each.route.path}: ${each.parameter}`);
            }
        }
        assert.deepEqual(ignored, []);
        assert.deepEqual(
            Object.keys(HARMLESS).filter((name) => !met.has(name)),
            [],
            "these are read, or declared nowhere",
        );
    });

    it("is found where its handler stops reading it", async () => {
        const found = declared.find(({ route, parameter }) => route.path === "/storage/v1/b" && parameter === "prefix");
        assert.ok(found);
        assert.ok((await readsOf(found)).has("prefix"));
        assert.ok(!(await readsOf(found, () => ({}))).has("prefix"));
    });
});
