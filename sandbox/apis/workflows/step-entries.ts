import { defined } from "../../../common";
import type { ExecutionService } from "./execution-service";
import { workflowOf } from "./callbacks";
import { compileFilter, compileOrder, notFound, page, type FieldReaders, type Json, type Route } from "../framework";

const EXECUTION = "projects/*/locations/*/workflows/*/executions/*";

const FIELDS: FieldReaders<Json> = Object.fromEntries(
    ["entryId", "createTime", "updateTime", "routine", "step", "stepType", "state"].map((field) => [
        field,
        ({ [field]: value }: Json) => (typeof value === "string" ? [value] : []),
    ]),
);
const FILTERED: FieldReaders<Json> = {
    ...FIELDS,
    parent: ({ navigationInfo }) => {
        const { parent } = (navigationInfo ?? {}) as { parent?: string };
        return parent === undefined ? [] : [parent];
    },
};

/** What an execution went through: https://cloud.google.com/workflows/docs/debug-steps */
export function stepEntryRoutes(executions: ExecutionService): Route[] {
    const onWorkflow = (verb: string): Pick<Route, "permission" | "resource" | "resourceType"> => ({
        permission: `workflows.${verb}`,
        resource: ({ params }) => workflowOf(params.parent ?? params.name ?? ""),
        resourceType: "workflows.googleapis.com/Workflow",
    });
    return [
        {
            verb: "GET",
            path: `/v1/{parent=${EXECUTION}}/stepEntries`,
            ...onWorkflow("stepEntries.list"),
            parameters: ["filter", "orderBy", "pageSize", "pageToken", "skip"],
            handle({ params, query }) {
                const { name } = executions.get(params.parent ?? "");
                const matches = compileFilter(query.get("filter") ?? "", FILTERED);
                const order = compileOrder(query.get("orderBy") ?? "entryId", FIELDS);
                const found = executions.history.list(name).filter(matches).sort(order);
                const pageToken = query.get("pageToken") ?? undefined;
                return {
                    ...page("stepEntries", found.slice(Number(query.get("skip") ?? 0)), {
                        pageSize: Number(query.get("pageSize") ?? 0),
                        ...defined({ pageToken }),
                    }),
                    totalSize: found.length,
                };
            },
        },
        {
            verb: "GET",
            path: `/v1/{name=${EXECUTION}/stepEntries/*}`,
            ...onWorkflow("stepEntries.get"),
            handle({ params }) {
                const { name = "" } = params;
                const [parent = "", number = ""] = name.split("/stepEntries/");
                const entry = executions.history.find(executions.get(parent).name, Number(number));
                if (!entry) {
                    throw notFound(name);
                }
                return entry;
            },
        },
        {
            verb: "GET",
            path: `/v1/{name=${EXECUTION}}:exportData`,
            ...onWorkflow("executions.get"),
            handle({ params }) {
                const execution = executions.get(params.name ?? "");
                return { data: JSON.stringify({ execution, stepEntries: executions.history.list(execution.name) }) };
            },
        },
        {
            verb: "POST",
            path: `/v1/{name=${EXECUTION}}:deleteExecutionHistory`,
            ...onWorkflow("executions.cancel"),
            handle({ params }) {
                executions.history.clear(executions.get(params.name ?? "").name);
                return {};
            },
        },
    ];
}
