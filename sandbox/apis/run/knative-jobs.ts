import { defined } from "../../../common";
import type { Call, Json } from "../framework";
import type { Job, JobExecution } from "./executions";
import {
    fromKnativeContainer,
    fromKnativeVolumes,
    objectOf,
    objectsOf,
    only,
    toKnativeContainer,
    toKnativeVolume,
} from "./knative-containers";
import { metadataOf, RUN_V1 } from "./knative-metadata";

const EXECUTION_SPEC = ["parallelism", "taskCount", "template"];
const TASK_SPEC = ["containers", "maxRetries", "serviceAccountName", "timeoutSeconds", "volumes"];

type Task = NonNullable<NonNullable<Job["template"]>["template"]>;
type Condition = NonNullable<JobExecution["conditions"]>[number];

/** A job as the older API shows it. https://cloud.google.com/run/docs/reference/rest/v1/namespaces.jobs */
export function toKnativeJob(job: Job, call: Call): Json {
    const { template: { labels, annotations, template = {}, ...counts } = {}, latestCreatedExecution: latest } = job;
    return {
        apiVersion: RUN_V1,
        kind: "Job",
        metadata: metadataOf(job, call),
        spec: { template: { metadata: defined({ labels, annotations }), spec: specOf(counts, template) } },
        status: {
            observedGeneration: Number(job.generation),
            conditions: (job.conditions ?? []).map(toKnativeCondition),
            executionCount: job.executionCount,
            ...(latest && {
                latestCreatedExecution: {
                    name: latest.name,
                    ...defined({ creationTimestamp: latest.createTime, completionTimestamp: latest.completionTime }),
                },
            }),
        },
    };
}

/** An execution of a job as the older API shows it. */
export function toKnativeExecution(execution: JobExecution, call: Call): Json {
    const { template = {}, runningCount, succeededCount, failedCount, startTime, completionTime } = execution;
    const metadata = metadataOf(execution, call);
    return {
        apiVersion: RUN_V1,
        kind: "Execution",
        metadata: { ...metadata, labels: { ...objectOf(metadata.labels), "run.googleapis.com/job": execution.job } },
        spec: specOf(execution, template),
        status: {
            observedGeneration: 1,
            conditions: (execution.conditions ?? []).map(toKnativeCondition),
            ...defined({ startTime, completionTime, runningCount, succeededCount, failedCount }),
        },
    };
}

function specOf({ taskCount, parallelism }: { taskCount?: number; parallelism?: number }, task: Task): Json {
    const { containers = [], volumes, timeout, serviceAccount: serviceAccountName, maxRetries } = task;
    return {
        ...defined({ taskCount, parallelism }),
        template: {
            spec: {
                containers: containers.map(toKnativeContainer),
                ...(volumes && { volumes: volumes.map(toKnativeVolume) }),
                ...defined({ serviceAccountName, maxRetries }),
                ...(timeout !== undefined && { timeoutSeconds: String(Number.parseInt(timeout, 10)) }),
            },
        },
    };
}

function toKnativeCondition({ type, state, message, lastTransitionTime }: Condition): Json {
    const status = state === "CONDITION_SUCCEEDED" ? "True" : state === "CONDITION_FAILED" ? "False" : "Unknown";
    return { type, status, ...defined({ message, lastTransitionTime }) };
}

/** A job of the older API as one of the newer. @throws ApiError INVALID_ARGUMENT for a field that is not known here */
export function fromKnativeJob(body: Json): Partial<Job> {
    const metadata = objectOf(body.metadata);
    const template = objectOf(only(objectOf(body.spec), ["template"], "spec").template);
    const spec = only(objectOf(template.spec), EXECUTION_SPEC, "spec.template.spec");
    const where = "spec.template.spec.template.spec";
    const task = only(objectOf(objectOf(spec.template).spec), TASK_SPEC, where);
    const containers = objectsOf(task.containers, `${where}.containers`) ?? [];
    const labels = Object.entries(objectOf(metadata.labels)).filter(
        ([key]) => !key.startsWith("cloud.googleapis.com/"),
    );
    const { labels: ownLabels, annotations: ownAnnotations } = objectOf(template.metadata);
    return {
        labels: Object.fromEntries(labels) as Record<string, string>,
        ...defined({ annotations: metadata.annotations as Record<string, string> | undefined }),
        template: {
            ...defined({
                labels: ownLabels as Record<string, string> | undefined,
                annotations: ownAnnotations as Record<string, string> | undefined,
                taskCount: spec.taskCount as number | undefined,
                parallelism: spec.parallelism as number | undefined,
            }),
            template: {
                containers: containers.map((said, i) => fromKnativeContainer(said, `${where}.containers[${i}]`)),
                ...defined({
                    serviceAccount: task.serviceAccountName as string | undefined,
                    maxRetries: task.maxRetries as number | undefined,
                }),
                ...fromKnativeVolumes(task.volumes, `${where}.volumes`),
                ...(task.timeoutSeconds !== undefined && { timeout: `${Number(task.timeoutSeconds)}s` }),
            },
        },
    };
}
