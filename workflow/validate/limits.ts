import { SOURCE_BYTES } from "../syntax";

/** What a deploy counts: https://cloud.google.com/workflows/quotas. Those marked [INF] are documented by others only. */
export const DEPLOY_LIMITS = {
    assignments: 50,
    conditions: 50,
    branches: 10,
    parallelDepth: 2,
    /** Bytes of the source. */
    source: SOURCE_BYTES,
    /** Characters of one expression [INF]. */
    expression: 400,
    /** Parameters of a subworkflow [INF: the published JSON schema]. */
    params: 10,
} as const;
