/** Why a probe failed, and what to do. */
export { credentialDiagnosis, diagnoseGrants, diagnoseMinting, disabledApi, missingGrant } from "./diagnose";
export { diagnoseExecution, readFailure, type StackElement } from "./execution";
export { explainRefusal, type Refused } from "./explain";
export { emailOf, revokeCommand } from "./grants";
export { callGoogle, parseAnswer, readPolicy, standingOf } from "./policies";
export { audienceOf, inWords, readReceiver } from "./receiver";
export { deniedStatusOf, diagnoseRefusal, isSignIn, openReceiver, resourceOf } from "./refusals";
