export { noDefinition, readSources } from "./files";
export { formats } from "./formats";
export { addTargetFlags, auditOptions, collect, ruleOverrides, targetsHelp, type TargetFlags } from "./options";
export { messagesOf, reportOf } from "./report";
