import { ApiError, type Cloud } from "../../cloud";
import { type Call, type Route, RouteAnswer, type RouteRequest } from "../framework";
import { objectKey, STORAGE } from "./resources";
import { NEEDED, signerOf } from "./signature";
import { checkSignature, putSigned } from "./signed-urls";
import { xmlError } from "./xml";
import { VERBS, XML_PARAMETERS, xmlObject, type XmlVerb } from "./xml-objects";

/** In bytes: what is read of a request before it is refused, so that it is refused in the words of the API. */
const SMALL = 64 * 1024;

/** The parameters by which a URL proves that somebody signed it. All other requests have a token. */
const PROOFS = ["X-Goog-Signature", "Signature", "GoogleAccessId"];

const OBJECT = "storage.googleapis.com/Object";

type Asked = Pick<RouteRequest, "params" | "query" | "headers">;

const signed = {
    permission: undefined,
    public: true,
    applies: ({ query }: Pick<RouteRequest, "query">) => PROOFS.some((name) => query.has(name)),
} as const;

/** What a signed URL allows without a token: https://cloud.google.com/storage/docs/access-control/signed-urls */
export const signedRoutes: Route[] = [
    ...(Object.keys(VERBS) as XmlVerb[]).map((verb): Route => ({
        ...signed,
        verb,
        path: "/{bucket}/{object=**}",
        audits: permissionOf(verb),
        audited: permissionOf(verb),
        resource: ({ params }) => objectKey(params.bucket, params.object),
        parameters: [...XML_PARAMETERS, ...NEEDED, "Expires", "Signature"],
        hasParts: true,
        admitBody(request, cloud) {
            if (!request.query.has("X-Goog-Signature")) {
                checkOther(request, cloud, verb);
                return;
            }
            const length = request.headers["content-length"];
            if (verb === "PUT" && !(length !== undefined && Number(length) <= SMALL)) {
                checkAdmitted(cloud, verb, request);
            }
        },
        handle(request, call) {
            return request.query.has("X-Goog-Signature") ? answer(verb, request, call) : putSigned(request, call);
        },
    })),
    unserved("POST", "/{bucket}/{object=**}", "uploads in parts"),
    ...(["GET", "HEAD", "PUT", "DELETE"] as const).map((verb) => unserved(verb, "/{bucket}", `${verb} of a bucket`)),
];

function permissionOf(verb: XmlVerb): string {
    return `storage.objects.${VERBS[verb]}`;
}

function unserved(verb: Route["verb"], path: string, what: string): Route {
    const refuse = (): never => {
        throw new ApiError(
            "UNIMPLEMENTED",
            `${what} by a signed URL: not implemented by the sandbox, which serves GET, HEAD, PUT and DELETE of an object so`,
        );
    };
    return { ...signed, verb, path, parameters: "any", admitBody: refuse, handle: refuse };
}

/** @throws ApiError if a request has no signature that the sandbox takes */
function checkOther(request: Asked, cloud: Cloud, verb: string): void {
    if (request.query.has("GoogleAccessId")) {
        throw new ApiError(
            "UNIMPLEMENTED",
            "signed URLs of version 2 are not implemented by the sandbox; sign with version 4",
        );
    }
    if (verb !== "PUT") {
        throw new ApiError("PERMISSION_DENIED", "the signature is for an upload, and for nothing else");
    }
    checkSignature(request, cloud);
}

/** @throws ApiError before a large body is read that nobody signed, or somebody who may not send it */
function checkAdmitted(cloud: Cloud, verb: XmlVerb, request: Asked): void {
    const { bucket, object } = request.params;
    const signer = signerOf(cloud, verb, request);
    if ("code" in signer) {
        throw new ApiError(signer.status === 400 ? "INVALID_ARGUMENT" : "PERMISSION_DENIED", signer.message);
    }
    const resource = `//${STORAGE}/${objectKey(bucket, object)}`;
    const asked = { permission: permissionOf(verb), resource, resourceType: OBJECT, request: "" };
    if (!cloud.iam.evaluate({ principal: signer, ...asked }).allowed) {
        throw new ApiError("PERMISSION_DENIED", "the account that signed the URL may not upload this object");
    }
}

function answer(verb: XmlVerb, request: RouteRequest, call: Call): ReturnType<typeof xmlObject> {
    const { bucket = "", object = "" } = request.params;
    const key = objectKey(bucket, object);
    const signer = signerOf(call.cloud, verb, request);
    if ("code" in signer) {
        call.cloud.decisions.record({
            permission: permissionOf(verb),
            resource: `//${STORAGE}/${key}`,
            request: `${verb} https://${STORAGE}/${bucket}/${object}`,
            allowed: false,
            stage: "token",
            principal: signer.signer ?? "anonymous",
            reason: signer.message,
        });
        return xmlError(signer.status, signer.code, signer.message);
    }
    const known = call.identified(signer);
    try {
        known.authorize(permissionOf(verb), key, OBJECT);
        return xmlObject(verb, request, known);
    } catch (error) {
        if (!(error instanceof ApiError) || error.status !== "PERMISSION_DENIED") {
            throw error;
        }
        const { permission = permissionOf(verb) } = (error.details[0]?.metadata ?? {}) as { permission?: string };
        const message = `Access denied. ${"email" in signer ? signer.email : ""} does not have ${permission} access to the Google Cloud Storage object.`;
        const { status, body, headers } = xmlError(403, "AccessDenied", message);
        return new RouteAnswer(status, body, headers, error);
    }
}
