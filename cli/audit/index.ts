export { noDefinition, readSources } from "./files";
export { type AuditJson, type FormatName, formatNames, formats, type Style } from "./formats";
export { addTargetFlags, auditOptions, collect, ruleOverrides, targetsHelp, type TargetFlags } from "./options";
export { messagesOf, reportOf } from "./report";
