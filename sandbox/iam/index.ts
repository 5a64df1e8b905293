export { accountCollection, defaultAccountCollection, digits, findAccount, type Account } from "./accounts";
export { roleCollection } from "./custom";
export { createIam } from "./iam";
export { agentEmail, projectNumberOf } from "./initial";
export { memberOf } from "./members";
export { permissions } from "./permissions";
export { atVersion } from "./policies";
export { projectId, projectResource } from "./resources";
export { predefinedRoles, type Role } from "./roles";
