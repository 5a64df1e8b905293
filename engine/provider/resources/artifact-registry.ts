import { asText, isObject, type Properties } from "../../values";
import { secondsOf } from "../equivalence";
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
    notSent: ["repositoryId"],
    // The policies are a list in the provider, and a map by id in the API.
    toBody: ({ cleanupPolicies, ...body }) => ({
        ...body,
        ...(Array.isArray(cleanupPolicies) && {
            cleanupPolicies: Object.fromEntries(
                cleanupPolicies.filter(isObject).map((policy) => [asText(policy["id"]), inSeconds(policy)]),
            ),
        }),
    }),
    // The API returns the policies in any order, so that the inputs are shown.
    toOutputs: (outputs, _, inputs) => ({ ...outputs, cleanupPolicies: inputs["cleanupPolicies"] ?? [] }),
};

/** A policy with its ages in seconds, as the API wants them. The provider takes them in days, hours and minutes too. */
function inSeconds(policy: Properties): Properties {
    const { condition } = policy;
    if (!isObject(condition)) {
        return policy;
    }
    const changed: Properties = { ...condition };
    for (const name of ["olderThan", "newerThan"]) {
        const seconds = secondsOf(asText(condition[name]));
        if (seconds !== undefined) {
            changed[name] = `${seconds}s`;
        }
    }
    return { ...policy, condition: changed };
}
