import { SOURCE_BYTES } from "../syntax";

/** What a deploy counts: https://cloud.google.com/workflows/quotas. Those marked [K] are documented by others only. */
export const DEPLOY_LIMITS = {
    assignments: 50,
    conditions: 50,
    branches: 10,
    parallelDepth: 2,
    /** Bytes of the source. */
    source: SOURCE_BYTES,
    /** Characters of one expression [K]. */
    expression: 400,
    /** Parameters of a subworkflow [K: the published JSON schema]. */
    params: 10,
} as const;
