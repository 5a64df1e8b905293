import { asText, type Properties } from "../../values";
import type { RestType } from "../rest";

const pools = "projects/{project}/locations/global/workloadIdentityPools";
const providers = `${pools}/{workloadIdentityPoolId}/providers`;

const base = "https://iam.googleapis.com/v1/";
const PARTS = ["workloadIdentityPoolId", "workloadIdentityPoolProviderId"];

/** A deleted resource stays for 30 days, and its name cannot be used again until then. */
const isGone = (remote: Properties): boolean => remote["state"] === "DELETED";

/** The IDs are in the name alone, whose last part they are. */
const withIds = (outputs: Properties, remote: Properties): Properties => {
    const [, pool, provider] =
        /workloadIdentityPools\/([^/]+)(?:\/providers\/([^/]+))?$/.exec(asText(remote["name"])) ?? [];
    return {
        ...outputs,
        workloadIdentityPoolId: pool ?? null,
        ...(provider !== undefined && { workloadIdentityPoolProviderId: provider }),
    };
};

/** `gcp.iam.WorkloadIdentityPool`. https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools */
export const identityPool: RestType = {
    token: "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
    base,
    id: `${pools}/{workloadIdentityPoolId}`,
    create: `${pools}?workloadIdentityPoolId={workloadIdentityPoolId}`,
    update: "mask",
    notSent: PARTS,
    isGone,
    toOutputs: withIds,
};

/** `gcp.iam.WorkloadIdentityPoolProvider`. https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers */
export const identityPoolProvider: RestType = {
    token: "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    base,
    id: `${providers}/{workloadIdentityPoolProviderId}`,
    create: `${providers}?workloadIdentityPoolProviderId={workloadIdentityPoolProviderId}`,
    update: "mask",
    notSent: PARTS,
    isGone,
    toOutputs: withIds,
};
