import { RecentMap } from "../../../common";
import { createHash, randomBytes } from "node:crypto";
import { ENDPOINT_HEADER } from "../../client";
import { ApiError, type Cloud } from "../../cloud";
import {
    crc32c,
    checkResourceId,
    invalidArgument,
    RouteAnswer,
    type Call,
    type Json,
    type RouteRequest,
} from "../framework";
import { versionName } from "../kms";
import {
    type Bucket,
    bucketKey,
    checkKeyOf,
    contents,
    defaultKey,
    getBucket,
    getObject,
    mergePatch,
    nextGeneration,
    objectKey,
    objects,
    readObject,
    STORAGE,
    emitObjectEvent,
    text,
    type StoredObject,
} from "./resources";
import { failedCondition } from "./conditions";
import { listed } from "./listing";
import { download } from "./range";
import { namedBy, readUpload, type Upload } from "./upload";

interface Session {
    bucket: string;
    metadata: Json;
    chunks: Buffer[];
    /** The parameters of the request that began it. */
    query: URLSearchParams;
}

/** How many uploads are kept that have begun and not ended. */
const KEPT = 1000;
/** Resumable uploads that have begun. They end with the process. */
const begun = new WeakMap<Cloud, Map<string, Session>>();

/** Changes the fields of an object that a client can write, by `PATCH` or by `PUT`, which sends the whole object. */
export function updateObject({ params, json }: RouteRequest, { cloud, time }: Call): Json {
    const current = getObject(cloud, params);
    const updated = mergePatch(current, { ...writableOf(json), ...nextGeneration(current, time) });
    return objects.put(cloud, objectKey(params.bucket, params.object), updated as StoredObject);
}

const WRITABLE =
    "acl cacheControl contentDisposition contentEncoding contentLanguage contentType customTime eventBasedHold metadata storageClass temporaryHold".split(
        " ",
    );

function writableOf(json: Json): Json {
    return Object.fromEntries(Object.entries(json).filter(([name]) => WRITABLE.includes(name)));
}

/**
 * The version of the key that encrypts an object: of the key that the request names, or else of the bucket's.
 * https://cloud.google.com/storage/docs/encryption/using-customer-managed-keys
 */
function versionFor(cloud: Cloud, bucket: Bucket, named: string): string {
    const key = named || defaultKey(bucket);
    checkKeyOf(cloud, bucket, key);
    return key === "" ? "" : versionName(cloud, key);
}

export function storeObject({ cloud, time }: Call, bucket: string, { metadata, bytes }: Upload): Json {
    const key = versionFor(cloud, getBucket(cloud, bucket), text(metadata.kmsKeyName));
    const name = text(metadata.name);
    if (name === "") {
        throw invalidArgument("Required: the object's name", "name");
    }
    checkResourceId(objects.collection, Buffer.byteLength(name) > 1024 ? "" : name, "name");
    const last = Number(objects.find(cloud, objectKey(bucket, name))?.generation ?? 0);
    const generation = String(Math.max(cloud.clock.now() * 1000, last + 1));
    const link = `https://storage.googleapis.com/download/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}`;
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32c(bytes));
    contents.put(cloud, objectKey(bucket, name), { data: bytes.toString("base64") });
    const stored = objects.put(cloud, objectKey(bucket, name), {
        storageClass: "STANDARD",
        ...metadata,
        ...(key !== "" && { kmsKeyName: key }),
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
    emitObjectEvent(cloud, "finalized", stored);
    return stored;
}

/** Uploads an object in one request, begins an upload in several requests, or continues one, as the clients for Go do. */
export function upload(request: RouteRequest, call: Call): Json | RouteAnswer {
    const { params, query } = request;
    if (query.has("upload_id")) {
        return continueUpload(request, call);
    }
    if (query.get("uploadType") !== "resumable") {
        const sent = readUpload(request);
        authorizeReplacing(call, params.bucket, sent.metadata);
        return storeIf(query, call, params.bucket ?? "", sent);
    }
    getBucket(call.cloud, params.bucket);
    const sessions = begun.get(call.cloud) ?? new RecentMap<string, Session>(KEPT);
    begun.set(call.cloud, sessions);
    const id = randomBytes(32).toString("hex");
    const metadata = { ...request.json, ...namedBy(query) };
    authorizeReplacing(call, params.bucket, metadata);
    sessions.set(id, { bucket: params.bucket ?? "", metadata, chunks: [], query });
    const origin = String(request.headers[ENDPOINT_HEADER] ?? `https://${STORAGE}`);
    const location = `${origin}/upload/storage/v1/b/${params.bucket ?? ""}/o?uploadType=resumable&upload_id=${id}`;
    return new RouteAnswer(200, "", { location, "x-guploader-uploadid": id });
}

/**
 * Whoever puts an object in the place of another one must be allowed to delete that.
 * https://cloud.google.com/storage/docs/access-control/iam-json
 */
export function authorizeReplacing(call: Call, bucket: string | undefined, { name }: Json): void {
    const key = objectKey(bucket, text(name));
    if (objects.find(call.cloud, key)) {
        call.authorize("storage.objects.delete", key, "storage.googleapis.com/Object");
    }
}

/** `bytes 0-524287/*` of a chunk that is not the last, `bytes 524288-600000/600001` of the last, `bytes *\/0` of none. */
const RANGE = /^bytes (?:\*|\d+-(\d+))\/(\*|\d+)$/;

/** Takes a chunk: 308 until the last one. https://cloud.google.com/storage/docs/performing-resumable-uploads#chunked-upload */
export function continueUpload({ query, headers, body }: RouteRequest, call: Call): Json | RouteAnswer {
    const id = query.get("upload_id") ?? "";
    const session = begun.get(call.cloud)?.get(id);
    if (!session) {
        throw new ApiError("NOT_FOUND", "the upload session does not exist, or is finished");
    }
    session.chunks.push(body);
    const bytes = Buffer.concat(session.chunks);
    const total = RANGE.exec(headers["content-range"] ?? "")?.[2] ?? String(bytes.length);
    if (total === "*" || Number(total) > bytes.length) {
        const range = bytes.length > 0 ? { range: `bytes=0-${bytes.length - 1}` } : {};
        // Go follows 308 as a redirect, so that its clients ask for another status with the same meaning.
        return headers["x-guploader-no-308"] === undefined
            ? new RouteAnswer(308, "", range)
            : new RouteAnswer(200, "", { ...range, "x-http-status-code-override": "308" });
    }
    begun.get(call.cloud)?.delete(id);
    return storeIf(session.query, call, session.bucket, { metadata: session.metadata, bytes });
}

/** Stores an object if the conditions of its request hold. */
function storeIf(query: URLSearchParams, call: Call, bucket: string, sent: Upload): Json | RouteAnswer {
    const current = objects.find(call.cloud, objectKey(bucket, text(sent.metadata.name)));
    return failedCondition(query, current) ?? storeObject(call, bucket, sent);
}

export function readOrDownload({ params, query, headers }: RouteRequest, { cloud }: Call): Json | RouteAnswer {
    const object = getObject(cloud, params);
    if (query.get("alt") !== "media") {
        return object;
    }
    const bytes = readObject(cloud, object.bucket, object.name) ?? Buffer.alloc(0);
    const about = { "content-type": object.contentType, "x-goog-generation": object.generation };
    return download(bytes, headers.range, about);
}

export function listObjects({ params, query }: RouteRequest, { cloud }: Call): Json {
    getBucket(cloud, params.bucket);
    return listed(objects.list(cloud, bucketKey(params.bucket)), query);
}
