import type { Policy } from "../../cloud";
import { atVersion, projectNumberOf, serviceAgent } from "../../iam";
import { RouteAnswer, type ApiDefinition, type Call, type Json, type Route, type RouteRequest } from "../framework";
import { conditionalOnBucket, conditionalOnCopy, conditionalOnObject, CONDITIONS, COPYING } from "./conditions";
import { LISTING, pageOf } from "./listing";
import { createBucket, deleteBucket, updateBucket } from "./buckets";
import { composeObject, copyObject, rewriteObject, storageLayout } from "./copies";
import { continueUpload, listObjects, readOrDownload, updateObject, upload } from "./objects";
import { signedRoutes } from "./signed-requests";
import { xmlBucketRoutes } from "./xml-buckets";
import { xmlRoutes } from "./xml-objects";
import {
    bucketKey,
    bucketResource,
    buckets,
    deleteObject,
    getBucket,
    getObject,
    objectKey,
    STORAGE,
} from "./resources";

const BUCKET = "storage.googleapis.com/Bucket";
const OBJECT = "storage.googleapis.com/Object";
const COPIED = "/storage/v1/b/{bucket}/o/{object=**}";
const DESTINATION = "b/{destinationBucket}/o/{destinationObject=**}";

/** The parameters of requests on a bucket that is there. Buckets have no lists of access control, so that projections are equal. */
const ON_BUCKET = ["projection", "ifMetagenerationMatch", "ifMetagenerationNotMatch"];
const UPLOADING = ["name", "upload_id", "projection", "contentEncoding", "kmsKeyName", ...CONDITIONS];
/** The rest was said when the upload began. */
const RESUMING = ["upload_id", "name", "projection"];
const ON_OBJECT = ["projection", "generation", ...CONDITIONS];

/** The JSON API, which has no proto. https://cloud.google.com/storage/docs/json_api/v1 */
export const storage: ApiDefinition = {
    host: STORAGE,
    scopes: ["full_control", "read_write", "read_only"].map((s) => `https://www.googleapis.com/auth/devstorage.${s}`),
    unverified: [
        "object versions, access control lists, and uploads in parts and changes of buckets by the XML API are not implemented; its errors are in JSON where neither a signed URL nor a list is asked",
    ],
    routes: [
        {
            verb: "POST",
            path: "/storage/v1/b",
            permission: "storage.buckets.create",
            resource: ({ query }) => `projects/${query.get("project") ?? ""}`,
            parameters: ["project", "projection"],
            handle: createBucket,
        },
        {
            verb: "GET",
            path: "/storage/v1/b",
            permission: "storage.buckets.list",
            resource: ({ query }) => `projects/${query.get("project") ?? ""}`,
            parameters: ["project", "projection", "prefix", "maxResults", "pageToken"],
            handle: ({ query }, { cloud }) => {
                const number = projectNumberOf(query.get("project") ?? "", cloud.settings, cloud.store);
                const items = buckets
                    .list(cloud, "projects/_/buckets")
                    .filter(
                        ({ projectNumber, name }) =>
                            projectNumber === number && name.startsWith(query.get("prefix") ?? ""),
                    );
                return { kind: "storage#buckets", ...pageOf("items", items, query) };
            },
        },
        {
            verb: "GET",
            path: "/storage/v1/projects/{project}/serviceAccount",
            permission: "resourcemanager.projects.get",
            resource: ({ params }) => `projects/${params.project ?? ""}`,
            // The account that publishes notifications and decrypts for the buckets of a project.
            handle: ({ params: { project = "" } }, { cloud }) => ({
                kind: "storage#serviceAccount",
                email_address: serviceAgent(cloud, project, "gs-project-accounts").email,
            }),
        },
        onBucket("GET", "/storage/v1/b/{bucket}", "storage.buckets.get", ({ params }, { cloud }) =>
            getBucket(cloud, params.bucket),
        ),
        onBucket("PATCH", "/storage/v1/b/{bucket}", "storage.buckets.update", updateBucket),
        onBucket("DELETE", "/storage/v1/b/{bucket}", "storage.buckets.delete", deleteBucket),
        onBucket("GET", "/storage/v1/b/{bucket}/storageLayout", "storage.objects.list", storageLayout),
        onCopy(`${COPIED}/copyTo/${DESTINATION}`, "storage.objects.get", copyObject),
        onCopy(`${COPIED}/rewriteTo/${DESTINATION}`, "storage.objects.get", rewriteObject),
        { ...onCopy(`${COPIED}/compose`, "storage.objects.create", composeObject), parameters: CONDITIONS },
        // Nothing makes a managed folder, for which a bucket needs uniform access.
        onBucket(
            "GET",
            "/storage/v1/b/{bucket}/managedFolders",
            "storage.managedFolders.list",
            ({ params }, { cloud }) => {
                getBucket(cloud, params.bucket);
                return { kind: "storage#managedFolders", items: [] };
            },
            ["pageSize", "pageToken", "prefix"],
        ),
        onBucket("GET", "/storage/v1/b/{bucket}/anywhereCaches", "storage.buckets.get", () => ({ items: [] })),
        onBucket("GET", "/storage/v1/b/{bucket}/anywhereCaches/", "storage.buckets.get", () => ({ items: [] })),
        onBucket(
            "GET",
            "/storage/v1/b/{bucket}/iam",
            "storage.buckets.getIamPolicy",
            ({ params, query }, { cloud }) => {
                getBucket(cloud, params.bucket);
                const version = Number(query.get("optionsRequestedPolicyVersion") ?? 1);
                return {
                    kind: "storage#policy",
                    ...atVersion(cloud.iam.getPolicy(bucketResource(params.bucket)), version),
                };
            },
            ["optionsRequestedPolicyVersion"],
        ),
        {
            ...onBucket("PUT", "/storage/v1/b/{bucket}/iam", "storage.buckets.setIamPolicy", setPolicy),
            // https://cloud.google.com/storage/docs/audit-logging
            audited: "storage.setIamPermissions",
        },
        onBucket("GET", "/storage/v1/b/{bucket}/o", "storage.objects.list", listObjects, ["projection", ...LISTING]),
        onBucket("POST", "/upload/storage/v1/b/{bucket}/o", "storage.objects.create", upload, UPLOADING),
        onBucket("PUT", "/upload/storage/v1/b/{bucket}/o", "storage.objects.create", continueUpload, RESUMING),
        onObject("GET", "/storage/v1/b/{bucket}/o/{object=**}", "storage.objects.get", readOrDownload),
        onObject("GET", "/download/storage/v1/b/{bucket}/o/{object=**}", "storage.objects.get", readOrDownload),
        onObject("PATCH", "/storage/v1/b/{bucket}/o/{object=**}", "storage.objects.update", updateObject),
        onObject("PUT", "/storage/v1/b/{bucket}/o/{object=**}", "storage.objects.update", updateObject),
        onObject(
            "DELETE",
            "/storage/v1/b/{bucket}/o/{object=**}",
            "storage.objects.delete",
            ({ params }, { cloud }) => {
                deleteObject(cloud, getObject(cloud, params));
                return new RouteAnswer(204, "");
            },
        ),
        ...signedRoutes,
        ...xmlRoutes,
        ...xmlBucketRoutes,
    ],
};

function setPolicy({ params, json }: RouteRequest, { cloud }: Call): Json {
    getBucket(cloud, params.bucket);
    const { bindings, etag, version } = json as Policy;
    const policy = { ...(bindings && { bindings }), ...(etag && { etag }), ...(version && { version }) };
    return { kind: "storage#policy", ...cloud.iam.setPolicy(bucketResource(params.bucket), policy) };
}

function onBucket(
    verb: Route["verb"],
    path: string,
    permission: string,
    handle: Route["handle"],
    parameters: readonly string[] = ON_BUCKET,
): Route {
    const resource = ({ params }: RouteRequest): string => bucketKey(params.bucket);
    const checked = parameters === ON_BUCKET ? conditionalOnBucket(verb, handle) : handle;
    return { verb, path, permission, resourceType: BUCKET, resource, parameters, handle: checked };
}

function onObject(verb: Route["verb"], path: string, permission: string, handle: Route["handle"]): Route {
    const resource = ({ params }: RouteRequest): string => objectKey(params.bucket, params.object);
    return {
        verb,
        path,
        permission,
        resourceType: OBJECT,
        resource,
        parameters: ON_OBJECT,
        handle: conditionalOnObject(verb, handle),
    };
}

function onCopy(path: string, permission: string, handle: Route["handle"]): Route {
    return {
        ...onObject("POST", path, permission, handle),
        parameters: COPYING,
        handle: conditionalOnCopy(handle),
    };
}
