import { SOURCE_BYTES } from "../syntax";

/** The limits that a deploy checks: https://cloud.google.com/workflows/quotas. Only other people document those that are marked [K]. */
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
