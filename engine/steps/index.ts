/** What is done to each resource: create, update, replace, read and delete, and the run that all of it belongs to. */
export { deleteAll } from "./delete";
export type { DeploymentOptions } from "./deployment-options";
export { Deployment } from "./deployment";
export {
    desiredFromRead,
    desiredFromRequest,
    type DesiredState,
    replacementTriggerOf,
    withInheritedOptions,
} from "./desired-state";
export { recordState, type RegisteredResource } from "./plan";
export { destroyStack, missingTargets, resourcesToPrune } from "./prune";
export { readResource } from "./read";
export { resolvePending } from "./recover";
export { register } from "./register";
export { aliasMessage, aliasOf, durationsOf, timeoutsOf } from "./resource-options";
export { destroyAll, refreshAll } from "./teardown";
