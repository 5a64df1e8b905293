import { isObject, text } from "../../values";
import type { RestType } from "../rest";

/** `gcp.artifactregistry.Repository`. https://cloud.google.com/artifact-registry/docs/reference/rest/v1/projects.locations.repositories */
export const repository: RestType = {
    token: "gcp:artifactregistry/repository:Repository",
    base: "https://artifactregistry.googleapis.com/v1/",
    id: "projects/{project}/locations/{location}/repositories/{repositoryId}",
    create: "projects/{project}/locations/{location}/repositories?repository_id={repositoryId}",
    update: "mask",
    defaults: { mode: "STANDARD_REPOSITORY" },
    shortNames: ["name"],
    local: ["repositoryId"],
    // A list in the provider, in the API a map by id.
    send: ({ cleanupPolicies, ...body }) => ({
        ...body,
        ...(Array.isArray(cleanupPolicies) && {
            cleanupPolicies: Object.fromEntries(
                cleanupPolicies.filter(isObject).map((policy) => [text(policy["id"]), policy]),
            ),
        }),
    }),
    // The policies come back in any order, and as they were sent.
    received: (outputs, _, inputs) => ({ ...outputs, cleanupPolicies: inputs["cleanupPolicies"] ?? [] }),
};

/** `gcp.projects.IAMCustomRole`. https://cloud.google.com/iam/docs/reference/rest/v1/projects.roles */
export const customRole: RestType = {
    token: "gcp:projects/iAMCustomRole:IAMCustomRole",
    base: "https://iam.googleapis.com/v1/",
    id: "projects/{project}/roles/{roleId}",
    create: "projects/{project}/roles",
    update: "mask",
    defaults: { stage: "GA" },
    local: ["roleId"],
    rename: { permissions: "includedPermissions" },
    send: (body, inputs, purpose) => (purpose === "create" ? { roleId: inputs["roleId"] ?? null, role: body } : body),
};

/** `gcp.storage.Bucket`, as far as a workload's source needs one. https://cloud.google.com/storage/docs/json_api/v1/buckets */
export const bucket: RestType = {
    token: "gcp:storage/bucket:Bucket",
    base: "https://storage.googleapis.com/storage/v1/",
    id: "{name}",
    pathOf: (id) => `b/${id}`,
    create: "b?project={project}",
    update: "none",
    autoName: { property: "name", maximum: 63 },
    bodyName: "short",
    defaults: { forceDestroy: false, storageClass: "STANDARD" },
    local: ["forceDestroy", "uniformBucketLevelAccess", "publicAccessPrevention"],
    unsupported: [
        "autoclass",
        "customPlacementConfig",
        "encryption",
        "hierarchicalNamespace",
        "ipFilter",
        "lifecycleRules",
        "logging",
        "retentionPolicy",
        "softDeletePolicy",
    ],
    send: (body, inputs) => ({
        ...body,
        location: text(inputs["location"]).toUpperCase(),
        iamConfiguration: {
            uniformBucketLevelAccess: { enabled: inputs["uniformBucketLevelAccess"] === true },
            ...(inputs["publicAccessPrevention"] !== undefined && {
                publicAccessPrevention: inputs["publicAccessPrevention"],
            }),
        },
    }),
    received: (outputs, remote) => {
        const iam = isObject(remote["iamConfiguration"]) ? remote["iamConfiguration"] : {};
        const uniform = iam["uniformBucketLevelAccess"];
        return {
            ...outputs,
            location: remote["location"] ?? "",
            url: `gs://${text(remote["name"])}`,
            uniformBucketLevelAccess: isObject(uniform) && uniform["enabled"] === true,
            publicAccessPrevention: iam["publicAccessPrevention"] ?? "inherited",
        };
    },
};
