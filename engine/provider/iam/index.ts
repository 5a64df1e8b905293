/** Grants: the resource types that change the IAM policy of a resource. */
export { grantsOf, keptGrant } from "./grants";
export { grantTokens, iamTargets } from "./targets";
