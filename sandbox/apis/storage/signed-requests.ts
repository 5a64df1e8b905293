import { ApiError, type Cloud, type Principal } from "../../cloud";
import { type RouteAnswer, type Route, type RouteRequest } from "../framework";
import { objectKey, STORAGE } from "./resources";
import { type Refusal, signerOf } from "./signature";
import { checkSignature, putSigned } from "./signed-urls";
import { xmlError } from "./xml";
import { VERBS, xmlObject, type XmlVerb } from "./xml-objects";

/** In bytes: what is read of a request before it is refused, so that it is refused in the words of the API. */
const SMALL = 64 * 1024;

/** The parameters by which a URL proves that somebody signed it. All other requests have a token. */
const PROOFS = ["X-Goog-Signature", "Signature", "GoogleAccessId"];

type Asked = Pick<RouteRequest, "params" | "query" | "headers">;

/** What a signed URL allows without a token: https://cloud.google.com/storage/docs/access-control/signed-urls */
export const signedRoutes: Route[] = (Object.keys(VERBS) as XmlVerb[]).map((verb) => ({
    verb,
    path: "/{bucket}/{object=**}",
    permission: undefined,
    public: true,
    applies: ({ query }) => PROOFS.some((name) => query.has(name)),
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
        return "code" in found ? refusal(found) : xmlObject(verb, request, call);
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
    if (verb !== "PUT") {
        throw new ApiError("PERMISSION_DENIED", "the signature is for an upload, and for nothing else");
    }
    checkSignature(request, cloud);
}

/** The account that signed, if it may do what it signed. */
function admitted(cloud: Cloud, verb: XmlVerb, request: Asked, record: boolean): Principal | Refusal {
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
