/** The audit: everything that is checked of a call and of a source. */
export { isUrlItself } from "./audience";
export { auditWorkflow, checkSite, openedBy, type Survey, survey } from "./audit";
export { suppressor } from "./suppress";
