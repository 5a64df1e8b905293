export { auditWorkflow } from "./audit";
export { injectAuth, planInjection, type Change } from "./inject";
export type { Edit } from "./edit";
export { rules, isRule, type Rule, type RuleId } from "./rules";
export { parseAddress, type Address } from "./hosts";
export type { AuditOptions, AuditResult, DeclaredTarget, Finding, InjectResult, TargetKind } from "./types";
