import type { GrantRef } from "../spec";

/** A resource as the state of a stack keeps it. */
export interface StateResource {
    type?: string;
    urn?: string;
    /** Whether it was replaced and waits to be deleted. */
    delete?: boolean;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
}

type Values = Record<string, string>;

/** For each type of a grant, the REST URL of the resource whose policy has it. */
const urls: Record<string, (values: Values) => string> = {
    "gcp:cloudrunv2/serviceIamMember:ServiceIamMember": ({ project, location, name }) =>
        `https://run.googleapis.com/v2/projects/${project}/locations/${location}/services/${name}`,
    "gcp:cloudfunctions/functionIamMember:FunctionIamMember": ({ project, region, cloudFunction }) =>
        `https://cloudfunctions.googleapis.com/v1/projects/${project}/locations/${region}/functions/${cloudFunction}`,
    "gcp:iap/webCloudRunServiceIamMember:WebCloudRunServiceIamMember": ({ project, location, cloudRunServiceName }) =>
        `https://iap.googleapis.com/v1/projects/${project}/iap_web/cloud_run-${location}/services/${cloudRunServiceName}`,
    "gcp:iap/webBackendServiceIamMember:WebBackendServiceIamMember": ({ project, webBackendService }) =>
        `https://iap.googleapis.com/v1/projects/${project}/iap_web/compute/services/${webBackendService}`,
    "gcp:serviceaccount/iAMMember:IAMMember": ({ serviceAccountId }) =>
        `https://iam.googleapis.com/v1/projects/-/serviceAccounts/${serviceAccountId}`,
    "gcp:projects/iAMMember:IAMMember": ({ project }) =>
        `https://cloudresourcemanager.googleapis.com/v1/projects/${project}`,
};

/**
 * The grants that the components of this package made in a stack. A check of the whole stack knows by them who was declared,
 * also by components without a check, and by `grantInvoke`.
 */
export function grantsOfState(resources: readonly StateResource[]): GrantRef[] {
    return resources.flatMap(({ type = "", urn = "", outputs = {}, delete: replaced = false }) => {
        const urlOf = urls[type];
        if (urlOf === undefined || replaced || !urn.includes("::pulumi-gcp-invoke:index:")) {
            return [];
        }
        const texts = Object.entries(outputs).filter(
            (entry): entry is [string, string] => typeof entry[1] === "string",
        );
        const { role = "", member = "" } = outputs as Values;
        // Some outputs of the provider are full names.
        const values = Object.fromEntries(texts.map(([key, text]) => [key, text.slice(text.lastIndexOf("/") + 1)]));
        return [{ member, role, resource: urlOf(values), label: "" }];
    });
}
