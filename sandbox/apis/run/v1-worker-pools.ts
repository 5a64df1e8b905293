import { defined } from "../../../common";
import {
    alreadyExists,
    message as protoOf,
    parse,
    policyRoutes,
    print,
    shortName,
    type Call,
    type Json,
    type Route,
    type RouteRequest,
} from "../framework";
import {
    fromKnativeContainer,
    fromKnativeVolumes,
    objectOf,
    objectsOf,
    only,
    toKnativeContainer,
    toKnativeVolume,
} from "./knative-containers";
import { metadataOf, RUN_V1 } from "./knative-metadata";
import { DELETE_PARAMETERS, parentOf, regionOf } from "./v1-place";
import {
    deployWorkerPool,
    instancesOf,
    removeWorkerPool,
    type WorkerPool,
    workerPoolPolicies,
    workerPools,
} from "./worker-pools";

const PATH = "/apis/run.googleapis.com/v1/namespaces/{namespace}/workerpools";
const COUNT = "run.googleapis.com/manualInstanceCount";
/** What belongs to the server, or is a field of the newer API. */
const FIELDS = /^(run\.googleapis\.com\/(manualInstanceCount|scalingMode|operation-id)$|serving\.knative\.dev\/)/;
const SPEC = ["containers", "serviceAccountName", "volumes"];
const LATEST = "INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST";
const REVISION = "INSTANCE_SPLIT_ALLOCATION_TYPE_REVISION";
/** An entry of `instanceSplits`, whose values the message of the newer API checks. */
type Split = { revisionName?: string; latestRevision?: boolean; percent?: number };

/** As audit logs name the methods of the older API: https://cloud.google.com/run/docs/audit-logging */
const METHODS: Record<string, string> = {
    list: "List",
    create: "Create",
    get: "Get",
    update: "Replace",
    delete: "Delete",
};

/**
 * Worker pools by the older API, by which gcloud lists, describes and replaces them.
 * https://docs.cloud.google.com/run/docs/reference/rest/v1/namespaces.workerpools
 */
export const workerPoolRoutes: Route[] = [
    route("GET", "", "list", (request, call) => {
        const found = workerPools.list(call.cloud, parentOf(request, call.cloud));
        const items = found.map((pool) => toKnativePool(pool, call));
        return { apiVersion: RUN_V1, kind: "WorkerPoolList", metadata: {}, items };
    }),
    route("POST", "", "create", (request, call) => {
        const { name } = objectOf(request.json.metadata);
        const full = `${regionOf(request, call.cloud)}/workerPools/${String(name)}`;
        if (workerPools.find(call.cloud, full)) {
            throw alreadyExists(full);
        }
        return deploy(request, call, full);
    }),
    route("GET", "/{pool}", "get", (request, call) => toKnativePool(poolIn(request, call), call)),
    route("PUT", "/{pool}", "update", (request, call) => deploy(request, call, poolIn(request, call).name)),
    route("DELETE", "/{pool}", "delete", (request, call) => {
        removeWorkerPool(call, poolIn(request, call).name);
        return { apiVersion: "v1", kind: "Status", status: "Success" };
    }),
    ...policyRoutes(
        workerPoolPolicies,
        "/v1/{resource=projects/*/locations/*/workerpools/*}",
        ({ resource = "" }) => resource.replace("/workerpools/", "/workerPools/"),
        "google.cloud.run.v1.WorkerPools",
    ),
];

function route(
    verb: Route["verb"],
    path: string,
    does: string,
    handle: (request: RouteRequest, call: Call) => Json,
): Route {
    return {
        verb,
        path: PATH + path,
        permission: `run.workerpools.${does}`,
        audited: `google.cloud.run.v1.WorkerPools.${METHODS[does] ?? ""}WorkerPool`,
        resourceType: workerPoolPolicies.resourceType,
        parameters: does === "delete" ? DELETE_PARAMETERS : does === "list" ? ["limit"] : [],
        resource: (request, cloud) => {
            const parent = parentOf(request, cloud);
            const { pool } = request.params;
            return pool === undefined ? parent.replace("/locations/-", "") : `${parent}/workerPools/${pool}`;
        },
        handle,
    };
}

function poolIn(request: RouteRequest, { cloud }: Call): WorkerPool {
    return workerPools.get(cloud, `${parentOf(request, cloud)}/workerPools/${request.params.pool ?? ""}`);
}

function deploy(request: RouteRequest, call: Call, name: string): Json {
    // The request is checked as a request of the newer API.
    const input = protoOf("google.cloud.run.v2.WorkerPool");
    const wanted = print(input, parse(input, { ...fromKnativePool(request.json) }));
    return toKnativePool(deployWorkerPool(call, name, wanted), call);
}

function toKnativePool(pool: WorkerPool, call: Call): Json {
    const { containers = [], volumes, serviceAccount: serviceAccountName, ...template } = pool.template ?? {};
    const latest = shortName(pool.latestReadyRevision ?? "");
    const splits = (pool.instanceSplits ?? []).map(({ type, revision, percent }) => ({
        ...(type === REVISION ? { revisionName: revision } : { latestRevision: true }),
        ...defined({ percent }),
    }));
    return {
        apiVersion: RUN_V1,
        kind: "WorkerPool",
        metadata: {
            ...metadataOf(pool, call),
            annotations: {
                ...pool.annotations,
                "serving.knative.dev/creator": pool.creator,
                "serving.knative.dev/lastModifier": pool.lastModifier,
                [COUNT]: String(instancesOf(pool)),
            },
        },
        spec: {
            instanceSplits: splits,
            template: {
                metadata: defined({
                    name: template.revision,
                    labels: template.labels,
                    annotations: template.annotations,
                }),
                spec: {
                    containers: containers.map(toKnativeContainer),
                    ...defined({ serviceAccountName }),
                    ...(volumes && { volumes: volumes.map(toKnativeVolume) }),
                },
            },
        },
        status: {
            observedGeneration: Number(pool.generation),
            conditions: [{ type: "Ready", status: "True", lastTransitionTime: pool.updateTime }],
            ...{ latestReadyRevisionName: latest, latestCreatedRevisionName: latest },
            instanceSplits: splits.map((split) => ({ ...split, revisionName: latest })),
        },
    };
}

/** @throws ApiError INVALID_ARGUMENT for a field that is not known here */
function fromKnativePool(body: Json): Partial<WorkerPool> {
    const metadata = objectOf(body.metadata);
    const { template: said, instanceSplits } = only(objectOf(body.spec), ["template", "instanceSplits"], "spec");
    const template = objectOf(said);
    const where = "spec.template.spec";
    const spec = only(objectOf(template.spec), SPEC, where);
    const containers = objectsOf(spec.containers, `${where}.containers`) ?? [];
    const splits = objectsOf<Split>(instanceSplits, "spec.instanceSplits");
    const annotations = objectOf(metadata.annotations) as Record<string, string>;
    const labels = Object.entries(objectOf(metadata.labels)).filter(
        ([key]) => !key.startsWith("cloud.googleapis.com/"),
    );
    const own = objectOf(template.metadata) as Partial<Record<"labels" | "annotations", Record<string, string>>> & {
        name?: string;
    };
    return {
        labels: Object.fromEntries(labels) as Record<string, string>,
        annotations: Object.fromEntries(Object.entries(annotations).filter(([key]) => !FIELDS.test(key))),
        ...(annotations[COUNT] !== undefined && { scaling: { manualInstanceCount: Number(annotations[COUNT]) } }),
        ...(splits && {
            instanceSplits: splits.map(({ revisionName, percent }) => ({
                type: revisionName === undefined ? LATEST : REVISION,
                ...defined({ revision: revisionName, percent }),
            })),
        }),
        template: {
            ...defined({ revision: own.name, labels: own.labels, annotations: own.annotations }),
            ...defined({ serviceAccount: spec.serviceAccountName as string | undefined }),
            ...fromKnativeVolumes(spec.volumes, `${where}.volumes`),
            containers: containers.map((each, i) => fromKnativeContainer(each, `${where}.containers[${i}]`)),
        },
    };
}
