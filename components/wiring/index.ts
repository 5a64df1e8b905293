/** From a caller to its targets: variables, environment, cycles, the source of a workflow. */
export { callerAccess, directAccess } from "./caller-access";
export { type DeadLetterArgs, deadLetterTopic, grantDeadLetters } from "./dead-letters";
export { eventDestination, eventDestinationName, eventRegion } from "./event-destination";
export { deployWith, targetValues } from "./environment";
export { type EnvironmentEntry, fromSecret, invocations } from "./invocations";
export { type Federation, federationOf } from "./federation";
export { ownHeaders, withOwnHeaders } from "./own-headers";
export { attaching, platformNouns } from "./platforms";
export { privateAccess, type PrivateServiceArgs, privateServicesOf, privateServiceValues } from "./private-services";
export { checkReachable } from "./reachable";
export {
    checkMountPath,
    secretName,
    type SecretFolder,
    secretPlaces,
    type SecretPlaces,
    secretRoles,
    type SecretSource,
} from "./secrets";
export { targetAudience, type Sender, sender } from "./sender";
export { checkSentToken, isSigned, tokenHeaderOf } from "./token-header";
export { targetVariables } from "./variables";
export { hashOf, prepareSource } from "./workflow-source";
