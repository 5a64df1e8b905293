/** Who may do what: accounts, roles, and who is a member of them. */
export { checkedEmail, type Identity, identityOf, keepsId, ownAccountId, projectOfAccount } from "./account";
export { componentId, existingUrn, formerIds } from "./callees";
export { enableApis } from "./apis";
export { policyUrl } from "./binding";
export { declaredGrants, type DeclaredGrants } from "./declared";
export { grantTargets, isSameResource, type TargetRoles, targetRoles } from "./grant-targets";
export { bindingsOf, type Grant, type GrantInfo, grantRole, grantRoles, madeGrants, refsOf, warned } from "./grant";
export { checkedMember, grantInvoker, grantInvoking, grantMembers } from "./members";
export { memberNames, ownerOf } from "./owner";
export { rolesOf } from "./roles";
export { serviceAgent } from "./service-agent";
