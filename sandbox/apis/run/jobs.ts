import { defined } from "../../../common";
import { ApiError } from "../../cloud";
import { memberOf } from "../../iam";
import { checkActAs, defaultServiceAccount } from "../act-as";
import {
    checkEtag,
    createOperations,
    crud,
    etagOf,
    invalidArgument,
    nameParts,
    policyMethods,
    Resources,
    shortName,
    typed,
    uid,
    type ApiDefinition,
    type Call,
    type Stored,
} from "../framework";

type Job = Stored<"google.cloud.run.v2.Job", "name" | "generation" | "executionCount">;
type Execution = Stored<"google.cloud.run.v2.Execution">;

const HOST = "run.googleapis.com";
const TYPE = "run.googleapis.com/Job";
const jobs = new Resources<Job>("run.jobs");
const executions = new Resources<Execution>("run.executions");
const operations = createOperations("run", "v2", "run.operations.get");
const WHY = "the sandbox runs no containers of jobs: the execution was allowed, and nothing was run";

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs */
export const runJobs: ApiDefinition = {
    host: HOST,
    unverified: [WHY],
    services: {
        "google.cloud.run.v2.Jobs": {
            ...crud({
                resources: jobs,
                singular: "Job",
                permissions: "run.jobs",
                resourceType: TYPE,
                idField: "jobId",
                idRule: {
                    pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
                    field: "job_id",
                    rule: "only lower-case letters, digits and hyphens, beginning with a letter, at most 63",
                },
                taken: (id) => new ApiError("ALREADY_EXISTS", `Resource '${id}' already exists.`),
                // Without a mask the whole job is replaced.
                kept: [],
                build: deploy,
                deleted: removeExecutions,
                operations: { operations, type: "google.cloud.run.v2.Job", answersDeleted: true },
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
                    const execution = executionOf(call, job);
                    if (!validateOnly) {
                        keepExecution(call, job, execution);
                    }
                    return operations.done(call, parentOf(name), typed("google.cloud.run.v2.Execution", execution));
                },
            },
            ...policyMethods({
                host: HOST,
                permissions: "run.jobs",
                resourceType: TYPE,
                mustExist: (cloud, name) => jobs.get(cloud, name),
            }),
        },
        "google.cloud.run.v2.Executions": crud({
            resources: executions,
            singular: "Execution",
            permissions: "run.executions",
            operations: { operations, type: "google.cloud.run.v2.Execution", answersDeleted: true },
        }),
        "google.cloud.run.v2.Tasks": {},
    },
};

/** `projects/P/locations/L` of a job. */
function parentOf(name: string): string {
    return name.replace(/\/[^/]+\/[^/]+$/, "");
}

function deploy(call: Call, name: string, wanted: Partial<Job>, current: Job | undefined): Job {
    const { principal, time } = call;
    const { template = {} } = wanted;
    const { template: task = {} } = template;
    const { containers = [] } = task;
    if (containers.length === 0 || containers.some(({ image }) => !image)) {
        const field = "template.template.containers";
        throw invalidArgument(`${field}: a job has at least one container, and each container an image`, field);
    }
    const account = task.serviceAccount ?? defaultServiceAccount(call, nameParts(name).projects ?? "");
    checkActAs(call, account);
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

/** An execution that failed, with the reason. The sandbox only checks who can start one. */
function executionOf(call: Call, { name, launchStage, template }: Job): Execution {
    const { time } = call;
    const failed = { state: "CONDITION_FAILED", message: WHY, lastTransitionTime: time };
    const execution: Execution = {
        name: `${name}/executions/${shortName(name)}-${uid().slice(0, 5)}`,
        uid: uid(),
        creator: memberOf(call.principal).replace(/^[^:]+:/, ""),
        generation: "1",
        observedGeneration: "1",
        job: shortName(name),
        createTime: time,
        startTime: time,
        completionTime: time,
        updateTime: time,
        ...defined({
            launchStage,
            taskCount: template?.taskCount,
            template: template?.template,
            failedCount: template?.taskCount,
        }),
        conditions: [{ type: "Completed", ...failed }],
    };
    return { ...execution, etag: etagOf(execution) };
}

function keepExecution({ cloud, time }: Call, job: Job, execution: Execution): void {
    executions.put(cloud, execution.name, execution);
    const latestCreatedExecution = {
        name: shortName(execution.name),
        createTime: time,
        completionTime: time,
        completionStatus: "EXECUTION_FAILED",
    };
    jobs.put(cloud, job.name, { ...job, executionCount: job.executionCount + 1, latestCreatedExecution });
}

function removeExecutions({ cloud }: Call, job: string): void {
    executions.list(cloud, job).forEach((execution) => executions.delete(cloud, execution.name));
}
