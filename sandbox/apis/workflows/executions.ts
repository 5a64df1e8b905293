import { ApiError } from "../../cloud";
import type { Execution, ExecutionService } from "./execution-service";
import { callbackRoutes, workflowOf } from "./callbacks";
import { stepEntryRoutes } from "./step-entries";
import { triggerRoutes } from "./trigger";
import {
    compileFilter,
    compileOrder,
    invalidArgument,
    labelProblem,
    page,
    type ApiDefinition,
    type FieldReaders,
    type Json,
} from "../framework";
import { workflowResources } from "./workflows";

/** Bytes of an argument. https://cloud.google.com/workflows/docs/reference/executions/rest */
const LARGEST_ARGUMENT = 32 * 1024;
/** https://cloud.google.com/resource-manager/docs/best-practices-labels */
const PAGE = 100;
const LARGEST_PAGE: Readonly<Record<string, number>> = { BASIC: 1000, FULL: 100 };
/** The fields of the basic view, as the API's proto says. */
const BASIC = ["name", "startTime", "endTime", "duration", "state", "workflowRevisionId"];

const FIELDS: FieldReaders<Execution> = {
    executionId: ({ name }) => [name.slice(name.lastIndexOf("/") + 1)],
    state: ({ state }) => [state],
    createTime: ({ createTime }) => texts(createTime),
    startTime: ({ startTime }) => texts(startTime),
    endTime: ({ endTime }) => texts(endTime),
    duration: ({ duration }) => texts(duration),
    workflowRevisionId: ({ workflowRevisionId }) => texts(workflowRevisionId),
};
const FILTERED: FieldReaders<Execution> = {
    ...FIELDS,
    stepName: ({ status }) => (status?.currentSteps ?? []).map(({ step = "" }) => step),
    label: labelled,
    labels: labelled,
    disableConcurrencyQuotaOverflowBuffering: (execution) => [
        execution.disableConcurrencyQuotaOverflowBuffering === true ? "true" : "false",
    ],
};
function texts(value: unknown): string[] {
    return typeof value === "string" ? [value] : [];
}

const onWorkflow = (verb: string) => ({
    permission: `workflows.executions.${verb}`,
    resource: ({ name, parent }: { name?: string; parent?: string }) => workflowOf(parent ?? name ?? ""),
    resourceType: "workflows.googleapis.com/Workflow",
});

/** https://cloud.google.com/workflows/docs/reference/executions/rest */
export function createExecutionsApi(executions: ExecutionService): ApiDefinition {
    const { resources } = executions;
    return {
        host: "workflowexecutions.googleapis.com",
        services: {
            "google.cloud.workflows.executions.v1.Executions": {
                CreateExecution: {
                    ...onWorkflow("create"),
                    handle({ parent, execution }, { cloud }) {
                        const workflow = workflowResources.get(cloud, parent);
                        checkSize(execution.argument);
                        checkLabels(execution.labels);
                        checkHistoryLevel(execution.executionHistoryLevel);
                        return started(() => executions.start(workflow, execution));
                    },
                },
                GetExecution: {
                    ...onWorkflow("get"),
                    handle: ({ name, view }) => viewed(executions.get(name), view),
                },
                ListExecutions: {
                    ...onWorkflow("list"),
                    handle(request, { cloud }) {
                        const { parent, view = "BASIC", filter = "", orderBy = "", pageSize = 0 } = request;
                        workflowResources.get(cloud, parent);
                        const matches = compileFilter(filter, FILTERED);
                        const found = executions
                            .list(parent)
                            .filter((one) => matches(filter.includes("stepName") ? executions.get(one.name) : one))
                            .sort(compileOrder(orderBy, FIELDS));
                        const size = Math.min(pageSize === 0 ? PAGE : pageSize, LARGEST_PAGE[view] ?? PAGE);
                        return page(
                            "executions",
                            found.map((one) => viewed(view === "FULL" ? executions.get(one.name) : one, view)),
                            { ...request, pageSize: size },
                        );
                    },
                },
                CancelExecution: {
                    ...onWorkflow("cancel"),
                    async handle({ name }, { cloud }) {
                        const { state } = resources.get(cloud, name);
                        if (!(await executions.cancel(name))) {
                            throw new ApiError("FAILED_PRECONDITION", `the execution has ended: it is ${state}`);
                        }
                        return executions.get(name);
                    },
                },
            },
        },
        routes: [...stepEntryRoutes(executions), ...callbackRoutes(executions), ...triggerRoutes(executions)],
        unverified: [
            "executions are named with the project that the request names, its ID or its number",
            "the first 1,000 step entries of an execution are kept; loops have one entry a step, and not one an iteration; detailed entries have the variables that their step set",
            "what exportData answers beside the execution and its step entries; the permissions of exportData (to get executions) and deleteExecutionHistory (to cancel them)",
            "the argument that triggerPubsubExecution gives: the CloudEvent of Eventarc's Pub/Sub triggers",
            "the 2,000 executions that ended last are kept",
        ],
    };
}

function labelled({ labels = {} }: Execution, key: string): string[] {
    return key === "" ? Object.keys(labels) : texts(labels[key]);
}

function viewed(execution: Execution, view: string | undefined): Json {
    return view === "BASIC"
        ? Object.fromEntries(Object.entries(execution).filter(([field]) => BASIC.includes(field)))
        : execution;
}

/** @throws ApiError INVALID_ARGUMENT */
function checkSize(argument = ""): void {
    if (Buffer.byteLength(argument) > LARGEST_ARGUMENT) {
        throw invalidArgument(`argument is larger than ${LARGEST_ARGUMENT} bytes`, "execution.argument");
    }
}

/** @throws ApiError INVALID_ARGUMENT */
function started(start: () => Execution): Execution {
    try {
        return start();
    } catch (error) {
        if (error instanceof SyntaxError) {
            throw invalidArgument(`argument is no JSON: ${error.message}`, "execution.argument");
        }
        throw error;
    }
}

const HISTORY_LEVELS = ["UNSPECIFIED", "BASIC", "DETAILED"].map((level) =>
    level === "UNSPECIFIED" ? `EXECUTION_HISTORY_LEVEL_${level}` : `EXECUTION_HISTORY_${level}`,
);

/** @throws ApiError INVALID_ARGUMENT */
function checkHistoryLevel(level: string | undefined): void {
    if (level !== undefined && level !== "" && !HISTORY_LEVELS.includes(level)) {
        throw invalidArgument(
            `execution_history_level must be one of ${HISTORY_LEVELS.join(", ")}, not "${level}"`,
            "execution.execution_history_level",
        );
    }
}

/** @throws ApiError INVALID_ARGUMENT */
function checkLabels(labels: Json = {}): void {
    const problem = labelProblem(labels);
    if (problem !== undefined) {
        throw invalidArgument(problem, "execution.labels");
    }
}
