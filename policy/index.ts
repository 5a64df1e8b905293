import "./needs";

export { asPolicy } from "./as-policy";
export { policyPack, policyRules, stackRules } from "./pack";
export type { PolicyRule, StackOptions, StackProblem, StackRule, StackSubject, Subject } from "./rule";
