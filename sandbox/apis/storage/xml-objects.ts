import { ApiError } from "../../cloud";
import { RouteAnswer, type Call, type Json, type Route, type RouteRequest } from "../framework";
import { conditionalOnObject, failedCondition } from "./conditions";
import { authorizeReplacing, storeObject } from "./objects";
import { download } from "./range";
import { etagOf } from "./xml-buckets";
import { xmlError } from "./xml";
import { deleteObject, objectKey, objects, readObject, text, type StoredObject } from "./resources";

/** What each verb on an object needs. */
export const VERBS = { GET: "get", HEAD: "get", PUT: "create", DELETE: "delete" } as const;
export type XmlVerb = keyof typeof VERBS;

/** What a request on an object may ask besides. All else is refused by its name, as a part of the object is: `?acl`. */
export const XML_PARAMETERS = ["generation", "response-content-type", "response-content-disposition"];

const PATH = "/{bucket}/{object=**}";
const PRECONDITION_FAILED = xmlError(
    412,
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold.",
);
const META = "x-goog-meta-";
/** Headers that are parameters of the JSON API. https://cloud.google.com/storage/docs/xml-api/reference-headers */
const CONDITIONS: Record<string, string> = {
    "x-goog-if-generation-match": "ifGenerationMatch",
    "x-goog-if-metageneration-match": "ifMetagenerationMatch",
};
/** Headers that change nothing here: who pays, what the client is, and what the signature of a URL covers. */
const HARMLESS =
    /^x-goog-(api-client|user-project|request-(params|reason)|gcs-idempotency-token|algorithm|date|encryption-request-id)$/;

/**
 * Objects by the XML API, by which the client for Go reads. It has the token of its caller, as every other request.
 * https://cloud.google.com/storage/docs/xml-api/overview
 */
export const xmlRoutes: Route[] = [
    ...(Object.keys(VERBS) as XmlVerb[]).map((verb): Route => ({
        verb,
        path: PATH,
        permission: `storage.objects.${VERBS[verb]}`,
        hasParts: true,
        resourceType: "storage.googleapis.com/Object",
        resource: ({ params }) => objectOf(verb, params),
        parameters: XML_PARAMETERS,
        handle: (request, call) => xmlObject(verb, request, call),
    })),
    {
        verb: "POST",
        path: PATH,
        permission: undefined,
        parameters: "any",
        handle({ params, query }, call) {
            const object = objectOf("POST", params);
            call.authorize("storage.objects.create", object, "storage.googleapis.com/Object");
            const what = query.has("uploads") || query.has("uploadId") ? "multipart uploads" : "POST of an object";
            throw new ApiError(
                "UNIMPLEMENTED",
                `${what} by the XML API: not implemented by the sandbox; upload by one PUT, or by the JSON API`,
            );
        },
    },
    {
        verb: "POST",
        path: "/{bucket}",
        permission: undefined,
        public: true,
        handle: () => {
            throw new ApiError(
                "UNIMPLEMENTED",
                "uploads by a form with a policy document are not implemented by the sandbox; upload by a signed URL",
            );
        },
    },
];

/** @throws ApiError UNIMPLEMENTED if the path is one of the JSON API, which has a method that no route serves */
function objectOf(verb: XmlVerb | "POST", { bucket = "", object = "" }: Record<string, string>): string {
    if (/^(storage|upload|download|batch)$/.test(bucket) && /^(storage\/)?v\d/.test(object)) {
        throw new ApiError("UNIMPLEMENTED", `${verb} /${bucket}/${object} is not implemented by the sandbox`);
    }
    return objectKey(bucket, object);
}

/** Carries out a request on an object, once its caller is let in. */
export function xmlObject(
    verb: XmlVerb,
    request: RouteRequest,
    call: Call,
): Json | RouteAnswer | Promise<Json | RouteAnswer> {
    const query = new URLSearchParams(request.query);
    for (const [name, value] of Object.entries(request.headers)) {
        const condition = CONDITIONS[name];
        if (condition !== undefined) {
            query.set(condition, String(value));
        } else if (/^if-/.test(name) && !["GET", "HEAD"].includes(verb)) {
            throw new ApiError("UNIMPLEMENTED", `the header ${name} of ${verb} is not implemented by the sandbox`);
        } else if (name.startsWith("x-goog-") && !name.startsWith(META) && !HARMLESS.test(name)) {
            throw new ApiError("UNIMPLEMENTED", `the header ${name} is not implemented by the sandbox`);
        }
    }
    const { params, headers, body } = request;
    const conditional = { params, headers, body, query, json: {} };
    const read = verb === "HEAD" ? "GET" : verb;
    const ended = conditionalOnObject(read, (asked) => answer(verb, asked, call))(conditional, call);
    return ended instanceof RouteAnswer && ended.status === 412 ? PRECONDITION_FAILED : ended;
}

function answer(verb: XmlVerb, request: RouteRequest, call: Call): RouteAnswer {
    const { cloud } = call;
    const { bucket = "", object = "" } = request.params;
    const found = objects.find(cloud, objectKey(bucket, object));
    if (verb === "PUT") {
        authorizeReplacing(call, bucket, { name: object });
        return failedCondition(request.query, found) ?? put(request, call);
    }
    if (!found) {
        return xmlError(404, "NoSuchKey", "The specified key does not exist.");
    }
    if (verb === "DELETE") {
        deleteObject(cloud, found);
        return new RouteAnswer(204, "");
    }
    const { query, headers } = request;
    const failed = failedHeader(headers, found);
    if (failed) {
        return failed;
    }
    const bytes = readObject(cloud, bucket, object) ?? Buffer.alloc(0);
    return download(bytes, headers.range, {
        ...about(found),
        "content-type": query.get("response-content-type") ?? found.contentType,
        ...shown("content-disposition", query.get("response-content-disposition") ?? found.contentDisposition),
        ...shown("content-encoding", found.contentEncoding),
        ...shown("content-language", found.contentLanguage),
        ...shown("cache-control", found.cacheControl),
    });
}

/** The conditions of HTTP on what is read. https://cloud.google.com/storage/docs/xml-api/reference-headers#ifmatch */
function failedHeader(headers: RouteRequest["headers"], found: StoredObject): RouteAnswer | undefined {
    const names = (header: string): boolean =>
        header.split(",").some((one) => ["*", etagOf(found), etagOf(found).slice(1, -1)].includes(one.trim()));
    // A header has whole seconds.
    const changed = Math.floor(Date.parse(String(found.updated)) / 1000) * 1000;
    const isNewer = (header = ""): boolean => changed > Date.parse(header);
    const match = headers["if-match"];
    const noneMatch = headers["if-none-match"];
    if (match === undefined ? isNewer(headers["if-unmodified-since"]) : !names(match)) {
        return PRECONDITION_FAILED;
    }
    const since = headers["if-modified-since"];
    const unchanged = noneMatch === undefined ? since !== undefined && changed <= Date.parse(since) : names(noneMatch);
    return unchanged ? new RouteAnswer(304, "", { etag: etagOf(found) }) : undefined;
}

function shown(name: string, value: unknown): Record<string, string> {
    return typeof value === "string" ? { [name]: value } : {};
}

function about(stored: StoredObject): Record<string, string> {
    const { generation, metageneration, crc32c, size, storageClass, updated, metadata } = stored;
    // What was composed has none.
    const md5 = text(stored.md5Hash);
    const own = Object.entries((metadata ?? {}) as Record<string, string>);
    return {
        "x-goog-generation": generation,
        "x-goog-metageneration": String(metageneration),
        "x-goog-hash": `crc32c=${String(crc32c)}${md5 === "" ? "" : `,md5=${md5}`}`,
        "x-goog-stored-content-length": String(size),
        "x-goog-stored-content-encoding":
            typeof stored.contentEncoding === "string" ? stored.contentEncoding : "identity",
        "x-goog-storage-class": String(storageClass),
        "last-modified": new Date(String(updated)).toUTCString(),
        etag: etagOf(stored),
        ...Object.fromEntries(own.map(([name, value]) => [`${META}${name}`, value])),
    };
}

function put({ params, headers, body }: RouteRequest, call: Call): RouteAnswer {
    const { bucket = "", object = "" } = params;
    const own = Object.entries(headers).filter(([name]) => name.startsWith(META));
    const stored = storeObject(call, bucket, {
        bytes: body,
        metadata: {
            name: object,
            ...shown("contentType", headers["content-type"]),
            ...shown("contentEncoding", headers["content-encoding"]),
            ...shown("contentDisposition", headers["content-disposition"]),
            ...shown("contentLanguage", headers["content-language"]),
            ...shown("cacheControl", headers["cache-control"]),
            ...(own.length > 0 && {
                metadata: Object.fromEntries(own.map(([name, value]) => [name.slice(META.length), String(value)])),
            }),
        },
    });
    return new RouteAnswer(200, "", about(stored as StoredObject));
}
