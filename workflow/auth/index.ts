/** The audit and the injector: which credential each call needs, and the source with it. */
export { auditWorkflow } from "./audit";
export { looksLikeWorkflow } from "./documents";
export type { Edit } from "./edit";
export { DEFAULT_UNIVERSE, kinds, universeOf } from "./kinds";
export { auditFile, injectFile, type FileAudit, type FileInjection } from "./file";
export { parseAddress, type Address } from "./hosts";
export { injectAuth, type Change, type Injection, type LeftCall, planInjection } from "./inject";
export { isRule, rules as auditRules, type Rule, type RuleId } from "./rules";
export type { AuditOptions, AuditResult, DeclaredTarget, Finding, InjectResult, TargetKind } from "./types";
