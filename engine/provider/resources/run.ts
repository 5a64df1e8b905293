import type { RestType } from "../rest";

const base = "https://run.googleapis.com/v2/";

/** `gcp.cloudrunv2.Service`. https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
export const runService: RestType = {
    token: "gcp:cloudrunv2/service:Service",
    base,
    id: "projects/{project}/locations/{location}/services/{name}",
    create: "projects/{project}/locations/{location}/services?serviceId={name}",
    update: "none",
    autoName: { property: "name", maximum: 49 },
    outputDefaults: { deletionProtection: true },
    protectedAs: "service",
    shortNames: ["name"],
    wrapped: ["ServiceTemplateContainer.ports"],
    rename: {
        traffics: "traffic",
        terminalConditions: "terminalCondition",
        "ServiceTemplateContainer.envs": "env",
        "ServiceTemplateContainer.commands": "command",
        "ServiceTemplateContainer.dependsOns": "dependsOn",
        "ServiceTemplateContainer.buildInfos": "buildInfo",
    },
    toOutputs: (outputs, remote) => ({ ...outputs, effectiveAnnotations: remote["annotations"] ?? {} }),
};

/** `gcp.cloudrunv2.Job`. https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs */
export const runJob: RestType = {
    token: "gcp:cloudrunv2/job:Job",
    base,
    id: "projects/{project}/locations/{location}/jobs/{name}",
    create: "projects/{project}/locations/{location}/jobs?jobId={name}",
    update: "none",
    autoName: { property: "name", maximum: 49 },
    outputDefaults: { deletionProtection: true },
    protectedAs: "job",
    shortNames: ["name"],
    notSent: ["startExecutionToken", "runExecutionToken"],
    rename: {
        terminalConditions: "terminalCondition",
        latestCreatedExecutions: "latestCreatedExecution",
        "JobTemplateTemplateContainer.envs": "env",
        "JobTemplateTemplateContainer.commands": "command",
        "JobTemplateTemplateContainer.dependsOns": "dependsOn",
    },
    toOutputs: (outputs, remote) => ({ ...outputs, effectiveAnnotations: remote["annotations"] ?? {} }),
};

/** `gcp.cloudrunv2.WorkerPool`. https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.workerPools */
export const runWorkerPool: RestType = {
    token: "gcp:cloudrunv2/workerPool:WorkerPool",
    base,
    id: "projects/{project}/locations/{location}/workerPools/{name}",
    create: "projects/{project}/locations/{location}/workerPools?workerPoolId={name}",
    update: "none",
    autoName: { property: "name", maximum: 49 },
    outputDefaults: { deletionProtection: true },
    protectedAs: "workerpool",
    shortNames: ["name"],
    rename: {
        terminalConditions: "terminalCondition",
        "WorkerPoolTemplateContainer.envs": "env",
        "WorkerPoolTemplateContainer.commands": "command",
        "WorkerPoolTemplateContainer.dependsOns": "dependsOn",
    },
    toOutputs: (outputs, remote) => ({ ...outputs, effectiveAnnotations: remote["annotations"] ?? {} }),
};
