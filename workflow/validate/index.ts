export { DEPLOY_LIMITS } from "./limits";
export { deployError, validateWorkflow } from "./validate";
