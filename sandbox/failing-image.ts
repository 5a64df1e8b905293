/** An image that answers every request with 500, whatever a `sandbox.yaml` says: it shows what a check does not see. */
export const FAILING_IMAGE = "gcp-invoke.invalid/answers-500:1";
