/** The audit and the injector: which credential each call needs, and the source with it. */
export { auditWorkflow } from "./checks";
export { type Definition, definitionsIn } from "./definition";
export { type Destination, destinationsOf } from "./destinations";
export { looksLikeWorkflow } from "./documents";
export type { Edit } from "./edit";
export { type Address, DEFAULT_UNIVERSE, kinds, parseAddress, universeOf } from "./receivers";
export { auditFile, injectFile, type FileAudit, type FileInjection } from "./file";
export { injectAuth, type Change, type Injection, type LeftCall, planInjection } from "./inject";
export { isRule, rules as auditRules, type Rule, type RuleId } from "./rules";
export { variablePrefix } from "./variable-prefix";
export type { AuditOptions, AuditResult, DeclaredTarget, Finding, InjectResult, TargetKind } from "./types";
