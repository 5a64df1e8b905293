import type { Cloud } from "../../../cloud";
import { pools, providers, type Provider } from "../../iam";
import { Refused } from "./refused";

/** The provider that a client names as the audience of its exchange. */
export interface Target {
    provider: Provider;
    /** `//iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL`. */
    pool: string;
    /** The full name of the provider, which begins with that of its pool. */
    name: string;
}

const providerName =
    /^(?:https:)?\/\/iam\.googleapis\.com\/projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)\/providers\/([^/]+)$/;

/** @throws Refused if there is no such provider, or it or its pool is disabled or deleted */
export function targetOf(audience: string, cloud: Cloud): Target {
    const { project, projectNumber } = cloud.settings;
    if (!/^(https:)?\/\/iam\.googleapis\.com\/(projects|locations)\/./.test(audience)) {
        throw new Refused(
            "invalid_request",
            `Invalid value for "audience": "${audience}" is not the full name of an identity provider, such as //iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`,
        );
    }
    const [, named = "", poolId = "", providerId = ""] = providerName.exec(audience) ?? [];
    const place = `locations/global/workloadIdentityPools/${poolId}`;
    const found = pools.find(cloud, `projects/${named === projectNumber ? project : named}/${place}`);
    const provider = found && providers.find(cloud, `${found.name}/providers/${providerId}`);
    if (!provider || [found, provider].some(({ state, disabled }) => state !== "ACTIVE" || disabled)) {
        throw new Refused(
            "invalid_target",
            `The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is disabled or deleted or because it doesn't exist.`,
        );
    }
    const pool = `//iam.googleapis.com/projects/${projectNumber}/${place}`;
    return { provider, pool, name: `${pool}/providers/${providerId}` };
}
