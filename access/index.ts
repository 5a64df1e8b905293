/** Who may call what: a search over policies as plain data. It has no effects of its own. */
export type { AccessVerdict, Answer, DeclaredGrant, Question, Step, Way } from "./answer";
export {
    Facts,
    INGRESS,
    isKnown,
    type Binding,
    type DenyRule,
    type Fact,
    type FactValues,
    type Need,
    type Project,
    type Receiver,
    type Unread,
} from "./facts";
export { chanceOf } from "./conditions";
export { gatherAnswer, type ReadFact } from "./gather";
export { filled, grantKind, invokableUrl, isOfThisPackage, policyCarrier, urlsInRegions } from "./grant-resources";
export { isAgent, isPublic, normalMember } from "./members";
export { accountUrl, ancestorUrl, isWide, labelOf, projectUrl } from "./names";
export { pathOf } from "./path";
export { handsOutRoles, isBasicRole, permissionsOfRole, powerOf, rolesOnProject, usesOfRole } from "./powers";
export { whoMayCall } from "./search";
export { isTarget } from "./targets";
export { isViolation } from "./verdict";
