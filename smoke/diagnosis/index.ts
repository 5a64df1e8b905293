/** Why a probe failed, and what to do. */
export { senderAudience, wrongAudience } from "./accepted-audience";
export { answerInWords, isSignIn, isSuccess } from "./answers";
export {
    accountProblem,
    credentialDiagnosis,
    diagnoseGrants,
    diagnoseMinting,
    disabledApi,
    missingGrant,
} from "./diagnose";
export { diagnoseExecution, readFailure, type StackElement } from "./execution";
export { explainRefusal, type Refused } from "./explain";
export { readEndpoints } from "./endpoints";
export { type DeployedGateway, readGateway, type Unread } from "./gateway";
export { emailOf, revokeCommand } from "./grants";
export { callGoogle, parseAnswer, readPolicy, standingOf } from "./policies";
export { diagnoseStarts } from "./startup";
export { audienceOf, inWords, readReceiver } from "./receiver";
export { CONNECTION_PATIENCE_SECONDS, type Finding } from "./findings";
export { diagnoseRefusal, openReceiver } from "./refusals";
export { deniedStatusOf, isSafe, methodOf, resourceOf } from "./requests";
