/** Finds what a deploy would refuse. */
export { DEPLOY_LIMITS } from "./limits";
export { deployError, validateWorkflow } from "./validate";
