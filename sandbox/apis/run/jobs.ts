import { ApiError, type Cloud } from "../../cloud";
import { memberOf } from "../../iam";
import { checkActAs, defaultServiceAccount } from "../act-as";
import {
    checkEtag,
    crud,
    etagOf,
    invalidArgument,
    nameParts,
    policyMethods,
    uid,
    type ApiDefinition,
    type Call,
} from "../framework";
import { checkInstance, checkKeys, checkResources, checkTasks, checkTimeout, LONGEST_TASK } from "./limits";
import { executions, type Job, jobs, operations, startExecution } from "./executions";
import { checkKeyUse } from "../kms";

const HOST = "run.googleapis.com";
const TYPE = "run.googleapis.com/Job";

export const jobPolicies = {
    host: HOST,
    permissions: "run.jobs",
    resourceType: TYPE,
    mustExist: (cloud: Cloud, name: string) => void jobs.get(cloud, name),
};

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs */
export const runJobs: ApiDefinition = {
    host: HOST,
    otherHosts: ["*-run.googleapis.com"],
    unverified: ["a job runs only the command that sandbox.yaml maps to its image"],
    services: {
        "google.cloud.run.v2.Jobs": {
            ...crud({
                resources: jobs,
                singular: "Job",
                permissions: "run.jobs",
                resourceType: TYPE,
                idField: "jobId",
                taken: (id) => new ApiError("ALREADY_EXISTS", `Resource '${id}' already exists.`),
                // Without a mask the whole job is replaced.
                kept: [],
                build(call, name, wanted, current) {
                    checkKeys(wanted, current);
                    return deployJob(call, name, wanted, current);
                },
                deleted: removeExecutions,
                operations: {
                    operations,
                    type: "google.cloud.run.v2.Job",
                    metadata: "google.cloud.run.v2.Job",
                    answersDeleted: true,
                },
            }),
            RunJob: {
                permission: "run.jobs.run",
                resourceType: TYPE,
                handle({ name, overrides, etag, validateOnly }, call) {
                    if (overrides) {
                        call.authorize("run.jobs.runWithOverrides", name, TYPE);
                    }
                    const job = jobs.get(call.cloud, name);
                    checkEtag(job, etag);
                    return startExecution(call, job, overrides, validateOnly === true);
                },
            },
            ...policyMethods(jobPolicies),
        },
        "google.cloud.run.v2.Executions": crud({
            resources: executions,
            singular: "Execution",
            permissions: "run.executions",
            operations: {
                operations,
                type: "google.cloud.run.v2.Execution",
                metadata: "google.cloud.run.v2.Execution",
                answersDeleted: true,
            },
        }),
        "google.cloud.run.v2.Tasks": {},
    },
};

/** A job as it is kept. @throws ApiError INVALID_ARGUMENT, PERMISSION_DENIED if the caller may not act as its account */
export function deployJob(call: Call, name: string, wanted: Partial<Job>, current: Job | undefined): Job {
    const { principal, time } = call;
    const { template = {} } = wanted;
    const { template: task = {} } = template;
    const { containers = [] } = task;
    if (containers.length === 0 || containers.some(({ image }) => !image)) {
        const field = "template.template.containers";
        throw invalidArgument(`${field}: a job has at least one container, and each container an image`, field);
    }
    checkTasks(template);
    checkInstance(task, "job", "template.template");
    // Instances of jobs run in the second generation, with their CPU at all times.
    const isJob = { isAlwaysAllocated: true, isSecondGeneration: true };
    checkResources(containers, "template.template.containers", isJob);
    checkTimeout(task.timeout, LONGEST_TASK, "template.template.timeout");
    const account = task.serviceAccount ?? defaultServiceAccount(call, nameParts(name).projects ?? "");
    checkActAs(call, account);
    checkKeyUse(call.cloud, "run", name, task.encryptionKey);
    const generation = String(Number(current?.generation ?? 0) + 1);
    const who = memberOf(principal).replace(/^[^:]+:/, "");
    const ready = { type: "Ready", state: "CONDITION_SUCCEEDED", lastTransitionTime: time };
    const job: Job = {
        ...wanted,
        name,
        launchStage: wanted.launchStage ?? "GA",
        template: {
            taskCount: 1,
            ...template,
            template: {
                timeout: "600s",
                maxRetries: 3,
                executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
                ...task,
                serviceAccount: account,
                containers: containers.map((container) => ({
                    resources: { limits: { cpu: "1000m", memory: "512Mi" } },
                    ...container,
                })),
            },
        },
        uid: current?.uid ?? uid(),
        generation,
        observedGeneration: generation,
        createTime: current?.createTime ?? time,
        updateTime: time,
        creator: current?.creator ?? who,
        lastModifier: who,
        executionCount: current?.executionCount ?? 0,
        terminalCondition: ready,
        conditions: [ready],
    };
    return { ...job, etag: etagOf(job) };
}

/** Removes the executions of a job that was deleted. */
export function removeExecutions({ cloud }: Call, job: string): void {
    executions.list(cloud, job).forEach((execution) => executions.delete(cloud, execution.name));
}
