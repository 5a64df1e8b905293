import { ProviderError } from "../../errors";
import { asText, isObject } from "../../values";
import type { RestType } from "../rest";

/** `gcp.storage.Bucket`, with what the source of a workload needs. https://cloud.google.com/storage/docs/json_api/v1/buckets */
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
    notSent: [
        "forceDestroy",
        "uniformBucketLevelAccess",
        "publicAccessPrevention",
        // The sandbox has no use for these, and only keeps them.
        "autoclass",
        "customPlacementConfig",
        "hierarchicalNamespace",
        "lifecycleRules",
        "logging",
        "retentionPolicy",
        "softDeletePolicy",
    ],
    unsupported: ["ipFilter"],
    toBody: (body, inputs) => ({
        ...body,
        location: asText(inputs["location"]).toUpperCase(),
        iamConfiguration: {
            uniformBucketLevelAccess: { enabled: inputs["uniformBucketLevelAccess"] === true },
            ...(inputs["publicAccessPrevention"] !== undefined && {
                publicAccessPrevention: inputs["publicAccessPrevention"],
            }),
        },
    }),
    // The words are the provider's: https://github.com/hashicorp/terraform-provider-google (resource_storage_bucket.go)
    async remove(http, path, inputs) {
        for (;;) {
            const items = (await http.find("GET", `${path}/o`))?.["items"];
            const names = Array.isArray(items) ? items.filter(isObject).map(({ name }) => asText(name)) : [];
            if (names.length === 0) {
                break;
            }
            if (inputs["forceDestroy"] !== true) {
                throw new ProviderError(
                    `Error trying to delete bucket ${asText(inputs["name"])} containing objects without \`force_destroy\` set to true`,
                    { fix: "set forceDestroy: true and run an update before the deletion, or delete the objects" },
                );
            }
            for (const name of names) {
                await http.call("DELETE", `${path}/o/${encodeURIComponent(name)}`);
            }
        }
        await http.call("DELETE", path);
    },
    toOutputs: (outputs, remote) => {
        const iam = isObject(remote["iamConfiguration"]) ? remote["iamConfiguration"] : {};
        const uniform = iam["uniformBucketLevelAccess"];
        return {
            ...outputs,
            location: remote["location"] ?? "",
            url: `gs://${asText(remote["name"])}`,
            uniformBucketLevelAccess: isObject(uniform) && uniform["enabled"] === true,
            publicAccessPrevention: iam["publicAccessPrevention"] ?? "inherited",
        };
    },
};
