import { ApiError, type Cloud } from "../../cloud";
import { projectId } from "../../iam";
import { isObject, Resources, type Json } from "../framework";
import { checkKeyUse } from "../kms";

/** Written by hand, because the JSON API has no proto, and its resources differ from those of the gRPC API. */
export type Bucket = Json & { name: string; projectNumber: string };
export type StoredObject = Json & { name: string; bucket: string; contentType: string; generation: string };

export const STORAGE = "storage.googleapis.com";
/** The keys are IAM's names: `projects/_/buckets/b`, `projects/_/buckets/b/objects/o`. */
export const buckets = new Resources<Bucket>("storage.buckets");
export const objects = new Resources<StoredObject>("storage.objects");
/** The objects' bytes in base64. */
export const contents = new Resources<{ data: string }>("storage.contents");

export const bucketKey = (bucket = ""): string => `projects/_/buckets/${bucket}`;
/** The full name of a bucket, by which IAM knows it. */
export const bucketResource = (bucket = ""): string => `//${STORAGE}/${bucketKey(bucket)}`;
export const objectKey = (bucket = "", object = ""): string => `${bucketKey(bucket)}/objects/${object}`;

/** The bytes of an object; undefined if there is none. */
export function readObject(cloud: Cloud, bucket: string, object: string): Buffer | undefined {
    const content = contents.find(cloud, objectKey(bucket, object));
    return content && Buffer.from(content.data, "base64");
}

export function getBucket(cloud: Cloud, bucket = ""): Bucket {
    const found = buckets.find(cloud, bucketKey(bucket));
    if (!found) {
        throw new ApiError("NOT_FOUND", "The specified bucket does not exist.");
    }
    return found;
}

export function getObject(cloud: Cloud, { bucket = "", object = "" }: Record<string, string>): StoredObject {
    const found = objects.find(cloud, objectKey(bucket, object));
    if (!found) {
        throw new ApiError("NOT_FOUND", `No such object: ${bucket}/${object}`);
    }
    return found;
}

/** Deletes an object with its bytes. */
export function deleteObject(cloud: Cloud, object: StoredObject): void {
    const key = objectKey(object.bucket, object.name);
    objects.delete(cloud, key);
    cloud.store.delete(contents.collection, key);
    emitObjectEvent(cloud, "deleted", object);
}

/** Signals a change of an object, so that Eventarc's triggers can deliver it. */
export function emitObjectEvent(cloud: Cloud, change: "finalized" | "deleted", object: StoredObject): void {
    const { settings, store } = cloud;
    cloud.signals.emit({
        kind: "event",
        event: {
            project: projectId(getBucket(cloud, object.bucket).projectNumber, settings, store),
            type: `google.cloud.storage.object.v1.${change}`,
            attributes: { bucket: object.bucket },
            source: `//storage.googleapis.com/projects/_/buckets/${object.bucket}`,
            subject: `objects/${object.name}`,
            data: object,
        },
    });
}

/** The fields that change with every change of a bucket or an object. */
export function nextGeneration({ metageneration }: Json, time: string): Json {
    return { metageneration: String(Number(metageneration) + 1), updated: time };
}

/** A JSON merge patch: objects merge, a null takes a field away. https://datatracker.ietf.org/doc/html/rfc7396 */
export function mergePatch(target: unknown, patch: Json): Json {
    const merged: Json = isObject(target) ? { ...target } : {};
    for (const [name, value] of Object.entries(patch)) {
        if (value === null) {
            Reflect.deleteProperty(merged, name);
        } else {
            merged[name] = isObject(value) ? mergePatch(merged[name], value) : value;
        }
    }
    return merged;
}

export function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

/** The key with which the objects of a bucket are encrypted that name none. */
export function defaultKey({ encryption }: Json): string {
    return isObject(encryption) ? text(encryption.defaultKmsKeyName) : "";
}

/** The service of a bucket must be allowed to use a key, which is where the bucket is. @throws ApiError */
export function checkKeyOf(cloud: Cloud, { projectNumber, location }: Bucket, key: string): void {
    const project = projectId(projectNumber, cloud.settings, cloud.store);
    checkKeyUse(cloud, "storage", `projects/${project}`, key, text(location));
}
