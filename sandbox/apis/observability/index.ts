/** Logs, metrics and alerts. */
export { fieldOf } from "./log-fields";
export { compileLogFilter } from "./log-filter";
export { loggingMetrics, logMetrics, METRIC_PREFIX } from "./log-metrics";
export { logAuditedCalls } from "./audit-log";
export { logging, writeLog } from "./logging";
export {
    type Absence,
    absences,
    alertPolicies,
    type AlertPolicy,
    alerts,
    type Condition,
    type KeptAlert,
    projectAbove,
} from "./monitoring-resources";
export { monitoring } from "./monitoring";
