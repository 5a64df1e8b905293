/** From a caller to its targets: variables, environment, cycles, the source of a workflow. */
export { deployWith, targetValues } from "./environment";
export { type EnvironmentEntry, invocations } from "./invocations";
export { checkReachable } from "./reachable";
export { audienceOf, sender } from "./sender";
export { targetVariables } from "./variables";
export { hashOf, prepareSource } from "./workflow-source";
