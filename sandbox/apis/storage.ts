import { createHash } from "node:crypto";
import { ApiError, type Cloud, type Policy } from "../cloud";
import { atVersion, projectNumberOf } from "../iam";
import { crc32c } from "./crc32c";
import {
    alreadyExists,
    applyMask,
    invalidArgument,
    Resources,
    RouteAnswer,
    type ApiDefinition,
    type Call,
    type Json,
    type Route,
    type RouteRequest,
} from "./framework";
import { readUpload, type Upload } from "./storage-upload";

export type Bucket = Json & { name: string; projectNumber: string };
export type StoredObject = Json & { name: string; bucket: string; contentType: string; generation: string };

const HOST = "storage.googleapis.com";
const BUCKET = "storage.googleapis.com/Bucket";
const OBJECT = "storage.googleapis.com/Object";
/** Keyed as IAM names them: `projects/_/buckets/b`, `projects/_/buckets/b/objects/o`. */
export const buckets = new Resources<Bucket>("storage.buckets");
export const objects = new Resources<StoredObject>("storage.objects");
/** The objects' bytes in base64. */
export const contents = new Resources<{ data: string }>("storage.contents");
/** Resumable uploads that have begun. They do not survive the process. */
const begun = new WeakMap<Cloud, Map<string, { bucket: string; metadata: Json }>>();

const bucketKey = (bucket = ""): string => `projects/_/buckets/${bucket}`;
const objectKey = (bucket = "", object = ""): string => `${bucketKey(bucket)}/objects/${object}`;

/** The bytes of an object; undefined where there is none. */
export function readObject(cloud: Cloud, bucket: string, object: string): Buffer | undefined {
    const content = contents.find(cloud, objectKey(bucket, object));
    return content && Buffer.from(content.data, "base64");
}

function onBucket(verb: Route["verb"], path: string, permission: string, handle: Route["handle"]): Route {
    return { verb, path, permission, resourceType: BUCKET, resource: ({ params }) => bucketKey(params.bucket), handle };
}

function onObject(verb: Route["verb"], path: string, permission: string, handle: Route["handle"]): Route {
    const resource = ({ params }: RouteRequest): string => objectKey(params.bucket, params.object);
    return { verb, path, permission, resourceType: OBJECT, resource, handle };
}

function getBucket(cloud: Cloud, bucket = ""): Bucket {
    const found = buckets.find(cloud, bucketKey(bucket));
    if (!found) throw new ApiError("NOT_FOUND", "The specified bucket does not exist.");
    return found;
}

function getObject(cloud: Cloud, { bucket = "", object = "" }: Record<string, string>): StoredObject {
    const found = objects.find(cloud, objectKey(bucket, object));
    if (!found) throw new ApiError("NOT_FOUND", `No such object: ${bucket}/${object}`);
    return found;
}

function createBucket({ query, json }: RouteRequest, { cloud, time }: Call): Json {
    const name = text(json.name);
    if (!/^[a-z0-9][-_.a-z0-9]{1,220}[a-z0-9]$/.test(name) && !/^[a-z0-9]{1,3}$/.test(name)) {
        throw invalidArgument(`Invalid bucket name: '${name}'`, "name");
    }
    if (buckets.find(cloud, bucketKey(name))) throw alreadyExists(name);
    return buckets.put(cloud, bucketKey(name), {
        location: "US",
        storageClass: "STANDARD",
        iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: "inherited" },
        ...json,
        kind: "storage#bucket",
        id: name,
        name,
        selfLink: `https://www.googleapis.com/storage/v1/b/${name}`,
        projectNumber: projectNumberOf(query.get("project") ?? "", cloud.settings, cloud.store),
        metageneration: "1",
        timeCreated: time,
        updated: time,
        etag: "CAE=",
    });
}

function updateBucket({ params, json }: RouteRequest, { cloud, time }: Call): Json {
    const current = getBucket(cloud, params.bucket);
    const metageneration = String(Number(current.metageneration) + 1);
    // A null takes a field away.
    const updated = { ...applyMask(current, json, Object.keys(json).join(",")), metageneration, updated: time };
    return buckets.put(cloud, bucketKey(params.bucket), updated);
}

function deleteBucket({ params }: RouteRequest, { cloud }: Call): RouteAnswer {
    getBucket(cloud, params.bucket);
    if (objects.list(cloud, bucketKey(params.bucket)).length > 0) {
        throw new ApiError("ALREADY_EXISTS", "The bucket you tried to delete is not empty.");
    }
    buckets.delete(cloud, bucketKey(params.bucket));
    cloud.iam.deletePolicy(`//${HOST}/${bucketKey(params.bucket)}`);
    return new RouteAnswer(204, "");
}

function storeObject({ cloud, time }: Call, bucket: string, { metadata, bytes }: Upload): Json {
    getBucket(cloud, bucket);
    const name = text(metadata.name);
    if (name === "") throw invalidArgument("Required: the object's name", "name");
    const generation = String(cloud.clock.now() * 1000);
    const link = `https://storage.googleapis.com/download/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}`;
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32c(bytes));
    contents.put(cloud, objectKey(bucket, name), { data: bytes.toString("base64") });
    return objects.put(cloud, objectKey(bucket, name), {
        storageClass: "STANDARD",
        ...metadata,
        contentType: text(metadata.contentType) || "application/octet-stream",
        kind: "storage#object",
        id: `${bucket}/${name}/${generation}`,
        selfLink: `https://www.googleapis.com/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}`,
        mediaLink: `${link}?generation=${generation}&alt=media`,
        name,
        bucket,
        generation,
        metageneration: "1",
        size: String(bytes.length),
        md5Hash: createHash("md5").update(bytes).digest("base64"),
        crc32c: checksum.toString("base64"),
        etag: "CAE=",
        timeCreated: time,
        updated: time,
    });
}

function upload(request: RouteRequest, call: Call): Json | RouteAnswer {
    const { params, query } = request;
    if (query.get("uploadType") !== "resumable") return storeObject(call, params.bucket ?? "", readUpload(request));
    const sessions = begun.get(call.cloud) ?? new Map<string, { bucket: string; metadata: Json }>();
    begun.set(call.cloud, sessions);
    const id = createHash("sha256").update(`${call.time}${sessions.size}`).digest("hex");
    const metadata = { ...request.json, ...(query.has("name") && { name: query.get("name") }) };
    sessions.set(id, { bucket: params.bucket ?? "", metadata });
    const location = `https://${HOST}/upload/storage/v1/b/${params.bucket ?? ""}/o?uploadType=resumable&upload_id=${id}`;
    return new RouteAnswer(200, "", { location, "x-guploader-uploadid": id });
}

function finishUpload({ query, body }: RouteRequest, call: Call): Json {
    const id = query.get("upload_id") ?? "";
    const session = begun.get(call.cloud)?.get(id);
    if (!session) throw new ApiError("NOT_FOUND", "the upload session does not exist, or is finished");
    begun.get(call.cloud)?.delete(id);
    return storeObject(call, session.bucket, { metadata: session.metadata, bytes: body });
}

function readOrDownload({ params, query }: RouteRequest, { cloud }: Call): Json | RouteAnswer {
    const object = getObject(cloud, params);
    if (query.get("alt") !== "media") return object;
    const bytes = readObject(cloud, object.bucket, object.name) ?? Buffer.alloc(0);
    return new RouteAnswer(200, bytes, { "content-type": object.contentType, "x-goog-generation": object.generation });
}

function listObjects({ params, query }: RouteRequest, { cloud }: Call): Json {
    getBucket(cloud, params.bucket);
    const prefix = query.get("prefix") ?? "";
    const items = objects.list(cloud, bucketKey(params.bucket)).filter(({ name }) => name.startsWith(prefix));
    return { kind: "storage#objects", items };
}

function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

function policyResource(bucket = ""): string {
    return `//${HOST}/${bucketKey(bucket)}`;
}

/** The JSON API, which has no proto. https://cloud.google.com/storage/docs/json_api/v1 */
export const storage: ApiDefinition = {
    host: HOST,
    scopes: ["full_control", "read_write", "read_only"].map((s) => `https://www.googleapis.com/auth/devstorage.${s}`),
    unverified: ["object versions, access control lists, signed URLs and the XML API are not here"],
    routes: [
        {
            verb: "POST",
            path: "/storage/v1/b",
            permission: "storage.buckets.create",
            resource: ({ query }) => `projects/${query.get("project") ?? ""}`,
            handle: createBucket,
        },
        {
            verb: "GET",
            path: "/storage/v1/b",
            permission: "storage.buckets.list",
            resource: ({ query }) => `projects/${query.get("project") ?? ""}`,
            handle: ({ query }, { cloud }) => {
                const number = projectNumberOf(query.get("project") ?? "", cloud.settings, cloud.store);
                const items = buckets
                    .list(cloud, "projects/_/buckets")
                    .filter((bucket) => bucket.projectNumber === number);
                return { kind: "storage#buckets", items };
            },
        },
        onBucket("GET", "/storage/v1/b/{bucket}", "storage.buckets.get", ({ params }, { cloud }) =>
            getBucket(cloud, params.bucket),
        ),
        onBucket("PATCH", "/storage/v1/b/{bucket}", "storage.buckets.update", updateBucket),
        onBucket("DELETE", "/storage/v1/b/{bucket}", "storage.buckets.delete", deleteBucket),
        onBucket("GET", "/storage/v1/b/{bucket}/anywhereCaches", "storage.buckets.get", () => ({ items: [] })),
        onBucket("GET", "/storage/v1/b/{bucket}/anywhereCaches/", "storage.buckets.get", () => ({ items: [] })),
        onBucket(
            "GET",
            "/storage/v1/b/{bucket}/iam",
            "storage.buckets.getIamPolicy",
            ({ params, query }, { cloud }) => {
                getBucket(cloud, params.bucket);
                const version = Number(query.get("optionsRequestedPolicyVersion") ?? 1);
                return {
                    kind: "storage#policy",
                    ...atVersion(cloud.iam.getPolicy(policyResource(params.bucket)), version),
                };
            },
        ),
        onBucket("PUT", "/storage/v1/b/{bucket}/iam", "storage.buckets.setIamPolicy", ({ params, json }, { cloud }) => {
            getBucket(cloud, params.bucket);
            const { bindings, etag, version } = json as Policy;
            const policy = { ...(bindings && { bindings }), ...(etag && { etag }), ...(version && { version }) };
            return { kind: "storage#policy", ...cloud.iam.setPolicy(policyResource(params.bucket), policy) };
        }),
        onBucket("GET", "/storage/v1/b/{bucket}/o", "storage.objects.list", listObjects),
        onBucket("POST", "/upload/storage/v1/b/{bucket}/o", "storage.objects.create", upload),
        onBucket("PUT", "/upload/storage/v1/b/{bucket}/o", "storage.objects.create", finishUpload),
        onObject("GET", "/storage/v1/b/{bucket}/o/{object=**}", "storage.objects.get", readOrDownload),
        onObject("GET", "/download/storage/v1/b/{bucket}/o/{object=**}", "storage.objects.get", readOrDownload),
        onObject(
            "DELETE",
            "/storage/v1/b/{bucket}/o/{object=**}",
            "storage.objects.delete",
            ({ params }, { cloud }) => {
                getObject(cloud, params);
                objects.delete(cloud, objectKey(params.bucket, params.object));
                cloud.store.delete(contents.collection, objectKey(params.bucket, params.object));
                return new RouteAnswer(204, "");
            },
        ),
    ],
};
