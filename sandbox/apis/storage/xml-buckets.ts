import { ApiError } from "../../cloud";
import { RouteAnswer, type Call, type Route, type RouteRequest } from "../framework";
import { entriesOf, sharedPrefix } from "./listing";
import { bucketKey, buckets, objects, text, type StoredObject } from "./resources";
import { xmlAnswer, xmlError, type Element } from "./xml";

const PATH = "/{bucket}";
const BUCKET = "storage.googleapis.com/Bucket";
const NAMESPACE = "http://doc.s3.amazonaws.com/2006-03-01";
const LARGEST_PAGE = 1000;
const LISTING = [
    "list-type",
    "prefix",
    "delimiter",
    "marker",
    "start-after",
    "continuation-token",
    "max-keys",
    "encoding-type",
    "fetch-owner",
];

const NO_BUCKET = xmlError(404, "NoSuchBucket", "The specified bucket does not exist.");

const resource = ({ params }: RouteRequest): string => bucketKey(params.bucket);
const onBucket = { path: PATH, resourceType: BUCKET, resource, hasParts: true } as const;

/** Buckets by the XML API: their lists of objects, and whether they are there. All else is refused by its name. */
export const xmlBucketRoutes: Route[] = [
    { ...onBucket, verb: "GET", permission: "storage.objects.list", parameters: LISTING, handle: list },
    {
        ...onBucket,
        verb: "HEAD",
        permission: "storage.buckets.get",
        handle: ({ params }, { cloud }) =>
            buckets.find(cloud, bucketKey(params.bucket)) ? new RouteAnswer(200, "") : NO_BUCKET,
    },
    ...(["PUT", "DELETE"] as const).map((verb): Route => ({
        ...onBucket,
        verb,
        permission: undefined,
        parameters: "any",
        handle(request, call) {
            const permission = verb === "PUT" ? "storage.buckets.create" : "storage.buckets.delete";
            call.authorize(permission, bucketKey(request.params.bucket), BUCKET);
            const what = verb === "PUT" ? "a bucket is made and changed" : "a bucket is deleted";
            throw new ApiError(
                "UNIMPLEMENTED",
                `${verb} of a bucket by the XML API is not implemented by the sandbox; ${what} by the JSON API`,
            );
        },
    })),
];

/** https://cloud.google.com/storage/docs/xml-api/get-bucket-list */
function list({ params: { bucket = "" }, query }: RouteRequest, { cloud }: Call): RouteAnswer {
    const asked = (name: string): string => query.get(name) ?? "";
    const [prefix, delimiter, marker] = [asked("prefix"), asked("delimiter"), asked("marker")];
    const [startAfter, token, encoding] = [asked("start-after"), asked("continuation-token"), asked("encoding-type")];
    const isSecond = query.get("list-type") === "2";
    const keys = query.get("max-keys") ?? String(LARGEST_PAGE);
    if (query.get("fetch-owner") === "true") {
        throw new ApiError("UNIMPLEMENTED", "fetch-owner is not implemented by the sandbox: objects have no owners");
    }
    if (!/^\d{1,9}$/.test(keys) || !["", "url"].includes(encoding) || !/^2?$/.test(asked("list-type"))) {
        return xmlError(
            400,
            "InvalidArgument",
            "Invalid argument: list-type is 2, encoding-type is url, max-keys is a number",
        );
    }
    if (!buckets.find(cloud, bucketKey(bucket))) {
        return NO_BUCKET;
    }
    const seen = isSecond ? Buffer.from(token, "base64url").toString() : marker;
    const after = isSecond && seen === "" ? startAfter : seen;
    // A page may end with a prefix, and all names that begin so were seen with it.
    const isSeen = (name: string): boolean => name <= after || sharedPrefix(name, prefix, delimiter) === seen;
    const left = objects.list(cloud, bucketKey(bucket)).filter(({ name }) => !isSeen(name));
    const entries = entriesOf(left, { prefix, delimiter });
    const shown = entries.slice(0, Math.min(Number(keys), LARGEST_PAGE));
    const last = shown.at(-1);
    const isTruncated = last !== undefined && shown.length < entries.length;
    const next = isTruncated ? (last.prefix ?? last.item?.name ?? "") : "";
    const written = (name: string): string =>
        encoding === "url" ? encodeURIComponent(name).replaceAll("%2F", "/") : name;
    const optional = (name: string, value: string): Element[] => (value === "" ? [] : [[name, value]]);
    const place: Element[] = isSecond
        ? [
              ["KeyCount", String(shown.length)],
              ...optional("StartAfter", written(startAfter)),
              ...optional("ContinuationToken", token),
              ...optional("NextContinuationToken", Buffer.from(next).toString("base64url")),
          ]
        : [["Marker", written(marker)], ...optional("NextMarker", written(next))];
    return xmlAnswer(
        200,
        [
            "ListBucketResult",
            [
                ["Name", bucket],
                ["Prefix", written(prefix)],
                ...optional("Delimiter", written(delimiter)),
                ...optional("EncodingType", encoding),
                ["MaxKeys", String(Math.min(Number(keys), LARGEST_PAGE))],
                ["IsTruncated", String(isTruncated)],
                ...place,
                ...shown.flatMap(({ item }): Element[] => (item ? [contents(item, written)] : [])),
                ...shown.flatMap(({ prefix: common }): Element[] =>
                    common === undefined ? [] : [["CommonPrefixes", [["Prefix", written(common)]]]],
                ),
            ],
        ],
        NAMESPACE,
    );
}

function contents(stored: StoredObject, written: (name: string) => string): Element {
    const { name, generation, metageneration, size, storageClass, updated } = stored;
    return [
        "Contents",
        [
            ["Key", written(name)],
            ["Generation", generation],
            ["MetaGeneration", String(metageneration)],
            ["LastModified", String(updated)],
            ["ETag", etagOf(stored)],
            ["Size", String(size)],
            ["StorageClass", String(storageClass)],
        ],
    ];
}

/** The hash of the bytes; of what was composed, which has none, the tag of the JSON API. */
export function etagOf({ md5Hash, etag }: StoredObject): string {
    const md5 = text(md5Hash);
    return `"${md5 === "" ? text(etag) : Buffer.from(md5, "base64").toString("hex")}"`;
}
