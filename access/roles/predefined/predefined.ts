import { administrationRoles } from "./administration";
import { agentRoles } from "./agents";
import { networkingRoles } from "./networking";
import { productRoles } from "./products";
import type { RoleTable } from "./table";

/** Google's own roles. Mirrors https://cloud.google.com/iam/docs/roles-permissions */
export const predefined: RoleTable = { ...administrationRoles, ...networkingRoles, ...productRoles, ...agentRoles };
