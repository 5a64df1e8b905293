export { policyPack, policyRules } from "./pack";
export { asPolicy, type PolicyRule, type Subject } from "./rule";
