/** Google's own roles, and the permissions that they hold. */
export { basicRoleOf } from "./basic-members";
export { isPermission, permissions } from "./permissions";
export { predefined } from "./predefined";
export { predefinedRole, predefinedRoles, type Role } from "./roles";
