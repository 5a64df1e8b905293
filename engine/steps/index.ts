/** What is done to each resource: create, update, replace, read and delete, and the run that all of it belongs to. */
export { deleteAll } from "./delete";
export { Deployment, type DeploymentOptions } from "./deployment";
export { type Goal, goalOf, inherited, triggerOf } from "./desired";
export { keep, type Registered } from "./plan";
export { abandoned, destroy, unknownTargets } from "./prune";
export { readResource } from "./read";
export { resolvePending } from "./recover";
export { register } from "./register";
export { aliasMessage, aliasOf, durationsOf, timeoutsOf } from "./resource-options";
export { destroyAll, refreshAll } from "./teardown";
