import { projectNumberOf } from "../../iam";
import { nameParts, uid, type Call } from "../framework";
import { signUpload } from "../storage";

/**
 * The object that a function of the first generation is built of: an archive, or what was put at an upload address.
 * Undefined if it is a repository.
 */
export function firstSource(wanted: {
    sourceArchiveUrl?: string;
    sourceUploadUrl?: string;
}): { bucket: string; object: string } | undefined {
    const { sourceArchiveUrl = "", sourceUploadUrl = "" } = wanted;
    const [, bucket, object] =
        /^gs:\/\/([^/]+)\/(.+)$/.exec(sourceArchiveUrl) ??
        /^https:\/\/storage\.googleapis\.com\/([^/]+)\/([^?]+)/.exec(sourceUploadUrl) ??
        [];
    return bucket === undefined || object === undefined ? undefined : { bucket, object };
}

/** The address to which a client uploads a source before it deploys: an object in a bucket of Google's. */
export function uploadAddress(
    call: Call,
    parent: string,
    prefix: string,
): { bucket: string; object: string; uploadUrl: string } {
    const { projects: project = "", locations: region = "" } = nameParts(parent);
    const number = projectNumberOf(project, call.cloud.settings, call.cloud.store);
    const bucket = `${prefix}-${number}.${region}.cloudfunctions.appspot.com`;
    const object = `${uid()}.zip`;
    return { bucket, object, uploadUrl: signUpload(call, project, bucket, object) };
}
