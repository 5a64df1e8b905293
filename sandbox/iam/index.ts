/** Who may do what: policies, roles, accounts. */
export {
    accountCollection,
    type AccountPrincipal,
    accountPrincipal,
    defaultAccountCollection,
    digits,
    findAccount,
    type Account,
} from "./accounts";
export { roleCollection } from "./custom";
export { isInRange, isRange } from "./address-ranges";
export { checkExpression, evaluateExpression } from "./conditions";
export { denialName, denyCollection, type DenyPolicy } from "./deny";
export { groupProblem } from "./groups";
export { ancestorsOf, containerIn, folderCollection, projectCollection } from "./hierarchy";
export { createIam } from "./iam";
export { allows, isEnforced, orgPolicyCollection, rulesFor, violation } from "./org-policies";
export { projectNumberOf, serviceAgent } from "./initial";
export { kubernetesMember, kubernetesPrincipal } from "./kubernetes";
export { memberOf } from "./members";
export { atVersion } from "./policies";
export { containerOf, projectId, projectResource } from "./resources";
export { foreignRole, narrowestRoles } from "./roles";
export { isPermission, permissions, predefinedRoles, type Role } from "../../access/roles";
export { isSupported, permissionsOf } from "./supported";
