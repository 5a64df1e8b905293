import { gunzipSync } from "node:zlib";
import { messageOf } from "../../../errors";
import { invalidArgument } from "./errors";

/**
 * A body without the encoding of its transport. Google's libraries for Go and Java and gcloud send bodies in gzip.
 * @param limit in bytes, of what comes out: a small body can become a very large one
 * @throws ApiError INVALID_ARGUMENT for another encoding, for what is not gzip, and for what is too large
 */
export function decoded(body: Buffer, encoding: string | undefined, limit: number): Buffer {
    if (encoding === undefined || encoding === "" || encoding === "identity") {
        return body;
    }
    if (encoding !== "gzip" && encoding !== "x-gzip") {
        throw invalidArgument(`the body has the content-encoding ${encoding}; gzip and identity are taken`);
    }
    try {
        return gunzipSync(body, { maxOutputLength: limit });
    } catch (error) {
        throw invalidArgument(`the body cannot be read as gzip, or is larger than ${limit} bytes: ${messageOf(error)}`);
    }
}
