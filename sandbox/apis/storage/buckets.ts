import { ApiError, type Binding } from "../../cloud";
import { projectNumberOf } from "../../iam";
import { alreadyExists, checkResourceId, RouteAnswer, type Call, type Json, type RouteRequest } from "../framework";
import { checkKeyUse } from "../kms";
import {
    bucketKey,
    bucketResource,
    buckets,
    getBucket,
    mergePatch,
    nextGeneration,
    objects,
    text,
    type Bucket,
    checkKeyOf,
    defaultKey,
} from "./resources";

export function createBucket({ query, json }: RouteRequest, call: Call): Json {
    const { cloud } = call;
    const name = text(json.name);
    checkResourceId(buckets.collection, name, "name");
    if (buckets.find(cloud, bucketKey(name))) {
        throw alreadyExists(name);
    }
    return makeBucket(call, query.get("project") ?? "", name, json);
}

/** Makes a bucket of Google's own if it is missing. */
export function ensureBucket(call: Call, project: string, name: string): void {
    if (!buckets.find(call.cloud, bucketKey(name))) {
        makeBucket(call, project, name, {});
    }
}

function makeBucket({ cloud, time }: Call, project: string, name: string, json: Json): Bucket {
    const location = (text(json.location) || "US").toUpperCase();
    checkKeyUse(cloud, "storage", `projects/${project}`, defaultKey(json), location);
    const bucket = buckets.put(
        cloud,
        bucketKey(name),
        mergePatch(
            {
                storageClass: "STANDARD",
                iamConfiguration: {
                    uniformBucketLevelAccess: { enabled: false },
                    publicAccessPrevention: "inherited",
                },
                softDeletePolicy: { retentionDurationSeconds: "604800", effectiveTime: time },
            },
            {
                ...json,
                kind: "storage#bucket",
                id: name,
                name,
                selfLink: `https://www.googleapis.com/storage/v1/b/${name}`,
                projectNumber: projectNumberOf(project, cloud.settings, cloud.store),
                location,
                locationType: location.includes("-") ? "region" : "multi-region",
                generation: String(cloud.clock.now() * 1000),
                metageneration: "1",
                timeCreated: time,
                updated: time,
                etag: "CAE=",
            },
        ) as Bucket,
    );
    cloud.iam.setPolicy(bucketResource(name), { bindings: firstBindings(project, bucket) });
    return bucket;
}

/**
 * The bindings that a new bucket has: for those who own, edit and view its project. A bucket whose objects have no lists of
 * access control gives them its objects as well. https://cloud.google.com/storage/docs/access-control/iam-roles#convenience-values
 */
function firstBindings(project: string, { iamConfiguration }: Bucket): Binding[] {
    const { uniformBucketLevelAccess } = iamConfiguration as { uniformBucketLevelAccess?: { enabled?: boolean } };
    const kinds = uniformBucketLevelAccess?.enabled === true ? ["Bucket", "Object"] : ["Bucket"];
    return kinds.flatMap((kind) => [
        { role: `roles/storage.legacy${kind}Owner`, members: [`projectEditor:${project}`, `projectOwner:${project}`] },
        { role: `roles/storage.legacy${kind}Reader`, members: [`projectViewer:${project}`] },
    ]);
}

export function updateBucket({ params, json }: RouteRequest, { cloud, time }: Call): Json {
    const current = getBucket(cloud, params.bucket);
    checkKeyOf(cloud, current, defaultKey(json));
    const updated = mergePatch(current, { ...json, ...nextGeneration(current, time) });
    return buckets.put(cloud, bucketKey(params.bucket), updated as Bucket);
}

export function deleteBucket({ params }: RouteRequest, { cloud }: Call): RouteAnswer {
    getBucket(cloud, params.bucket);
    if (objects.list(cloud, bucketKey(params.bucket)).length > 0) {
        throw new ApiError("ALREADY_EXISTS", "The bucket you tried to delete is not empty.");
    }
    buckets.delete(cloud, bucketKey(params.bucket));
    cloud.iam.deletePolicy(bucketResource(params.bucket));
    return new RouteAnswer(204, "");
}
