import { ApiError } from "../../cloud";
import { RouteAnswer, type Call, type Json, type Route, type RouteRequest } from "../framework";
import { conditionalOnObject, failedCondition } from "./conditions";
import { storeObject } from "./objects";
import { download } from "./range";
import { deleteObject, objectKey, objects, readObject, text, type StoredObject } from "./resources";

/** What each verb on an object needs. */
export const VERBS = { GET: "get", HEAD: "get", PUT: "create", DELETE: "delete" } as const;
export type XmlVerb = keyof typeof VERBS;

const PATH = "/{bucket}/{object=**}";
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
        resourceType: "storage.googleapis.com/Object",
        resource: ({ params }) => objectOf(verb, params),
        parameters: ["generation", "response-content-type", "response-content-disposition"],
        handle: (request, call) => xmlObject(verb, request, call),
    })),
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
function objectOf(verb: XmlVerb, { bucket = "", object = "" }: Record<string, string>): string {
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
        } else if (name.startsWith("x-goog-") && !name.startsWith(META) && !HARMLESS.test(name)) {
            throw new ApiError("UNIMPLEMENTED", `the header ${name} is not implemented by the sandbox`);
        }
    }
    const { params, headers, body } = request;
    const conditional = { params, headers, body, query, json: {} };
    return conditionalOnObject(verb === "HEAD" ? "GET" : verb, (asked) => answer(verb, asked, call))(conditional, call);
}

function answer(verb: XmlVerb, request: RouteRequest, call: Call): RouteAnswer {
    const { cloud } = call;
    const { bucket = "", object = "" } = request.params;
    const found = objects.find(cloud, objectKey(bucket, object));
    if (verb === "PUT") {
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
        etag: `"${md5 === "" ? text(stored.etag) : Buffer.from(md5, "base64").toString("hex")}"`,
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

/** An error as the XML API answers it. */
export function xmlError(status: number, code: string, message: string): RouteAnswer {
    const escaped = message.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
    const body = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${escaped}</Message></Error>`;
    return new RouteAnswer(status, body, { "content-type": "application/xml; charset=UTF-8" });
}
