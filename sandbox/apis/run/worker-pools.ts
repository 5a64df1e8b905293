import { ApiError, type Cloud } from "../../cloud";
import { memberOf } from "../../iam";
import { checkActAs, defaultServiceAccount } from "../act-as";
import {
    createOperations,
    crud,
    etagOf,
    invalidArgument,
    nameParts,
    policyMethods,
    Resources,
    shortName,
    uid,
    type ApiDefinition,
    type Call,
    type Message,
    type Stored,
    unimplemented,
} from "../framework";
import { checkKeyUse } from "../kms";
import { checkInstance, checkKeys, checkResources } from "./limits";
import { keepRevision, removeRevisions, revisionName } from "./revisions";

const HOST = "run.googleapis.com";
const TYPE = "run.googleapis.com/WorkerPool";
/** https://cloud.google.com/run/docs/reference/iam/permissions: unlike the collection, it has no capital letter. */
const PERMISSIONS = "run.workerpools";

/** A worker pool of Cloud Run: instances that run all the time, and that nobody can call. */
export type WorkerPool = Stored<"google.cloud.run.v2.WorkerPool", "name" | "generation">;

export const workerPools = new Resources<WorkerPool>("run.workerPools", "google.cloud.run.v2.WorkerPool");
const operations = createOperations("run", "v2", "run.operations.get");

/** How the policies of worker pools are reached, by either API. */
export const workerPoolPolicies = {
    host: HOST,
    permissions: PERMISSIONS,
    resourceType: TYPE,
    mustExist: (cloud: Cloud, name: string) => void workerPools.get(cloud, name),
};

function changed(call: Call, pool: WorkerPool): void {
    keepRevision(call, pool);
    call.cloud.signals.emit({ kind: "worker-pool", name: pool.name });
}

function deleted(call: Call, name: string): void {
    removeRevisions(call, name);
    call.cloud.signals.emit({ kind: "worker-pool", name });
}

/** Makes or replaces a worker pool, as the older API does. @throws ApiError as {@link deploy} */
export function deployWorkerPool(call: Call, name: string, wanted: Partial<WorkerPool>): WorkerPool {
    const pool = workerPools.put(call.cloud, name, deploy(call, name, wanted, workerPools.find(call.cloud, name)));
    changed(call, pool);
    return pool;
}

/** @throws ApiError NOT_FOUND */
export function removeWorkerPool(call: Call, name: string): void {
    workerPools.delete(call.cloud, name);
    call.cloud.iam.deletePolicy(`//run.googleapis.com/${name}`);
    deleted(call, name);
}

/** The updates that ask for another revision, also where the template stays as it is. */
const forced = new WeakSet<Call>();

const methods = crud({
    resources: workerPools,
    singular: "WorkerPool",
    permissions: PERMISSIONS,
    resourceType: TYPE,
    idField: "workerPoolId",
    taken: (id) => new ApiError("ALREADY_EXISTS", `Resource '${id}' already exists.`),
    // Without a mask the whole worker pool is replaced.
    kept: [],
    build(call, name, wanted, current) {
        checkKeys(wanted, current);
        return deploy(call, name, wanted, current);
    },
    changed,
    deleted,
    operations: {
        operations,
        type: "google.cloud.run.v2.WorkerPool",
        metadata: "google.cloud.run.v2.WorkerPool",
        answersDeleted: true,
    },
});

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.workerPools */
export const runWorkerPools: ApiDefinition = {
    host: HOST,
    otherHosts: ["*-run.googleapis.com"],
    unverified: ["a worker pool runs only the command that sandbox.yaml maps to its image"],
    services: {
        "google.cloud.run.v2.WorkerPools": {
            ...methods,
            UpdateWorkerPool: {
                ...methods.UpdateWorkerPool,
                handle(request, call) {
                    if (request.forceNewRevision === true) {
                        forced.add(call);
                    }
                    return methods.UpdateWorkerPool.handle(request, call);
                },
            },
            ...policyMethods(workerPoolPolicies),
        },
    },
};

/** How many instances a worker pool has. https://cloud.google.com/run/docs/configuring/workerpools/manual-scaling */
export const instancesOf = ({ scaling }: WorkerPool): number => scaling?.manualInstanceCount ?? 1;

/** @throws ApiError INVALID_ARGUMENT, PERMISSION_DENIED if the caller may not act as its account */
function deploy(call: Call, name: string, wanted: Partial<WorkerPool>, current: WorkerPool | undefined): WorkerPool {
    const { cloud, principal, time } = call;
    const { template = {}, scaling, instanceSplits } = wanted;
    const { containers = [] } = template;
    if (containers.length === 0 || containers.some(({ image }) => !image)) {
        const field = "template.containers";
        throw invalidArgument(`${field}: a worker pool has at least one container, and each container an image`, field);
    }
    checkInstance(template, "worker pool", "template");
    // https://cloud.google.com/run/docs/configuring/workerpools/cpu
    checkResources(containers, "template.containers", { isAlwaysAllocated: true, isSecondGeneration: true });
    if ((scaling?.manualInstanceCount ?? 0) < 0) {
        const field = "scaling.manual_instance_count";
        throw invalidArgument(`${field} is ${scaling?.manualInstanceCount ?? 0}; it cannot be negative`, field);
    }
    checkSplits(instanceSplits);
    const account = template.serviceAccount ?? defaultServiceAccount(call, nameParts(name).projects ?? "");
    checkActAs(call, account);
    checkKeyUse(cloud, "run", name, template.encryptionKey);
    const full = {
        ...template,
        serviceAccount: account,
        containers: containers.map((container) => ({
            resources: { limits: { cpu: "1000m", memory: "512Mi" } },
            ...container,
        })),
    };
    const generation = String(Number(current?.generation ?? 0) + 1);
    const revision = revisionName(cloud, name, generation, full, forced.has(call) ? undefined : current);
    const who = memberOf(principal).replace(/^[^:]+:/, "");
    const ready = { type: "Ready", state: "CONDITION_SUCCEEDED", lastTransitionTime: time };
    const pool: WorkerPool = {
        ...wanted,
        ...{ name, generation, template: full, observedGeneration: generation, updateTime: time, lastModifier: who },
        launchStage: wanted.launchStage ?? "GA",
        scaling: { manualInstanceCount: 1, ...scaling },
        instanceSplits: instanceSplits ?? [{ type: LATEST, percent: 100 }],
        instanceSplitStatuses: [{ type: LATEST, revision: shortName(revision), percent: 100 }],
        uid: current?.uid ?? uid(),
        createTime: current?.createTime ?? time,
        creator: current?.creator ?? who,
        latestReadyRevision: revision,
        latestCreatedRevision: revision,
        terminalCondition: ready,
        conditions: [ready],
    };
    return { ...pool, etag: etagOf(pool) };
}

const LATEST = "INSTANCE_SPLIT_ALLOCATION_TYPE_LATEST";

/** @throws ApiError UNIMPLEMENTED if instances of another revision than the latest are to run */
function checkSplits(splits: Message<"google.cloud.run.v2.InstanceSplit">[] = []): void {
    if (splits.some(({ type, revision, percent }) => type !== LATEST || revision || percent !== 100)) {
        throw unimplemented("instances of an older revision of a worker pool (instance_splits)");
    }
}
