import { createHash } from "node:crypto";
import { ApiError, type Cloud, type Principal } from "../../cloud";
import { RouteAnswer, type Call, type Json, type Route, type RouteRequest } from "../framework";
import { storeObject } from "./objects";
import { deleteObject, objectKey, objects, readObject, STORAGE } from "./resources";
import { type Refusal, signerOf } from "./signature";
import { checkSignature, putSigned } from "./signed-urls";

/** In bytes: what is read of a request before it is refused, so that it is refused in the words of the API. */
const SMALL = 64 * 1024;

type Asked = Pick<RouteRequest, "params" | "query" | "headers">;

const VERBS = { GET: "get", HEAD: "get", PUT: "create", DELETE: "delete" } as const;

/** What a signed URL allows without a token: https://cloud.google.com/storage/docs/access-control/signed-urls */
export const signedRoutes: Route[] = (Object.keys(VERBS) as (keyof typeof VERBS)[]).map((verb) => ({
    verb,
    path: "/{bucket}/{object=**}",
    permission: undefined,
    public: true,
    admitBody(request, cloud) {
        if (!request.query.has("X-Goog-Signature")) {
            checkOther(request, cloud, verb);
            return;
        }
        const length = request.headers["content-length"];
        const small = verb !== "PUT" || (length !== undefined && Number(length) <= SMALL);
        const found = small ? undefined : admitted(cloud, verb, request, false);
        if (found && "code" in found) {
            throw new ApiError(found.status === 400 ? "INVALID_ARGUMENT" : "PERMISSION_DENIED", found.message);
        }
    },
    handle(request, call) {
        if (!request.query.has("X-Goog-Signature")) {
            return putSigned(request, call);
        }
        const found = admitted(call.cloud, verb, request, true);
        return "code" in found ? refusal(found) : answer(verb, request, call);
    },
}));

/** @throws ApiError if a request has no signature that the sandbox takes */
function checkOther(request: Asked, cloud: Cloud, verb: string): void {
    if (request.query.has("GoogleAccessId")) {
        throw new ApiError(
            "UNIMPLEMENTED",
            "signed URLs of version 2 are not implemented by the sandbox; sign with version 4",
        );
    }
    const { bucket = "", object = "" } = request.params;
    if (/^(storage|upload|download|batch)$/.test(bucket) && /^(storage\/)?v\d/.test(object)) {
        throw new ApiError("UNIMPLEMENTED", `${verb} /${bucket}/${object} is not implemented by the sandbox`);
    }
    if (verb !== "PUT") {
        throw new ApiError("UNIMPLEMENTED", "the XML API without a signed URL is not implemented by the sandbox");
    }
    checkSignature(request, cloud);
}

/** The account that signed, if it may do what it signed. */
function admitted(cloud: Cloud, verb: keyof typeof VERBS, request: Asked, record: boolean): Principal | Refusal {
    const { bucket = "", object = "" } = request.params;
    const asked = {
        permission: `storage.objects.${VERBS[verb]}`,
        resource: `//${STORAGE}/${objectKey(bucket, object)}`,
        request: `${verb} https://${STORAGE}/${bucket}/${object}`,
    };
    const signer = signerOf(cloud, verb, request);
    if ("code" in signer) {
        if (record) {
            cloud.decisions.record({
                ...asked,
                allowed: false,
                stage: "token",
                principal: signer.signer ?? "anonymous",
                reason: signer.message,
            });
        }
        return signer;
    }
    const query = { principal: signer, ...asked, resourceType: "storage.googleapis.com/Object" };
    const { allowed } = record ? cloud.iam.check(query) : cloud.iam.evaluate(query);
    return allowed
        ? signer
        : {
              status: 403,
              code: "AccessDenied",
              message: `Access denied. ${"email" in signer ? signer.email : ""} does not have ${asked.permission} access to the Google Cloud Storage object.`,
          };
}

function refusal({ status, code, message }: Refusal): RouteAnswer {
    return xmlError(status, code, message);
}

function xmlError(status: number, code: string, message: string): RouteAnswer {
    const text = message.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
    const body = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${text}</Message></Error>`;
    return new RouteAnswer(status, body, { "content-type": "application/xml; charset=UTF-8" });
}

function answer(verb: keyof typeof VERBS, request: RouteRequest, call: Call): RouteAnswer {
    const { cloud } = call;
    const { bucket = "", object = "" } = request.params;
    if (verb === "PUT") {
        const { etag } = put(request, call);
        return new RouteAnswer(200, "", { etag: `"${String(etag)}"` });
    }
    const found = objects.find(cloud, objectKey(bucket, object));
    if (!found) {
        return xmlError(404, "NoSuchKey", "The specified key does not exist.");
    }
    if (verb === "DELETE") {
        deleteObject(cloud, found);
        return new RouteAnswer(204, "");
    }
    const { query } = request;
    const disposition = query.get("response-content-disposition");
    return new RouteAnswer(200, readObject(cloud, bucket, object) ?? Buffer.alloc(0), {
        "content-type": query.get("response-content-type") ?? found.contentType,
        "x-goog-generation": found.generation,
        ...(disposition !== null && { "content-disposition": disposition }),
    });
}

function put({ params, headers, body }: RouteRequest, call: Call): Json {
    const { bucket = "", object = "" } = params;
    const own = Object.entries(headers).filter(([name]) => name.startsWith("x-goog-meta-"));
    const stored = storeObject(call, bucket, {
        bytes: body,
        metadata: {
            name: object,
            ...(headers["content-type"] !== undefined && { contentType: headers["content-type"] }),
            ...(own.length > 0 && {
                metadata: Object.fromEntries(
                    own.map(([name, value]) => [name.slice("x-goog-meta-".length), String(value)]),
                ),
            }),
        },
    });
    return { ...stored, etag: createHash("md5").update(body).digest("hex") };
}
