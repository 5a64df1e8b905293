/** `workflows.googleapis.com`, and the API of its executions. */
export type { CallbackEntry, Execution, ExecutionService } from "./execution-service";
export { createExecutionsApi } from "./executions";
export { type Workflow, workflowResources, workflows } from "./workflows";
