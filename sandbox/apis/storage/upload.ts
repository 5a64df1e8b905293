import { invalidArgument, isObject, type Json, type RouteRequest } from "../framework";

export interface Upload {
    metadata: Json;
    bytes: Buffer;
}

/**
 * An object sent in one request: `uploadType=media` (the body is the object) or `multipart` (metadata, then the object).
 * https://cloud.google.com/storage/docs/uploading-objects
 */
export function readUpload({ query, headers, body }: RouteRequest): Upload {
    const named = namedBy(query);
    const contentType = headers["content-type"] ?? "";
    const kind = query.get("uploadType") ?? "media";
    if (kind === "media") {
        return { metadata: { ...named, ...(contentType && { contentType }) }, bytes: body };
    }
    if (kind !== "multipart") {
        throw invalidArgument(`uploadType ${kind} is not one of media, multipart, resumable`, "uploadType");
    }
    const boundary = /boundary=["']?([^"';]+)["']?/.exec(contentType)?.[1];
    const [first, second] = boundary === undefined ? [] : split(body, Buffer.from(`--${boundary}`));
    if (!first || !second) {
        throw invalidArgument("a multipart upload has two parts: metadata in JSON, and the object");
    }
    const metadata = parsed(first.bytes.toString() || "{}");
    return { metadata: { contentType: second.contentType, ...named, ...metadata }, bytes: second.bytes };
}

/** What the parameters of an upload say of its object. */
export function namedBy(query: URLSearchParams): Json {
    const given = ["name", "contentEncoding", "kmsKeyName"].map((key) => [key, query.get(key)]);
    return Object.fromEntries(given.filter(([, value]) => value !== null)) as Json;
}

/** @throws ApiError INVALID_ARGUMENT */
function parsed(text: string): Json {
    try {
        const value: unknown = JSON.parse(text);
        if (isObject(value)) {
            return value;
        }
    } catch {
        // It is refused below, as other JSON that is no object.
    }
    throw invalidArgument("the first part of a multipart upload is a JSON object");
}

interface Part {
    contentType: string;
    bytes: Buffer;
}

/** Between a part's headers and its content. gcloud ends lines as Unix does. */
const GAPS = ["\r\n\r\n", "\n\n"].map((gap) => Buffer.from(gap));

function split(body: Buffer, delimiter: Buffer): Part[] {
    const parts: Part[] = [];
    let start = body.indexOf(delimiter);
    for (let next = body.indexOf(delimiter, start + 1); next !== -1; next = body.indexOf(delimiter, start + 1)) {
        const part = body.subarray(start + delimiter.length, next);
        const gap = GAPS.find((candidate) => part.includes(candidate)) ?? Buffer.alloc(0);
        const head = part.indexOf(gap);
        const contentType =
            /content-type:\s*([^\r\n]+)/i.exec(part.subarray(0, head).toString())?.[1] ?? "application/octet-stream";
        // The line break before the next delimiter belongs to it.
        parts.push({ contentType, bytes: part.subarray(head + gap.length, part.length - gap.length / 2) });
        start = next;
    }
    return parts;
}
