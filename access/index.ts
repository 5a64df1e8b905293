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
export { ancestorUrl, labelOf, projectUrl } from "./names";
export { whoMayCall } from "./search";
export { isTarget } from "./targets";
export { isViolation } from "./verdict";
