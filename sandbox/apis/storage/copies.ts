import { ApiError } from "../../cloud";
import { invalidArgument, isObject, type Call, type Json, type RouteRequest } from "../framework";
import { storeObject } from "./objects";
import { bucketKey, getBucket, getObject, objectKey, objects, readObject, type StoredObject } from "./resources";

const OBJECT = "storage.googleapis.com/Object";
/** https://cloud.google.com/storage/docs/composite-objects */
const MOST_SOURCES = 32;
/** The fields of an object that a copy takes over if the request does not say others. */
const COPIED = "cacheControl contentDisposition contentEncoding contentLanguage contentType customTime metadata".split(
    " ",
);

/** https://cloud.google.com/storage/docs/json_api/v1/objects/copy */
export function copyObject(request: RouteRequest, call: Call): Json {
    const { params, query, json } = request;
    const source = getObject(call.cloud, params);
    const generation = query.get("sourceGeneration");
    if (generation !== null && generation !== source.generation) {
        // Only the live version of an object is kept.
        throw new ApiError("NOT_FOUND", `No such object: ${source.bucket}/${source.name}#${generation}`);
    }
    const kept = Object.fromEntries(Object.entries(source).filter(([name]) => COPIED.includes(name)));
    return write(call, params.destinationBucket ?? "", {
        metadata: { ...kept, ...json, name: params.destinationObject },
        bytes: bytesOf(call, source),
    });
}

/** A rewrite is done in one request, whatever its size. https://cloud.google.com/storage/docs/json_api/v1/objects/rewrite */
export function rewriteObject(request: RouteRequest, call: Call): Json {
    const resource = copyObject(request, call);
    const { size } = resource;
    return { kind: "storage#rewriteResponse", totalBytesRewritten: size, objectSize: size, done: true, resource };
}

/** https://cloud.google.com/storage/docs/json_api/v1/objects/compose */
export function composeObject({ params, json }: RouteRequest, call: Call): Json {
    const { bucket = "", object = "" } = params;
    const { sourceObjects, destination } = json;
    if (!Array.isArray(sourceObjects) || sourceObjects.length === 0 || sourceObjects.length > MOST_SOURCES) {
        throw invalidArgument(`sourceObjects must be a list of 1 to ${MOST_SOURCES} objects`, "sourceObjects");
    }
    const sources = sourceObjects.map((one: unknown) => {
        const name = isObject(one) ? one.name : undefined;
        if (typeof name !== "string") {
            throw invalidArgument("each of sourceObjects must have a name", "sourceObjects");
        }
        call.authorize("storage.objects.get", objectKey(bucket, name), OBJECT);
        return getObject(call.cloud, { bucket, object: name });
    });
    const made = write(call, bucket, {
        metadata: { contentType: sources[0]?.contentType, ...(isObject(destination) && destination), name: object },
        bytes: Buffer.concat(sources.map((source) => bytesOf(call, source))),
    });
    // A composed object has no MD5.
    const { md5Hash: _, ...rest } = made;
    return objects.put(call.cloud, objectKey(bucket, object), {
        ...(rest as StoredObject),
        componentCount: sources.length,
    });
}

/** `gcloud storage` asks for this before it removes a bucket. https://cloud.google.com/storage/docs/json_api/v1/buckets/getStorageLayout */
export function storageLayout({ params }: RouteRequest, { cloud }: Call): Json {
    const { name, projectNumber, location, locationType, hierarchicalNamespace } = getBucket(cloud, params.bucket);
    return {
        kind: "storage#storageLayout",
        bucket: name,
        projectNumber,
        location,
        locationType,
        hierarchicalNamespace: hierarchicalNamespace ?? { enabled: false },
    };
}

/** Who replaces an object needs the permission to delete it as well. */
function write(call: Call, bucket: string, upload: Parameters<typeof storeObject>[2]): Json {
    const key = objectKey(bucket, String(upload.metadata.name));
    call.authorize("storage.objects.create", bucketKey(bucket), "storage.googleapis.com/Bucket");
    if (objects.find(call.cloud, key)) {
        call.authorize("storage.objects.delete", key, OBJECT);
    }
    return storeObject(call, bucket, upload);
}

function bytesOf({ cloud }: Call, { bucket, name }: StoredObject): Buffer {
    return readObject(cloud, bucket, name) ?? Buffer.alloc(0);
}
