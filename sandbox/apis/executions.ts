import { fromJson } from "../../workflow";
import { ApiError } from "../cloud";
import type { Execution, Executions, Given } from "../senders/executions";
import { callbackRoutes, workflowOf } from "./executions-callbacks";
import {
    compileFilter,
    compileOrder,
    invalidArgument,
    method,
    notFound,
    page,
    type ApiDefinition,
    type FieldReaders,
    type Json,
    type Route,
} from "./framework";
import { workflowResources } from "./workflows";

type Named = { name: string };
type ListRequest = {
    parent: string;
    view?: string;
    filter?: string;
    orderBy?: string;
    pageSize?: number;
    pageToken?: string;
};

/** Bytes of an argument. https://cloud.google.com/workflows/docs/reference/executions/rest */
const LARGEST_ARGUMENT = 32 * 1024;
/** https://cloud.google.com/resource-manager/docs/best-practices-labels */
const MOST_LABELS = 64;
const PAGE = 100;
const LARGEST_PAGE: Readonly<Record<string, number>> = { BASIC: 1000, FULL: 100 };
/** What the short view tells, as the API's proto says. */
const BASIC = ["name", "startTime", "endTime", "duration", "state", "workflowRevisionId"];

const FIELDS: FieldReaders<Execution> = {
    executionId: ({ name }) => [name.slice(name.lastIndexOf("/") + 1)],
    state: ({ state }) => [state],
    createTime: ({ startTime }) => [startTime],
    startTime: ({ startTime }) => [startTime],
    endTime: ({ endTime }) => texts(endTime),
    duration: ({ duration }) => texts(duration),
    workflowRevisionId: ({ workflowRevisionId }) => texts(workflowRevisionId),
};
const FILTERED: FieldReaders<Execution> = {
    ...FIELDS,
    stepName: ({ status }) =>
        ((status as { currentSteps?: { step: string }[] } | undefined)?.currentSteps ?? []).map(({ step }) => step),
    label: labelled,
    labels: labelled,
};
const ENTRY_FIELDS: FieldReaders<Json> = Object.fromEntries(
    ["entryId", "createTime", "updateTime", "routine", "step", "stepType", "state"].map((field) => [
        field,
        (entry: Json) => texts(entry[field]),
    ]),
);

function texts(value: unknown): string[] {
    return typeof value === "string" ? [value] : [];
}

function labelled({ labels = {} }: Execution, key: string): string[] {
    return key === "" ? Object.keys(labels as Json) : texts((labels as Json)[key]);
}

const onWorkflow = (verb: string) => ({
    permission: `workflows.executions.${verb}`,
    resource: ({ name, parent }: { name?: string; parent?: string }) => workflowOf(parent ?? name ?? ""),
    resourceType: "workflows.googleapis.com/Workflow",
});

function viewed(execution: Execution, view: string | undefined): Json {
    return view === "BASIC"
        ? Object.fromEntries(Object.entries(execution).filter(([field]) => BASIC.includes(field)))
        : execution;
}

/** https://cloud.google.com/workflows/docs/reference/executions/rest */
export function createExecutionsApi(executions: Executions): ApiDefinition {
    const { resources } = executions;
    return {
        host: "workflowexecutions.googleapis.com",
        services: {
            "google.cloud.workflows.executions.v1.Executions": {
                CreateExecution: method<{ parent: string; execution?: Given }>({
                    ...onWorkflow("create"),
                    handle({ parent, execution = {} }, { cloud }) {
                        const workflow = workflowResources.get(cloud, parent);
                        checkArgument(execution.argument);
                        checkLabels(execution.labels);
                        return executions.start(workflow, execution);
                    },
                }),
                GetExecution: method<Named & { view?: string }>({
                    ...onWorkflow("get"),
                    handle: ({ name, view }) => viewed(executions.get(name), view),
                }),
                ListExecutions: method<ListRequest>({
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
                }),
                CancelExecution: method<Named>({
                    ...onWorkflow("cancel"),
                    async handle({ name }, { cloud }) {
                        const { state } = resources.get(cloud, name);
                        if (!(await executions.cancel(name)))
                            throw new ApiError("FAILED_PRECONDITION", `the execution has ended: it is ${state}`);
                        return executions.get(name);
                    },
                }),
            },
        },
        routes: [...stepEntryRoutes(executions), ...callbackRoutes(executions)],
        unverified: [
            "executions are named with the project that the request names, its ID or its number",
            "the first 1,000 step entries of an execution are kept, without variables and navigation",
            "the 2,000 executions that ended last are kept",
        ],
    };
}

/** https://cloud.google.com/workflows/docs/debug-steps */
function stepEntryRoutes(executions: Executions): Route[] {
    const execution = "projects/*/locations/*/workflows/*/executions/*";
    return [
        {
            verb: "GET",
            path: `/v1/{parent=${execution}}/stepEntries`,
            permission: "workflows.stepEntries.list",
            resource: ({ params }) => workflowOf(params.parent ?? ""),
            handle({ params, query }) {
                const { name } = executions.get(params.parent ?? "");
                const matches = compileFilter(query.get("filter") ?? "", ENTRY_FIELDS);
                const order = compileOrder(query.get("orderBy") ?? "entryId", ENTRY_FIELDS);
                const found = executions.history.list(name).filter(matches).sort(order);
                const pageToken = query.get("pageToken") ?? undefined;
                return {
                    ...page("stepEntries", found.slice(Number(query.get("skip") ?? 0)), {
                        pageSize: Number(query.get("pageSize") ?? 0),
                        ...(pageToken !== undefined && { pageToken }),
                    }),
                    totalSize: found.length,
                };
            },
        },
        {
            verb: "GET",
            path: `/v1/{name=${execution}/stepEntries/*}`,
            permission: "workflows.stepEntries.get",
            resource: ({ params }) => workflowOf(params.name ?? ""),
            handle({ params }) {
                const { name = "" } = params;
                const [parent = "", number = ""] = name.split("/stepEntries/");
                const entry = executions.history.find(executions.get(parent).name, Number(number));
                if (!entry) throw notFound(name);
                return entry;
            },
        },
    ];
}

/** @throws ApiError INVALID_ARGUMENT */
function checkArgument(argument: string | undefined): void {
    if (argument === undefined) return;
    if (Buffer.byteLength(argument) > LARGEST_ARGUMENT)
        throw invalidArgument(`argument is larger than ${LARGEST_ARGUMENT} bytes`, "execution.argument");
    try {
        fromJson(argument);
    } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw invalidArgument(`argument is no JSON: ${message}`, "execution.argument");
    }
}

/** @throws ApiError INVALID_ARGUMENT */
function checkLabels(labels: Json = {}): void {
    const pairs = Object.entries(labels);
    if (pairs.length > MOST_LABELS)
        throw invalidArgument(`${pairs.length} labels, at most ${MOST_LABELS}`, "execution.labels");
    const bad = pairs.find(
        ([key, value]) =>
            !/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key) ||
            !/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(String(value)),
    );
    if (bad)
        throw invalidArgument(
            `the label ${bad[0]}=${String(bad[1])} must be of lower-case letters, digits, - and _, its key beginning with a letter, at most 63 each`,
            "execution.labels",
        );
}
