import { ApiError, type Cloud } from "../../cloud";
import { RouteAnswer, type Json, type Route } from "../framework";
import { bucketKey, buckets, objectKey, objects, text } from "./resources";

/** The parameters that make a request depend on a state. */
export const CONDITIONS = [
    "ifGenerationMatch",
    "ifGenerationNotMatch",
    "ifMetagenerationMatch",
    "ifMetagenerationNotMatch",
] as const;

/** What a copy and a rewrite ask for: conditions on what is made, and on what it is made of. A rewrite is done at once. */
export const COPYING = [
    "projection",
    "sourceGeneration",
    "maxBytesRewrittenPerCall",
    "rewriteToken",
    ...CONDITIONS,
    ...CONDITIONS.map(ofSource),
];

const MESSAGE = "At least one of the pre-conditions you specified did not hold.";

/**
 * The answer to a request whose conditions do not hold; undefined if they hold. The generation of what is not there is 0.
 * https://cloud.google.com/storage/docs/request-preconditions
 */
export function failedCondition(
    query: URLSearchParams,
    found: Json | undefined,
    { reads = false, source = false } = {},
): RouteAnswer | undefined {
    for (const [name, property, equal] of [
        ["ifGenerationMatch", "generation", true],
        ["ifMetagenerationMatch", "metageneration", true],
        ["ifGenerationNotMatch", "generation", false],
        ["ifMetagenerationNotMatch", "metageneration", false],
    ] as const) {
        const wanted = query.get(source ? ofSource(name) : name);
        if (wanted === null || (wanted === (text(found?.[property]) || "0")) === equal) {
            continue;
        }
        const reason = { message: MESSAGE, domain: "global", reason: "conditionNotMet", locationType: "header" };
        return reads && !equal
            ? new RouteAnswer(304, "")
            : new RouteAnswer(412, {
                  error: { code: 412, message: MESSAGE, errors: [{ ...reason, location: "If-Match" }] },
              });
    }
    return undefined;
}

/** The condition on what a copy is made of. */
function ofSource(condition: string): string {
    return condition.replace("if", "ifSource");
}

/** A handler of requests on a bucket, which asks whether their conditions hold first. */
export function conditionalOnBucket(verb: Route["verb"], handle: Route["handle"]): Route["handle"] {
    return (request, call) =>
        failedCondition(request.query, buckets.find(call.cloud, bucketKey(request.params.bucket)), {
            reads: verb === "GET",
        }) ?? handle(request, call);
}

/** The same for an object. A generation that is not the object's is not there, because old ones are not kept. */
export function conditionalOnObject(verb: Route["verb"], handle: Route["handle"]): Route["handle"] {
    return (request, call) => {
        const { bucket = "", object = "" } = request.params;
        const found = findObject(call.cloud, bucket, object);
        const generation = request.query.get("generation");
        if (found && generation !== null && generation !== found.generation) {
            throw new ApiError("NOT_FOUND", `No such object: ${bucket}/${object}#${generation}`);
        }
        return (found && failedCondition(request.query, found, { reads: verb === "GET" })) ?? handle(request, call);
    };
}

/** The same for an object that is made of others: it may not be there yet. */
export function conditionalOnCopy(handle: Route["handle"]): Route["handle"] {
    return (request, call) => {
        const { bucket = "", object = "", destinationBucket = bucket, destinationObject = object } = request.params;
        return (
            failedCondition(request.query, findObject(call.cloud, destinationBucket, destinationObject)) ??
            failedCondition(request.query, findObject(call.cloud, bucket, object), { source: true }) ??
            handle(request, call)
        );
    };
}

function findObject(cloud: Cloud, bucket: string, object: string): Json | undefined {
    return objects.find(cloud, objectKey(bucket, object));
}
