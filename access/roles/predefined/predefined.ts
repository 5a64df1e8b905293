import { administrationRoles } from "./administration";
import { agentRoles } from "./agents";
import { productRoles } from "./products";
import type { RoleTable } from "./table";

/** Google's own roles. Mirrors https://cloud.google.com/iam/docs/roles-permissions */
export const predefined: RoleTable = { ...administrationRoles, ...productRoles, ...agentRoles };
