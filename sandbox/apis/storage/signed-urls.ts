import { RecentMap } from "../../../common";
import { randomBytes } from "node:crypto";
import { ApiError, type Cloud } from "../../cloud";
import { RouteAnswer, type Call, type RouteRequest } from "../framework";
import { ensureBucket } from "./buckets";
import { storeObject } from "./objects";
import { STORAGE } from "./resources";

/** An address that accepts one upload without a token. Google's addresses expire after half an hour. */
interface Signed {
    bucket: string;
    object: string;
    expires: number;
}

const LIFETIME = 30 * 60_000;
/** How many addresses are kept that nothing was put to. */
const KEPT = 1000;
/** Addresses by signature. They end with the process. */
const signed = new WeakMap<Cloud, Map<string, Signed>>();

/** An address for an upload to a bucket of Google's own, which is made if it is missing. */
export function signUpload(call: Call, project: string, bucket: string, object: string): string {
    const { cloud } = call;
    ensureBucket(call, project, bucket);
    const known = signed.get(cloud) ?? new RecentMap<string, Signed>(KEPT);
    signed.set(cloud, known);
    const signature = randomBytes(24).toString("hex");
    const expires = cloud.clock.now() + LIFETIME;
    known.set(signature, { bucket, object, expires });
    return `https://${STORAGE}/${bucket}/${object}?Expires=${Math.floor(expires / 1000)}&Signature=${signature}`;
}

/** Stores what a client puts to a signed address. https://cloud.google.com/storage/docs/access-control/signed-urls */
export function putSigned(request: RouteRequest, call: Call): RouteAnswer {
    const { bucket, object } = checkSignature(request, call.cloud);
    const metadata = { name: object, contentType: request.headers["content-type"] };
    storeObject(call, bucket, { metadata, bytes: request.body });
    return new RouteAnswer(200, "");
}

/** @throws ApiError if the address was not signed, or not for this object, or its time is over */
export function checkSignature({ params, query }: Pick<RouteRequest, "params" | "query">, cloud: Cloud): Signed {
    const found = signed.get(cloud)?.get(query.get("Signature") ?? "");
    const fits = found?.bucket === params.bucket && found?.object === params.object;
    if (!found || !fits || found.expires < cloud.clock.now()) {
        throw new ApiError("PERMISSION_DENIED", "the signature is not for this object, or it has expired");
    }
    return found;
}
