/** Google's APIs, and the resources that they store. */
export * from "./framework";
export { makeDefaultAccount } from "./act-as";
export { endpointsService, managedServiceName } from "./servicemanagement";
export { gatewayAt, type GatewayOperation, type ServedGateway, type TokenRule } from "./apigateway";
export { googleApis } from "./google-apis";
export {
    backendServiceId,
    collectionOf,
    findByKey,
    keyOf,
    linkOf,
    partsOf,
    takesHost,
    type UrlMap,
    wayOf,
    refusedBy,
    type ArmorRequest,
} from "./compute";
export { type Trigger, triggers } from "./eventarc";
export {
    type CloudFunction,
    firstSource,
    functions,
    functionsV1,
    setServing,
    functionUrl,
    type FunctionV1,
    serviceBeneath,
} from "./functions";
export { gcloudClients, iapSettingsOf, registerIdentityApis } from "./identity";
export {
    type Absence,
    absences,
    alertPolicies,
    type AlertPolicy,
    alerts,
    compileLogFilter,
    type Condition,
    fieldOf,
    type KeptAlert,
    logMetrics,
    METRIC_PREFIX,
    projectAbove,
    logAuditedCalls,
    writeLog,
} from "./observability";
export { backlogOf, publish, retryDelay, type Subscription, subscriptions, topics, type Waiting } from "./pubsub";
export {
    atRevision,
    countTasks,
    endExecution,
    endInterrupted,
    executions as jobExecutions,
    findByHost,
    instancesOf,
    type JobExecution,
    type RunService,
    servedRevisions,
    services,
    serviceOfDomain,
    serviceUrls,
    setReady,
    type TaskCounts,
    type WorkerPool,
    workerPools,
} from "./run";
export { readObject } from "./storage";
export {
    type HttpRequest,
    type Job,
    jobs,
    overridden,
    queues,
    removeTask,
    requestOf,
    type Task,
    tasks,
} from "./timers";
export { endpointsOf, networkOf } from "./servicedirectory";
export { connectors } from "./vpcaccess";
export {
    type CallbackEntry,
    createExecutionsApi,
    type Execution,
    type ExecutionService,
    type Workflow,
    workflowResources,
} from "./workflows";
