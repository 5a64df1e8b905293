export { deploy, findMapping, nearestProject, readProgram } from "./deploy";
export { findExecution, workflowOf } from "./executions";
export { printRefused } from "./refused";
export { onSandbox, type Session } from "./session";
export { findStateFolder } from "./state-folder";
export { commandInSandbox, sandboxDeployment } from "./verify";
