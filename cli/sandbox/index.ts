export { deploy, findMapping, nearestProject, readProgram } from "./deploy";
export { findExecution, idOf, keptExecutions, workflowOf } from "./executions";
export { readKept } from "./kept";
export { printRefused } from "./refused";
export { onSandbox, type Session } from "./session";
export { keptReports, reportsIn } from "./reports";
export { generatedSources, type GeneratedSource } from "./summary";
export { findStateFolder, type StateFolder } from "./state-folder";
export { commandInSandbox, commandOn, sandboxDeployment, stackArgument } from "./verify";
